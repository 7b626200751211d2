import "server-only";
import { z } from "zod";
import { type Plan, planOf } from "#lib/core/assignments/index.ts";
import { meanReadiness, type Readiness, weakest } from "#lib/core/mastery/index.ts";
import type { Locale, Text } from "#lib/core/questions/index.ts";
import { ordersOf } from "#lib/core/sorting.ts";
import { seenMemberships } from "#lib/server/auth/scope.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Role } from "#lib/server/db/generated/client.ts";
import {
  answersOfPerson,
  conceptsOfPerson,
  type RetentionRow,
  retentionOfPerson,
} from "#lib/server/db/sql/dashboards.ts";
import { readActivity, type WeekOfActivity } from "#lib/server/db/sql/member-figures.ts";
import { narrowedMembers, seenPairs } from "#lib/server/db/sql/pairs.ts";
import { notedReadiness, notesSince } from "#lib/server/db/sql/snapshots.ts";
import { standings } from "#lib/server/db/sql/standing.ts";
import { isId } from "#lib/server/ids.ts";
import { type HistoryEntry, shownAnswers } from "#lib/server/shown-answers.ts";
import { weekOf } from "./activity.ts";
import { type DashboardFilter, type Frame, getFrame } from "./filters.ts";

export interface AssignmentOfPerson {
  assignmentId: string;
  title: string;
  dueAt: number;
  target: number | null;
  readiness: number;
  plan: Plan;
}

export interface ConceptLine {
  id: string;
  areaId: string;
  title: Text;
  items: number;
  readiness: Readiness;
}

export const ASSIGNMENTS_OF_PERSON = ordersOf<
  AssignmentOfPerson,
  "title" | "state" | "readiness" | "target" | "due"
>(
  {
    title: ({ title }) => title,
    state: ({ plan }) => plan.status,
    readiness: ({ readiness }) => readiness,
    target: ({ target }) => target,
    due: ({ dueAt }) => dueAt,
  },
  { by: "due", descending: false },
);

/** @param locale in whose titles the concepts are sorted */
export const CONCEPTS_OF_PERSON = (locale: Locale) =>
  ordersOf<ConceptLine, "title" | "area" | "readiness" | "coverage" | "items">(
    {
      title: ({ title }) => title[locale],
      area: ({ areaId }) => areaId,
      readiness: ({ readiness }) => readiness.chance,
      coverage: ({ readiness }) => readiness.coverage,
      items: ({ items }) => items,
    },
    { by: "readiness", descending: false },
  );

/** What those who see the dashboards of a team see of one member, and what that member sees of themselves. */
export interface PersonDashboard {
  frame: Frame;
  person: {
    userId: string;
    name: string | null;
    email: string | null;
    role: Role;
    joinedAt: number;
    /** All concepts are shown, not only what was assigned. */
    sharesAll: boolean;
  };
  /** Over all that is shown; null where that is nothing. */
  readiness: Readiness | null;
  /** Readiness at the end of each day of the period that was noted. */
  path: { /** `YYYY-MM-DD`, in their own time zone. */ day: string; chance: number }[];
  assignments: AssignmentOfPerson[];
  /** Weeks with answers, oldest first. */
  weeks: WeekOfActivity[];
  retention: RetentionRow;
  desiredRetention: number;
  /** The ones begun and remembered worst. */
  weak: ConceptLine[];
  /** All that is shown, least known first. */
  concepts: ConceptLine[];
}

const WEAK = 5;
const ANSWER_MS = 20_000;

/**
 * One member of a team as the team's managers see them: on what was assigned (on everything, if they share it), and single
 * answers only from the day of joining. For those who see the team's dashboards, and for the member; null for everyone else.
 */
