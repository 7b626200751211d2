import { type Plan, planOf, type Status } from "#lib/core/assignments/index.ts";
import { groupBy } from "#lib/core/collections.ts";
import { MATTER_KINDS, type MailWishes, type MatterKind, WISH_OF } from "#lib/core/reminders/index.ts";
import { seenMembers, teamsWhere } from "#lib/server/auth/scope.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { ReminderMatter } from "#lib/server/db/generated/client.ts";
import { people, readinessOfTeam } from "#lib/server/db/sql/jobs.ts";
import { type StandingRow, standings } from "#lib/server/db/sql/standing.ts";
import { answerTotals, usualAnswerMs } from "#lib/server/db/sql/statistics.ts";
import { countCardsDue } from "./recipients.ts";

/** One thing that a letter says, as it stands when the letter is sent. Moments are ms since the epoch. */
export type Fact = AssignmentFact | WeeklyFact | CardsFact;

export interface AssignmentFact {
  kind: "overdue" | "dueSoon" | "assigned";
  teamId: string;
  team: string;
  title: string;
  dueAt: number;
  plan: Plan;
}

export interface WeeklyFact {
  kind: "weekly";
  teamId: string;
  team: string;
  /** 0 to 1. */
  readiness: number;
  /** Open assignments, the next due first. */
  assignments: { title: string; counts: Record<Status, number> }[];
  /** Who does not get there without help, by assignment. */
  needHelp: { name: string | null; title: string; plan: Plan }[];
}

export interface CardsFact {
  kind: "cardsDue";
  count: number;
  minutes: number;
}

/**
 * What is left to say of what was planned: what is done, closed, left or unsubscribed since is not. In the order of letters.
 * @param now ms since the epoch
 */
export async function factsOf(
  person: Person,
  wishes: MailWishes,
  matters: readonly ReminderMatter[],
  now: number,
): Promise<Fact[]> {
  const answerMs = usualAnswerMs(await answerTotals(db(), person.userId));
  const wanted = matters.filter(({ kind }) => wishes[WISH_OF[kind as MatterKind]]);
  const ofKind = (kind: MatterKind) => wanted.filter((matter) => matter.kind === kind);
  const facts: Fact[] = [
    ...(await assignmentFacts(person, wanted, answerMs, now)),
    ...(
      await Promise.all(ofKind("weekly").map(({ teamId }) => weeklyFact(person, teamId ?? "", now)))
    ).flat(),
    ...(ofKind("cardsDue").length > 0 ? await cardsFact(person, answerMs, now) : []),
  ];
  return facts.sort((a, b) => MATTER_KINDS.indexOf(a.kind) - MATTER_KINDS.indexOf(b.kind));
}

async function assignmentFacts(
  person: Person,
  matters: readonly ReminderMatter[],
  answerMs: number,
  now: number,
): Promise<AssignmentFact[]> {
  const parts = await db().assignee.findMany({
    where: {
      userId: person.userId,
      assignmentId: { in: matters.flatMap(({ assignmentId }) => assignmentId ?? []) },
      assignment: { closedAt: null, archivedAt: null },
    },
    include: { assignment: { include: { team: true } } },
  });
  const rows: StandingRow[] = [];
  for (const teamId of new Set(parts.map((part) => part.teamId))) {
    rows.push(...(await standings({ teamId, members: people([person.userId]) }, now)));
  }
  return parts.flatMap(({ assignmentId, dueAt, assignment: { title, team } }) => {
    const row = rows.find((standing) => standing.assignmentId === assignmentId);
    if (!row) return [];
    const plan = planOf(row, row, { now, answerMs, desiredRetention: row.desiredRetention });
    const kinds = matters.filter((matter) => matter.assignmentId === assignmentId).map(({ kind }) => kind);
    const kind = FITTING[plan.status].find((fitting) => kinds.includes(fitting));
    return kind ? [{ kind, teamId: team.id, team: team.name, title, dueAt: dueAt.getTime(), plan }] : [];
  });
}

/** What may still be said of an assignment that stands so; of several, the first. */
const FITTING: Record<Status, AssignmentFact["kind"][]> = {
  done: [],
  onTrack: ["assigned"],
  behind: ["dueSoon", "assigned"],
  notStarted: ["dueSoon", "assigned"],
  overdue: ["overdue"],
};

const NOBODY_YET: Record<Status, number> = { done: 0, onTrack: 0, behind: 0, notStarted: 0, overdue: 0 };

/** Nothing of a team that the person no longer manages, or in which nothing is assigned. */
async function weeklyFact(manager: Person, teamId: string, now: number): Promise<WeeklyFact[]> {
  const team = await db().team.findFirst({
    where: { id: teamId, ...teamsWhere(manager, "dashboards.see") },
    include: {
      assignments: {
        where: { closedAt: null, archivedAt: null },
        orderBy: [{ dueOn: "asc" }, { id: "asc" }],
      },
    },
  });
  if (!team) return [];
  const open = new Map(team.assignments.map(({ id, title }) => [id, title]));
  const rows = (await standings({ teamId, members: seenMembers(manager, teamId) }, now))
    .filter(({ assignmentId }) => open.has(assignmentId))
    // What an answer takes makes minutes, which a summary does not tell.
    .map((row) => ({ ...row, plan: planOf(row, row, { ...row, now, answerMs: usualAnswerMs(null) }) }));
  if (rows.length === 0) return [];
  const byAssignment = groupBy(rows, ({ assignmentId }) => assignmentId);
  const late = rows.filter(
    ({ plan }) => plan.status === "behind" || plan.status === "overdue" || !plan.reachable,
  );
  const users = await db().user.findMany({
    where: { id: { in: late.map(({ userId }) => userId) } },
    select: { id: true, name: true },
  });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return [
    {
      kind: "weekly",
      teamId,
      team: team.name,
      readiness: await readinessOfTeam(db(), manager, teamId, new Date(now)),
      assignments: [...open].flatMap(([id, title]) => {
        const counts = { ...NOBODY_YET };
        for (const { plan } of byAssignment.get(id) ?? []) counts[plan.status]++;
        return byAssignment.has(id) ? [{ title, counts }] : [];
      }),
      needHelp: late.map(({ userId, assignmentId, plan }) => ({
        name: names.get(userId) ?? null,
        title: open.get(assignmentId) ?? "",
        plan,
      })),
    },
  ];
}

async function cardsFact(person: Person, answerMs: number, now: number): Promise<CardsFact[]> {
  const count = await countCardsDue(person, now);
  return count > 0 ? [{ kind: "cardsDue", count, minutes: Math.ceil((count * answerMs) / 60_000) }] : [];
}
