import "server-only";
import type { AssignmentDraft, ExamRules, ScopePart } from "#lib/core/assignments/draft.ts";
import { type Plan, planOf, type Status } from "#lib/core/assignments/index.ts";
import { groupBy } from "#lib/core/collections.ts";
import type { Text } from "#lib/core/questions/index.ts";
import { ordersOf } from "#lib/core/sorting.ts";
import { seenMembers, teamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Assignment, Exam } from "#lib/server/db/generated/client.ts";
import { alone, type StandingRow, standings } from "#lib/server/db/sql/standing.ts";
import { answerTotals, usualAnswerMs } from "#lib/server/db/sql/statistics.ts";
import { isId } from "#lib/server/ids.ts";
import { STATUSES } from "./dashboard/overview.ts";

/** What lists show of an assignment. Moments are ms since the epoch. */
export interface AssignmentSummary {
  id: string;
  title: string;
  due: AssignmentDraft["due"];
  forNewcomers: boolean;
  readinessTarget: number | null;
  hasExam: boolean;
  closedAt: number | null;
  archivedAt: number | null;
  /** Whom it came to, by status. */
  counts: Record<Status, number>;
  assignees: number;
}

/** The assignments of a team, newest first, archived ones too; `null` where the viewer may not see them. */
export async function getAssignments(
  viewer: Viewer,
  teamId: string,
  now: number,
): Promise<AssignmentSummary[] | null> {
  if (!isId(teamId)) return null;
  const team = await db().team.findFirst({
    where: { id: teamId, ...teamsWhere(viewer, "assignments.see") },
    include: { assignments: { include: { exam: true }, orderBy: [{ createdAt: "desc" }, { id: "desc" }] } },
  });
  if (!team) return null;
  const rows = await standings({ teamId, members: seenMembers(viewer, teamId) }, now);
  const byAssignment = groupBy(rows, ({ assignmentId }) => assignmentId);
  return team.assignments.map((assignment) =>
    summarize(assignment, byAssignment.get(assignment.id) ?? [], now),
  );
}

/** One person's part of an assignment, as managers see it and the person too. */
export interface AssigneeView extends StandingRow {
  groups: string[];
  plan: Plan;
}

/** The orders of the people of an assignment; usually those who need help come first, and of them those who know least. */
export const ASSIGNEE_ORDERS = ordersOf<
  AssigneeView,
  "name" | "need" | "readiness" | "atDue" | "seen" | "due"
>(
  {
    name: ({ name, email }) => name ?? email,
    need: ({ plan, readinessAtDue }) => STATUSES.indexOf(plan.status) + readinessAtDue / 2,
    readiness: ({ readiness }) => readiness,
    atDue: ({ readinessAtDue }) => readinessAtDue,
    seen: ({ seen, items }) => seen / Math.max(1, items),
    due: ({ dueAt }) => dueAt,
  },
  { by: "need", descending: false },
);

export interface AssignmentView extends AssignmentSummary {
  teamId: string;
  /** IANA name: where its days end. */
  timeZone: string;
  note: string;
  forEveryone: boolean;
  /** Named groups and people. */
  groups: string[];
  people: number;
  scope: { kind: ScopePart["kind"]; id: string; title: Text }[];
  exam: ExamRules | null;
  rows: AssigneeView[];
}

/** An assignment with everybody it came to; `null` where the viewer may not see it. */
export async function getAssignment(
  viewer: Viewer,
  teamId: string,
  assignmentId: string,
  now: number,
): Promise<AssignmentView | null> {
  if (!isId(teamId) || !isId(assignmentId)) return null;
  const assignment = await db().assignment.findFirst({
    where: { id: assignmentId, team: { id: teamId, ...teamsWhere(viewer, "assignments.see") } },
    include: { exam: true, scope: true, team: true, targets: { include: { group: true } } },
  });
  if (!assignment) return null;
  const [rows, members, scope] = await Promise.all([
    standings({ teamId, members: seenMembers(viewer, teamId), assignmentId }, now),
    db().membership.findMany({
      where: { teamId, assigned: { some: { assignmentId } } },
      select: {
        userId: true,
        groups: { select: { group: { select: { name: true } } } },
      },
    }),
    titlesOf(assignment.scope.map(({ kind, refId }) => ({ kind, id: refId }))),
  ]);
  const memberOf = new Map(members.map((member) => [member.userId, member]));
  return {
    ...summarize(assignment, rows, now),
    teamId,
    timeZone: assignment.team.timeZone,
    note: assignment.note,
    forEveryone: assignment.forEveryone,
    groups: assignment.targets.flatMap(({ group }) => group?.name ?? []),
    people: assignment.targets.filter(({ userId }) => userId !== null).length,
    scope,
    exam: rulesOf(assignment.exam),
    rows: rows.map((row) => ({
      ...row,
      groups: memberOf.get(row.userId)?.groups.map(({ group }) => group.name) ?? [],
      plan: planFor(row, now),
    })),
  };
}

