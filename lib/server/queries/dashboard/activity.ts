import "server-only";
import { addDays, dayOf } from "#lib/core/scheduling/index.ts";
import { mondayOf } from "./filters.ts";

/** The Monday of the week of a moment (ms since the epoch), as a team counts weeks: `YYYY-MM-DD`. */
export const weekOf = (at: number, timeZone: string): string =>
  mondayOf(dayOf(at, { timeZone, dayStartHour: 0 }));

/** The Mondays from one on until now, oldest first. */
export function weeksFrom(first: string, timeZone: string, now: number): string[] {
  const last = weekOf(now, timeZone);
  const weeks: string[] = [];
  for (let week = first; week <= last; week = addDays(week, 7)) weeks.push(week);
  return weeks;
}
