import { addDays, dayOf, startOfDay } from "../scheduling/day.ts";

/** Mail comes between these hours of the local day: the first in, the last out. */
const DECENT = { from: 9, until: 18 } as const;

/** The calendar day in a zone that a moment (ms since the epoch) belongs to, `YYYY-MM-DD`. */
export const localDay = (at: number, timeZone: string): string => dayOf(at, { timeZone, dayStartHour: 0 });

/** Whether a mail may come to somebody in this zone now. */
export function isDecentHour(at: number, timeZone: string): boolean {
  const day = localDay(at, timeZone);
  const hour = (dayStartHour: number) => startOfDay(day, { timeZone, dayStartHour });
  return hour(DECENT.from) <= at && at < hour(DECENT.until);
}

/** The day of the week, 1 for Monday to 7 for Sunday. */
export const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** The Monday of the week of a day. */
export const mondayOf = (day: string): string => addDays(day, 1 - weekday(day));

/** The week of a day by ISO 8601, e.g. `2026-W48`: it belongs to the year that its Thursday is in. */
export function isoWeek(day: string): string {
  const thursday = addDays(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, "0")}`;
}