/** An assignment as its form holds it, to be edited or copied; `null` where the viewer may not. */
export async function getAssignmentDraft(
  viewer: Viewer,
  teamId: string,
  assignmentId: string,
): Promise<AssignmentDraft | null> {
  if (!isId(teamId) || !isId(assignmentId)) return null;
  const assignment = await db().assignment.findFirst({
    where: { id: assignmentId, team: { id: teamId, ...teamsWhere(viewer, "assignments.edit") } },
    include: { exam: true, scope: true, targets: true },
  });
  if (!assignment) return null;
  const { title, note, forEveryone, forNewcomers, readinessTarget, scope, targets, exam } = assignment;
  return {
    title,
    note,
    due: dueOf(assignment),
    scope: scope.map(({ kind, refId }) => ({ kind, id: refId })),
    forEveryone,
    forNewcomers,
    people: targets.flatMap(({ userId }) => userId ?? []),
    groups: targets.flatMap(({ groupId }) => groupId ?? []),
    readinessTarget,
    exam: rulesOf(exam),
  };
}

/** What an assignment in a team can be made of. */
export interface AssignmentChoices {
  /** IANA name: where the days of the team end. */
  timeZone: string;
  /** With the concepts of their active items. */
  banks: { id: string; title: Text; concepts: string[] }[];
  /** In teaching order, with the number of active items of each concept. */
  areas: { id: string; title: Text; concepts: { id: string; title: Text; items: number }[] }[];
  groups: { id: string; name: string; members: number }[];
  people: { id: string; name: string | null; email: string | null }[];
  learners: number;
}

/** What the form of an assignment offers; `null` where the viewer may make none. */
export async function getAssignmentChoices(
  viewer: Viewer,
  teamId: string,
): Promise<AssignmentChoices | null> {
  if (!isId(teamId)) return null;
  const team = await db().team.findFirst({
    where: { id: teamId, ...teamsWhere(viewer, "assignments.edit") },
    include: {
      groups: { orderBy: { name: "asc" }, include: { _count: { select: { members: true } } } },
      memberships: {
        orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
        select: { role: true, user: { select: { id: true, name: true, email: true } } },
      },
    },
  });
  if (!team) return null;
  const [banks, areas] = await Promise.all([
    db().bank.findMany({
      where: { retiredAt: null },
      orderBy: { position: "asc" },
      include: {
        items: { where: { retiredAt: null }, distinct: ["conceptId"], select: { conceptId: true } },
      },
    }),
    db().area.findMany({
      orderBy: { position: "asc" },
      include: {
        concepts: {
          where: { retiredAt: null },
          orderBy: { position: "asc" },
          select: { id: true, title: true, _count: { select: { items: { where: { retiredAt: null } } } } },
        },
      },
    }),
  ]);
  return {
    timeZone: team.timeZone,
    banks: banks.map(({ id, title, items }) => ({
      id,
      title: title as Text,
      concepts: items.map(({ conceptId }) => conceptId),
    })),
    areas: areas.map(({ id, title, concepts }) => ({
      id,
      title: title as Text,
      concepts: concepts.map((concept) => ({
        id: concept.id,
        title: concept.title as Text,
        items: concept._count.items,
      })),
    })),
    groups: team.groups.map(({ id, name, _count }) => ({ id, name, members: _count.members })),
    people: team.memberships.map(({ user }) => user),
    learners: team.memberships.filter(({ role }) => role === "learner").length,
  };
}

