import { groupBy } from "#lib/core/collections.ts";
import { misconceptionsOf, type PublishedItem } from "#lib/core/questions/index.ts";
import { dayOf } from "#lib/core/scheduling/index.ts";
import { hashOf } from "#lib/server/auth/tokens.ts";
import type { AuditEntry } from "#lib/server/commands/audit.ts";
import { judgeEvents } from "#lib/server/commands/judge-events.ts";
import { writeMarks } from "#lib/server/commands/mark-lessons.ts";
import { refoldCards } from "#lib/server/commands/refold-cards.ts";
import { recomputeSnapshots } from "#lib/server/commands/take-snapshots.ts";
import { endOfTeamDay } from "#lib/server/commands/write-assignment.ts";
import { loadContent, publishContent, syncContent } from "#lib/server/content/index.ts";
import { db } from "#lib/server/db/client.ts";
import type { AssignmentScope, Prisma } from "#lib/server/db/generated/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { insertReviews, lockPerson } from "#lib/server/db/sql/reviews.ts";
import { noteReadinessAtDue } from "#lib/server/jobs/note-readiness.ts";
import {
  type AssignmentPlan,
  HISTORY_DAYS,
  INVITES,
  type InvitePlan,
  TEAMS,
  type TeamPlan,
} from "./company.ts";
import { sitExams } from "./exams.ts";
import { type Belief, type Curriculum, type History, type Learner, simulate } from "./learner.ts";
import { type Employee, employ } from "./people.ts";
import { type Chance, chanceFrom } from "./random.ts";

const DAY = 86_400_000;

export interface Options {
  /** The moment at which the company's history ends, ms since the epoch. */
  now: number;
  /** Share of the company's learners to have; 1 makes 60 people of it. */
  size?: number;
  /** Of the password that everybody has; null leaves them without one. */
  passwordHash: string | null;
  /** Another makes another company of the same plan. */
  seed?: string;
}

/** The company as it was made. */
export interface Company {
  employees: Employee[];
  /** Ids by key. */
  teams: Map<string, string>;
  assignments: Map<string, string>;
  /** What each studied, by user id: as simulated, before the database saw it. */
  histories: Map<string, History>;
}

/**
 * Makes the company in an empty, migrated database, content included. What people did goes the way of everything that
 * browsers send: judged, stored, folded. The same `now` and seed make the same company.
 */
export async function makeCompany({
  now,
  size = 1,
  passwordHash,
  seed = "kakuu",
}: Options): Promise<Company> {
  const chance = chanceFrom(seed);
  // Nobody can have answered a question before it was there.
  await syncContent(
    db(),
    publishContent(await loadContent("content")),
    new Date(now - (HISTORY_DAYS + 7) * DAY),
  );
  const employees = employ(now, size, chance.fork("people"));
  await createPeople(employees, passwordHash);
  const { teams, assignments } = await playTeams(employees, now, chance.fork("teams"));
  const curriculum = await readCurriculum();
  const histories = new Map<string, History>();
  for (const employee of employees) {
    const learner = await learnerOf(employee, now, curriculum, chance);
    const history = simulate(learner, curriculum, chance.fork(`study/${employee.person.email}`));
    histories.set(employee.person.userId, history);
    await store(employee, history, now);
    await sitExams(learner, curriculum, chance.fork(`exams/${employee.person.email}`));
    const days = { from: dayOf(employee.from, employee.person), to: dayOf(now, employee.person) };
    await recomputeSnapshots(employee.person.userId, days, now);
  }
  await noteReadinessAtDue({ clock: () => now, signal: new AbortController().signal });
  return { employees, teams, assignments, histories };
}

async function createPeople(employees: readonly Employee[], passwordHash: string | null): Promise<void> {
  await db().user.createMany({
    data: employees.map(({ person, from }) => ({
      id: person.userId,
      isGuest: false,
      name: person.name,
      email: person.email,
      emailVerifiedAt: new Date(from),
      passwordHash,
      locale: person.locale,
      timeZone: person.timeZone,
      dayStartHour: person.dayStartHour,
      desiredRetention: person.desiredRetention,
      newPerDay: person.newPerDay,
      createdAt: new Date(from),
      lastSeenAt: new Date(from),
    })),
  });
  const banks = await db().bank.findMany({ select: { id: true } });
  await db().enrollment.createMany({
    data: employees.flatMap(({ person: { userId }, from }) =>
      banks.map(({ id }) => ({ userId, bankId: id, createdAt: new Date(from) })),
    ),
  });
}

/** Something that happens to a team at a moment. */
interface Deed {
  at: number;
  team: string;
  play(tx: Prisma.TransactionClient): Promise<unknown>;
  traces: Omit<AuditEntry, "teamId">[];
}

/** Where deeds are set. */
interface Scene {
  team: TeamPlan;
  teamId: string;
  /** Who does them. */
  manager: string;
  /** Those who have stayed. */
  learners: readonly { person: { userId: string }; joinedAt: number }[];
  /** Ids by name. */
  groups: ReadonlyMap<string, string>;
  now: number;
  chance: Chance;
  add(at: number, play: Deed["play"], ...traces: Deed["traces"]): void;
}

