import "server-only";
import { type Plan, planOf, type Status } from "#lib/core/assignments/index.ts";
import { groupBy } from "#lib/core/collections.ts";
import {
  type MeanOfPeople,
  meanOfPeople,
  NO_MEMORY,
  readinessIn,
  type Scope,
  scopeOf,
} from "#lib/core/mastery/index.ts";
import { addDays, DAY_MS, dayOf } from "#lib/core/scheduling/index.ts";
import { ordersOf } from "#lib/core/sorting.ts";
import { can } from "#lib/server/auth/policy.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import {
  type NumberedCatalogue,
  readActivity,
  readCatalogue,
  readTeamMemory,
  type WeekOfActivity,
} from "#lib/server/db/sql/member-figures.ts";
import { type CountedMember, countedMembers, narrowedMembers } from "#lib/server/db/sql/pairs.ts";
import { notedOn, notedReadiness } from "#lib/server/db/sql/snapshots.ts";
import { standings } from "#lib/server/db/sql/standing.ts";
import { weekOf, weeksFrom } from "./activity.ts";
import { type DashboardFilter, type Frame, getFrame } from "./filters.ts";

/** How far somebody can be, who needs help most first. */
export const STATUSES = [
  "overdue",
  "behind",
  "notStarted",
  "onTrack",
  "done",
] as const satisfies readonly Status[];

export interface AssignmentLine {
  id: string;
  title: string;
  /** The first and last due moment of those whom it comes to. */
  dueAt: { first: number; last: number };
  people: number;
  /** How many people are how far. */
  counts: Record<Status, number>;
}

/** Somebody who will not reach what was assigned unless something changes. */
export interface NeedLine {
  userId: string;
  name: string | null;
  email: string | null;
  assignmentId: string;
  title: string;
  dueAt: number;
  target: number | null;
  readiness: number;
  plan: Plan;
  /** What of the target will be missing at the due moment, 0 to 1 … */
  missing: number;
  /** … and more than anything that is not overdue, where it is. */
  urgency: number;
}

export const HELP_ORDERS = ordersOf<
  NeedLine,
  "urgency" | "name" | "assignment" | "state" | "missing" | "due"
>(
  {
    urgency: ({ urgency }) => urgency,
    name: ({ name, email }) => name ?? email,
    assignment: ({ title }) => title,
    state: ({ plan }) => STATUSES.indexOf(plan.status),
    missing: ({ missing }) => missing,
    due: ({ dueAt }) => dueAt,
  },
  { by: "urgency", descending: true },
);

export const ASSIGNMENT_ORDERS = ordersOf<AssignmentLine, "title" | "due" | "people" | Status>(
  {
    title: ({ title }) => title,
    due: ({ dueAt }) => dueAt.first,
    people: ({ people }) => people,
    overdue: ({ counts }) => counts.overdue,
    behind: ({ counts }) => counts.behind,
    notStarted: ({ counts }) => counts.notStarted,
    onTrack: ({ counts }) => counts.onTrack,
    done: ({ counts }) => counts.done,
  },
  { by: "due", descending: false },
);

export const WEEK_ORDERS = ordersOf<WeekOfActivity, "week" | "answers" | "minutes" | "people">(
  {
    week: ({ week }) => week,
    answers: ({ answers }) => answers,
    minutes: ({ durationMs }) => durationMs,
    people: ({ people }) => people,
  },
  { by: "week", descending: true },
);

export interface Overview {
  frame: Frame;
  /** Readiness of everyone to whom something was assigned; null where there is nobody. */
  today: MeanOfPeople | null;
  coverage: number;
  /** The next due moment, and readiness then if nothing more is studied. */
  nextDue: { at: number; readiness: MeanOfPeople } | null;
  /** How much readiness has changed since the end of a day 4 weeks ago, of those for whom it was noted then. */
  change: { since: string; readiness: MeanOfPeople } | null;
  assignments: AssignmentLine[];
  /** Who needs help most comes first. */
  needs: NeedLine[];
  /** Every week of the period, weeks without answers too, oldest first. */
  weeks: WeekOfActivity[];
}

/** What an answer takes, in ms, where only the order of things is asked for and not the minutes. */
const ANSWER_MS = 20_000;
/** Who has not begun so long after something was assigned needs a word. */
const BEGIN_WITHIN_MS = 3 * DAY_MS;
const COMPARED_DAYS = 28;

