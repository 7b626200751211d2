import "server-only";
import { groupBy } from "#lib/core/collections.ts";
import { addDays, dayOf } from "#lib/core/scheduling/index.ts";
import type { MemberWeek } from "#lib/server/db/sql/member-figures.ts";
import { mondayOf } from "./filters.ts";

/** What people did in a week. */
export interface WeekOfActivity {
  /** Monday of the week, `YYYY-MM-DD`, where the team is. */
  week: string;
  answers: number;
  /** Time spent on the answers, in ms. */
  durationMs: number;
  /** People with at least one answer. */
  people: number;
}

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

/** The weeks of several people together, oldest first; weeks without answers are absent. */
export function activityByWeek(weeks: readonly MemberWeek[]): WeekOfActivity[] {
  return [...groupBy(weeks, ({ week }) => week)]
    .map(([week, own]) => ({
      week,
      answers: own.reduce((sum, { answers }) => sum + answers, 0),
      durationMs: own.reduce((sum, { durationMs }) => sum + durationMs, 0),
      people: own.length,
    }))
    .sort((a, b) => (a.week < b.week ? -1 : 1));
}