/** Plays what happened in the teams, in the order of time: whom an assignment comes to depends on who was there when. */
async function playTeams(
  employees: readonly Employee[],
  now: number,
  chance: Chance,
): Promise<Pick<Company, "teams" | "assignments">> {
  const begin = now - HISTORY_DAYS * DAY;
  const teams = new Map(TEAMS.map(({ key }) => [key, chance.id(begin)]));
  const assignments = new Map<string, string>();
  const deeds: Deed[] = [];
  for (const team of TEAMS) {
    const teamId = teams.get(team.key)!;
    const inTeam = employees.flatMap(({ person, memberships }) =>
      memberships
        .filter(({ teamKey }) => teamKey === team.key)
        .map((membership) => ({ person, ...membership })),
    );
    const boss = inTeam.find(({ role }) => role === "owner")!.person.userId;
    const manager = inTeam.find(({ role }) => role === "manager")!.person.userId;
    const groups = new Map(team.groups.map((name) => [name, chance.id(begin)]));
    const add = (at: number, play: Deed["play"], ...traces: Deed["traces"]) =>
      deeds.push({ at, team: teamId, play, traces });

    add(
      begin,
      (tx) =>
        tx.team.create({
          data: {
            id: teamId,
            name: team.name,
            timeZone: team.timeZone,
            createdAt: new Date(begin),
            groups: { create: [...groups].map(([name, id]) => ({ id, name })) },
          },
        }),
      { action: "team.created", actorId: boss, details: { name: team.name } },
    );
    for (const { person, role, joinedAt, leftAt, groups: own, sharesAll } of inTeam) {
      const { userId } = person;
      add(
        joinedAt,
        (tx) =>
          tx.membership.create({
            data: {
              teamId,
              userId,
              role,
              joinedAt: new Date(joinedAt),
              groups: { create: own.map((name) => ({ groupId: groups.get(name)! })) },
            },
          }),
        ...(userId === boss
          ? []
          : [{ action: "member.joined" as const, actorId: userId, subjectId: userId, details: { role } }]),
      );
      if (sharesAll) {
        const at = joinedAt + 3 * DAY;
        add(at, (tx) => tx.membership.updateMany({ where: { teamId, userId }, data: { sharesAll } }), {
          action: "sharing.changed",
          actorId: userId,
          subjectId: userId,
          details: { sharesAll },
        });
      }
      if (leftAt !== null) {
        add(leftAt, (tx) => tx.membership.deleteMany({ where: { teamId, userId } }), {
          action: "member.left",
          actorId: userId,
          subjectId: userId,
        });
      }
    }
    const learners = inTeam.filter(({ role, leftAt }) => role === "learner" && leftAt === null);
    const scene = { team, teamId, manager, learners, groups, now, chance, add };
    for (const plan of INVITES) invite(plan, scene);
    for (const plan of team.assignments) assignments.set(plan.key, assign(plan, scene));
  }
  deeds.sort((a, b) => a.at - b.at);
  for (const { at, team, play, traces } of deeds) {
    await db().$transaction(async (tx) => {
      await play(tx);
      await syncAssignees(tx, team, at);
      await tx.auditEvent.createMany({
        data: traces.map((trace) => ({ id: chance.id(at), teamId: team, at: new Date(at), ...trace })),
      });
    });
  }
  return { teams, assignments };
}

/** A link is made, and may be withdrawn. */
function invite(
  { made, days, seats, revoked }: InvitePlan,
  { teamId, manager, learners, now, chance, add }: Scene,
): void {
  const at = now - made * DAY;
  const id = chance.id(at);
  const joined = learners.filter(({ joinedAt }) => joinedAt >= at && joinedAt < at + days * DAY).length;
  const [maxUses, uses] = seats === "taken" ? [joined, joined] : [seats, 0];
  const data = {
    id,
    teamId,
    // Of a secret that nobody has.
    tokenHash: hashOf(chance.id(at)),
    maxUses,
    uses,
    createdAt: new Date(at),
    expiresAt: new Date(at + days * DAY),
    createdById: manager,
  };
  const by = { actorId: manager, details: { inviteId: id } };
  add(at, (tx) => tx.invite.create({ data }), {
    ...by,
    action: "invite.created",
    details: { ...by.details, role: "learner", maxUses, days },
  });
  if (revoked === undefined) return;
  const revokedAt = new Date(now - revoked * DAY);
  add(revokedAt.getTime(), (tx) => tx.invite.update({ where: { id }, data: { revokedAt } }), {
    ...by,
    action: "invite.revoked",
  });
}