export async function getPersonDashboard(
  viewer: Viewer,
  teamId: string,
  userId: string,
  filter: DashboardFilter,
  now: number,
): Promise<PersonDashboard | null> {
  const shown = await seen(viewer, teamId, userId, filter, now);
  if (!shown) return null;
  const { frame, membership, since, pairs } = shown;
  const { user } = membership;
  const [rows, notes, rowsOfStanding, retention, titles] = await Promise.all([
    conceptsOfPerson(db(), pairs, new Date(now)),
    notesSince(db(), narrowedMembers(viewer, { teamId, person: userId }), since),
    standings(
      {
        teamId,
        members: narrowedMembers(viewer, { teamId, person: userId }),
        ...(frame.filter.assignment ? { assignmentId: frame.filter.assignment } : {}),
      },
      now,
    ),
    retentionOfPerson(db(), pairs, {
      timeZone: user.timeZone,
      dayStartHour: user.dayStartHour,
      since,
    }),
    db().assignment.findMany({
      where: { teamId, archivedAt: null, assignees: { some: { userId } } },
      select: { id: true, title: true },
    }),
  ]);
  const concepts = rows.map(({ conceptId, areaId, title, items, chance, coverage }) => ({
    id: conceptId,
    areaId,
    title,
    items,
    readiness: { chance, coverage },
  }));
  const counted = [{ userId, concepts: new Set(concepts.map(({ id }) => id)) }];
  const weeks = await readActivity(
    { teamId, members: narrowedMembers(viewer, { teamId, person: userId }), counted },
    weekOf(since.getTime(), frame.team.timeZone),
  );
  const titleOf = new Map(titles.map(({ id, title }) => [id, title]));
  return {
    frame,
    person: {
      userId,
      name: user.name,
      email: user.email,
      role: membership.role,
      joinedAt: membership.joinedAt.getTime(),
      sharesAll: membership.sharesAll,
    },
    readiness: concepts.length > 0 ? meanReadiness(concepts.map(({ readiness }) => readiness)) : null,
    path:
      concepts.length === 0
        ? []
        : notes.map(({ day, chances }) => ({
            day,
            chance: notedReadiness(
              chances,
              concepts.map(({ id }) => id),
            ),
          })),
    assignments: rowsOfStanding.flatMap((row) => {
      const title = titleOf.get(row.assignmentId);
      if (title === undefined) return [];
      const { assignmentId, dueAt, readiness, readinessTarget: target } = row;
      const plan = planOf(row, row, { now, answerMs: ANSWER_MS, desiredRetention: row.desiredRetention });
      return [{ assignmentId, title, dueAt, target, readiness, plan }];
    }),
    weeks,
    retention,
    desiredRetention: user.desiredRetention,
    weak: weakest(concepts, WEAK).filter(({ readiness }) => readiness.chance < 0.9),
    concepts,
  };
}

/** Answers on a page. */
const PAGE_SIZE = 20;

/** Which page of answers; it lives in the URL. */
export const answersOptionsSchema = z.object({
  /** The last entry of the page before: its id. */
  after: z.uuid().optional().catch(undefined),
});
export type AnswersOptions = z.infer<typeof answersOptionsSchema> & { limit?: number };

/**
 * The answers of a member that the viewer may see, newest first, a page at a time: on what was assigned, since they joined.
 * Those of final checks are not among them. Null where the member is not the viewer's to see.
 */
export async function getAnswersOfPerson(
  viewer: Viewer,
  teamId: string,
  userId: string,
  filter: DashboardFilter,
  now: number,
  { after, limit = PAGE_SIZE }: AnswersOptions = {},
): Promise<{ entries: HistoryEntry[]; next: string | null } | null> {
  const shown = await seen(viewer, teamId, userId, filter, now);
  if (!shown) return null;
  const found = await answersOfPerson(db(), shown.pairs, { since: shown.since, after, limit: limit + 1 });
  const ids = found.slice(0, limit).map(({ id }) => id);
  const entries = await shownAnswers({ userId, id: { in: ids } });
  return { entries, next: found.length > limit ? (ids.at(-1) ?? null) : null };
}

/** The member, if the viewer may see them, and the concepts of theirs that the viewer may see. */
async function seen(viewer: Viewer, teamId: string, userId: string, filter: DashboardFilter, now: number) {
  const frame = await getFrame(viewer, teamId, filter, now);
  if (!frame || !isId(userId)) return null;
  const membership = await db().membership.findFirst({
    where: { teamId, userId, ...seenMemberships(viewer) },
    include: {
      user: {
        select: { name: true, email: true, timeZone: true, dayStartHour: true, desiredRetention: true },
      },
    },
  });
  if (!membership) return null;
  const { group: _, ...narrowing } = frame.filter;
  return {
    frame,
    membership,
    /** Where the period begins: not before joining. */
    since: new Date(Math.max(membership.joinedAt.getTime(), frame.since ?? 0)),
    pairs: seenPairs(viewer, { teamId, person: userId, ...narrowing }),
  };
}