/** What was assigned to the viewer, as they see it. */
export interface OwnAssignment extends StandingRow {
  title: string;
  note: string;
  team: { id: string; name: string; timeZone: string };
  plan: Plan;
}

/** How long after its due moment an assignment that was done is still shown, in ms. */
const DONE_SHOWN_MS = 7 * 86_400_000;

/** The open assignments of the viewer in all teams, next due first. Nobody has none. */
export async function getOwnAssignments(viewer: Viewer, now: number): Promise<OwnAssignment[]> {
  if (!isPerson(viewer)) return [];
  const { userId } = viewer;
  const assignments = await db().assignment.findMany({
    where: { closedAt: null, archivedAt: null, assignees: { some: { userId } } },
    include: { team: { select: { id: true, name: true, timeZone: true } } },
  });
  if (assignments.length === 0) return [];
  const teamIds = [...new Set(assignments.map(({ teamId }) => teamId))];
  const [rows, totals] = await Promise.all([
    Promise.all(teamIds.map((teamId) => standings({ teamId, members: alone(userId) }, now))),
    answerTotals(db(), userId),
  ]);
  const byId = new Map(assignments.map((assignment) => [assignment.id, assignment]));
  return rows
    .flat()
    .flatMap((row) => {
      const assignment = byId.get(row.assignmentId);
      if (!assignment) return [];
      const { title, note, team } = assignment;
      return [{ ...row, title, note, team, plan: planFor(row, now, usualAnswerMs(totals)) }];
    })
    .filter(({ plan, dueAt }) => plan.status !== "done" || dueAt + DONE_SHOWN_MS > now)
    .sort((a, b) => a.dueAt - b.dueAt || (a.assignmentId < b.assignmentId ? -1 : 1));
}

/** The plan of a row; for managers with the time that an answer usually takes, for the learner with their own. */
const planFor = (row: StandingRow, now: number, answerMs = usualAnswerMs(null)): Plan =>
  planOf(row, row, { now, answerMs, desiredRetention: row.desiredRetention });

function summarize(
  assignment: Assignment & { exam: Exam | null },
  rows: readonly StandingRow[],
  now: number,
): AssignmentSummary {
  const counts: Record<Status, number> = { done: 0, onTrack: 0, behind: 0, notStarted: 0, overdue: 0 };
  for (const row of rows) counts[planFor(row, now).status]++;
  const { id, title, forNewcomers, readinessTarget, closedAt, archivedAt, exam } = assignment;
  return {
    id,
    title,
    due: dueOf(assignment),
    forNewcomers,
    readinessTarget,
    hasExam: exam !== null,
    closedAt: closedAt?.getTime() ?? null,
    archivedAt: archivedAt?.getTime() ?? null,
    counts,
    assignees: rows.length,
  };
}

/** One of the two is set. */
const dueOf = ({
  dueOn,
  dueAfterDays,
}: Pick<Assignment, "dueOn" | "dueAfterDays">): AssignmentDraft["due"] =>
  dueOn ? { kind: "on", day: dueOn.toISOString().slice(0, 10) } : { kind: "after", days: dueAfterDays ?? 0 };

function rulesOf(exam: Exam | null): ExamRules | null {
  if (!exam) return null;
  const { assignmentId: _, ...rules } = exam;
  return rules;
}

/** The parts that still exist, with their titles, in teaching order. */
async function titlesOf(parts: readonly ScopePart[]): Promise<AssignmentView["scope"]> {
  const idsOf = (kind: ScopePart["kind"]) => ({
    where: { id: { in: parts.filter((part) => part.kind === kind).map(({ id }) => id) } },
    orderBy: { position: "asc" as const },
    select: { id: true, title: true },
  });
  const [banks, areas, concepts] = await Promise.all([
    db().bank.findMany(idsOf("bank")),
    db().area.findMany(idsOf("area")),
    db().concept.findMany(idsOf("concept")),
  ]);
  const named = (kind: ScopePart["kind"], rows: typeof banks) =>
    rows.map(({ id, title }) => ({ kind, id, title: title as Text }));
  return [...named("bank", banks), ...named("area", areas), ...named("concept", concepts)];
}