/** Something is assigned, and may be put off for somebody or closed. @returns its id */
function assign(plan: AssignmentPlan, scene: Scene): string {
  const { team, manager, learners, now, chance, add } = scene;
  const { title, extension, closed } = plan;
  const at = now - plan.made * DAY;
  const id = chance.id(at);
  const by = { actorId: manager, details: { assignmentId: id, title } };
  add(at, (tx) => tx.assignment.create({ data: assignmentRow(plan, id, scene) }), {
    ...by,
    action: "assignment.created",
  });
  if (extension) {
    const { userId } = learners.reduce((last, one) => (one.joinedAt > last.joinedAt ? one : last)).person;
    const day = dayIn(extension.inDays, team, now);
    const data = { dueAt: new Date(endOfTeamDay(day, team)), extended: true };
    const where = { assignmentId_userId: { assignmentId: id, userId } };
    add(now - extension.given * DAY, (tx) => tx.assignee.update({ where, data }), {
      ...by,
      action: "assignment.extended",
      subjectId: userId,
      details: { ...by.details, day },
    });
  }
  if (closed !== undefined) {
    const closedAt = new Date(now - closed * DAY);
    add(closedAt.getTime(), (tx) => tx.assignment.update({ where: { id }, data: { closedAt } }), {
      ...by,
      action: "assignment.closed",
    });
  }
  return id;
}

/** The day so many days ahead (negative: back) where a team is, `YYYY-MM-DD`. */
const dayIn = (days: number, { timeZone }: TeamPlan, now: number) =>
  dayOf(now + days * DAY, { timeZone, dayStartHour: 0 });

function assignmentRow(
  { title, note = "", scope, made, due, to, readinessTarget, exam }: AssignmentPlan,
  id: string,
  { team, teamId, groups, now }: Scene,
): Prisma.AssignmentUncheckedCreateInput {
  return {
    id,
    teamId,
    title,
    note,
    createdAt: new Date(now - made * DAY),
    readinessTarget,
    scope: { create: [...scope] },
    ...("afterDays" in due
      ? { dueAfterDays: due.afterDays }
      : { dueOn: new Date(dayIn(due.inDays, team, now)) }),
    forEveryone: to === "everyone",
    forNewcomers: to === "newcomers",
    ...(typeof to === "object"
      ? { targets: { create: { id: groups.get(to.group)!, groupId: groups.get(to.group)! } } }
      : {}),
    ...(exam ? { exam: { create: exam } } : {}),
  };
}

/** What there is to study, in the order in which it is taught. */
async function readCurriculum(): Promise<Curriculum> {
  const items = await db().item.findMany({
    where: { retiredAt: null },
    include: { concept: true, revisions: { orderBy: { revision: "desc" }, take: 1 } },
    orderBy: [{ concept: { position: "asc" } }, { position: "asc" }],
  });
  return {
    items: items.map(({ conceptId, concept, bankId, revisions: [revision] }) => ({
      item: revision!.payload as unknown as PublishedItem,
      conceptId,
      areaId: concept.areaId,
      bankId,
    })),
  };
}

/** Somebody with the faults of their team. */
async function learnerOf(
  { person, habit, aptitude, placed, stubborn, home, from }: Employee,
  now: number,
  { items }: Curriculum,
  chance: Chance,
): Promise<Learner> {
  const luck = chance.fork(`mind/${person.email}`);
  const assignees = await db().assignee.findMany({
    where: { userId: person.userId },
    include: { assignment: { include: { scope: true } } },
    orderBy: { assignedAt: "asc" },
  });
  const believable = [...new Set(items.flatMap(({ item }) => misconceptionsOf(item)))];
  return {
    person,
    habit,
    aptitude,
    placed,
    from,
    until: now,
    weak: new Set(home?.weaknesses ?? []),
    beliefs: new Map<string, Belief>([
      ...luck.sample(believable, 8).map((id) => [id, { shows: 0.6, survives: 0.3 }] as const),
      ...stubborn.map((id) => [id, { shows: 0.75, survives: 1 }] as const),
    ]),
    assigned: assignees.map(({ assignedAt, assignment: { scope } }) => ({
      conceptIds: conceptsOf(scope, items),
      since: assignedAt.getTime(),
    })),
  };
}

/** The concepts that a scope comes to. */
const conceptsOf = (
  scope: readonly Pick<AssignmentScope, "kind" | "refId">[],
  items: Curriculum["items"],
) => [
  ...new Set(
    items
      .filter((one) => scope.some(({ kind, refId }) => one[`${kind}Id`] === refId))
      .map(({ conceptId }) => conceptId),
  ),
];

/** Stores what somebody did as if their browser had sent it, once a week. */
async function store({ person }: Employee, { events, lessons }: History, now: number): Promise<void> {
  const { userId } = person;
  await db().$transaction(
    async (tx) => {
      await lockPerson(tx, userId);
      const { verdicts, rows } = await judgeEvents(tx, userId, events, now);
      const refused = [...verdicts].find(([, { status }]) => status !== "stored");
      if (refused) throw new Error(`An event of the demo is refused: ${JSON.stringify(refused)}`);
      for (const [, ofWeek] of groupBy(rows, ({ reviewedAt }) => Math.ceil((now - reviewedAt) / (7 * DAY)))) {
        await insertReviews(tx, userId, ofWeek, ofWeek.at(-1)!.reviewedAt + 1500);
      }
      await refoldCards(tx, userId, now);
      await writeMarks(tx, userId, lessons);
      const last = events.at(-1);
      if (last) await tx.user.update({ where: { id: userId }, data: { lastSeenAt: new Date(last.at) } });
    },
    { timeout: 120_000 },
  );
}
