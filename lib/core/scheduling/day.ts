import type { DayBoundary } from "./memory.ts";

/**
 * Study days. A learner's day starts at their hour in their time zone, so that studying past midnight still counts for
 * the evening. A day is named by the calendar date on which it starts, `YYYY-MM-DD`.
 */

const HOUR_MS = 3_600_000;

/** The study day that a moment (ms since the epoch) belongs to. */
export function dayOf(at: number, { timeZone, dayStartHour }: DayBoundary): string {
  const local = localTime(at, timeZone);
  return isoDate(local - dayStartHour * HOUR_MS);
}

/**
 * The moment at which a study day starts: the first at which clocks in the zone have reached the hour on that date.
 * Where the hour is skipped by a change of clocks, that is the moment after the gap.
 */
export function startOfDay(day: string, { timeZone, dayStartHour }: DayBoundary): number {
  const wanted = Date.parse(`${day}T00:00:00Z`) + dayStartHour * HOUR_MS;
  // Local time is within 15 hours of UTC, and it never falls behind by more than an hour or so when clocks change:
  // search the window for the first moment at which local time has reached what is wanted.
  let low = wanted - 15 * HOUR_MS;
  let high = wanted + 15 * HOUR_MS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (localTime(middle, timeZone) >= wanted) high = middle;
    else low = middle;
  }
  return high;
}

/** The moment at which the study day that contains `at` ends and the next begins. */
export function endOfDay(at: number, boundary: DayBoundary): number {
  return startOfDay(addDays(dayOf(at, boundary), 1), boundary);
}

/** The date `days` calendar days after `day`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Whole days from one study day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / (24 * HOUR_MS));
}

/**
 * Whether this is the name of a time zone, such as `Asia/Tokyo`. Offsets such as `+09:00` are no names: PostgreSQL reads
 * their sign the other way round.
 */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Z]/i.test(name);
  } catch {
    return false;
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Local wall-clock time as if it were UTC, in ms: comparing it compares what clocks in the zone show. */
function localTime(at: number, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // Making one costs a hundred times what using one does.
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "iso8601",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formatters.set(timeZone, formatter);
  }
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatter.formatToParts(at)) {
    if (type !== "literal") parts[type] = Number(value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000);
}

const isoDate = (utcMs: number): string => new Date(utcMs).toISOString().slice(0, 10);