/** How a team stands, for those who see its dashboards; null for everyone else. */
export async function getOverview(
  viewer: Viewer,
  teamId: string,
  filter: DashboardFilter,
  now: number,
): Promise<Overview | null> {
  const frame = await getFrame(viewer, teamId, filter, now);
  if (!frame || !can(frame.role, "dashboards.see")) return null;
  const narrowing = { teamId, ...frame.filter };
  const members = narrowedMembers(viewer, narrowing);
  const catalogue = readCatalogue();
  const memory = readTeamMemory({ teamId, members }, catalogue);
  const counted = countedMembers(viewer, narrowing);
  const scoped = scopedMembers(counted, catalogue);
  const { timeZone } = frame.team;
  const comparedDay = addDays(dayOf(now, { timeZone, dayStartHour: 0 }), -COMPARED_DAYS);
  const { assignment: assignmentId } = frame.filter;
  const firstWeek = frame.since === null ? null : weekOf(frame.since, timeZone);
  const [people, { memories }, rows, before, answered, open] = await Promise.all([
    scoped,
    memory,
    standings({ teamId, members, ...(assignmentId ? { assignmentId } : {}) }, now, memory),
    notedOn(members, comparedDay),
    counted.then((all) => readActivity({ teamId, members, counted: all }, firstWeek, catalogue)),
    openAssignments(frame),
  ]);
  const readinessAt = (at: number) =>
    people.map(({ userId, scope }) => readinessIn(scope, memories.get(userId) ?? NO_MEMORY, at));
  const today = readinessAt(now);
  const dueAt = nextDueOf(rows, open, now);
  const atDue = dueAt === null ? null : meanOfPeople(readinessAt(dueAt).map(({ chance }) => chance));
  const changed = meanOfPeople(
    people.flatMap(({ userId, scope }, index) => {
      const noted = before.get(userId);
      return noted === undefined ? [] : [(today[index]?.chance ?? 0) - notedReadiness(noted, scope.concepts)];
    }),
  );
  const placed = rows
    .filter(({ assignmentId: id }) => open.has(id))
    .map((row) => ({
      row,
      plan: planOf(row, row, { now, answerMs: ANSWER_MS, desiredRetention: row.desiredRetention }),
    }));
  const titleOf = (id: string) => open.get(id)?.title ?? "";
  return {
    frame,
    today: meanOfPeople(today.map(({ chance }) => chance)),
    coverage: meanOfPeople(today.map(({ coverage }) => coverage))?.mean ?? 0,
    nextDue: dueAt !== null && atDue ? { at: dueAt, readiness: atDue } : null,
    change: changed && { since: comparedDay, readiness: changed },
    assignments: [...groupBy(placed, ({ row }) => row.assignmentId)].map(([id, own]) => ({
      id,
      title: titleOf(id),
      dueAt: {
        first: Math.min(...own.map(({ row }) => row.dueAt)),
        last: Math.max(...own.map(({ row }) => row.dueAt)),
      },
      people: own.length,
      counts: countsOf(own.map(({ plan }) => plan.status)),
    })),
    needs: placed
      .filter(({ row, plan }) => needsHelp(plan, row.assignedAt, now))
      .map(({ row, plan }) => {
        const { userId, name, email, assignmentId: id, dueAt: due, readinessTarget: target, readiness } = row;
        const missing = Math.max(0, (target ?? 1) - plan.projectedReadiness);
        const urgency = missing + (plan.status === "overdue" ? 1 : 0);
        const title = titleOf(id);
        return {
          userId,
          name,
          email,
          assignmentId: id,
          title,
          dueAt: due,
          target,
          readiness,
          plan,
          missing,
          urgency,
        };
      })
      .sort((a, b) => b.urgency - a.urgency || a.dueAt - b.dueAt),
    weeks: withQuietWeeks(answered, frame, now),
  };
}

/** The members of whose concepts some have items, with what their readiness is over: few scopes, each that of many. */
async function scopedMembers(
  counting: Promise<readonly CountedMember[]>,
  reading: Promise<NumberedCatalogue>,
): Promise<(CountedMember & { scope: Scope })[]> {
  const [counted, catalogue] = await Promise.all([counting, reading]);
  const scopes = new Map<CountedMember["concepts"], Scope>();
  return counted.flatMap((member) => {
    const scope = scopes.get(member.concepts) ?? scopeOf(member.concepts, catalogue);
    scopes.set(member.concepts, scope);
    return scope.items > 0 ? [{ ...member, scope }] : [];
  });
}

/** The next moment at which something open comes due for somebody whom the page is about. */
function nextDueOf(
  rows: readonly { assignmentId: string; dueAt: number }[],
  open: ReadonlyMap<string, { over: boolean }>,
  now: number,
): number | null {
  const ahead = rows.flatMap(({ assignmentId, dueAt }) =>
    dueAt > now && open.get(assignmentId)?.over === false ? [dueAt] : [],
  );
  return ahead.length > 0 ? Math.min(...ahead) : null;
}

/** The assignments that lists show, by id; one that is closed or archived (`over`) only if it was asked for. */
async function openAssignments({
  team,
  filter,
}: Frame): Promise<Map<string, { title: string; over: boolean }>> {
  const rows = await db().assignment.findMany({
    where: {
      teamId: team.id,
      ...(filter.assignment ? { id: filter.assignment } : { closedAt: null, archivedAt: null }),
    },
    select: { id: true, title: true, closedAt: true, archivedAt: true },
  });
  return new Map(
    rows.map(({ id, title, closedAt, archivedAt }) => [
      id,
      { title, over: closedAt !== null || archivedAt !== null },
    ]),
  );
}

const countsOf = (statuses: readonly Status[]): Record<Status, number> =>
  Object.fromEntries(
    STATUSES.map((status) => [status, statuses.filter((one) => one === status).length]),
  ) as Record<Status, number>;

function needsHelp({ status, reachable }: Plan, assignedAt: number, now: number): boolean {
  if (status === "notStarted") return !reachable || now - assignedAt >= BEGIN_WITHIN_MS;
  return status === "overdue" || status === "behind";
}

const NO_ACTIVITY = { answers: 0, durationMs: 0, people: 0 };

/** The weeks of the period in a row. All time begins with the first answer. */
function withQuietWeeks(
  counted: readonly WeekOfActivity[],
  { since, team }: Frame,
  now: number,
): WeekOfActivity[] {
  const known = new Map(counted.map((week) => [week.week, week]));
  const first = since === null ? counted[0]?.week : weekOf(since, team.timeZone);
  return weeksFrom(first ?? weekOf(now, team.timeZone), team.timeZone, now).map(
    (week) => known.get(week) ?? { week, ...NO_ACTIVITY },
  );
}
