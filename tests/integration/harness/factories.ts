import { uuidv7 } from "uuidv7";
import type { AnswerOf, Kind } from "#lib/core/questions/index.ts";
import type { AnswerEvent, ReviewEvent } from "#lib/core/reviews/event.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { findBroken, loadContent, publishContent, syncContent } from "#lib/server/content/index.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma, Role } from "#lib/server/db/generated/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { writeMemberFigures } from "#lib/server/db/sql/member-figures.ts";

/** The moment at which tests take place; the fixture content was synced a year before. */
export const NOW = Date.parse("2026-11-24T12:00:00+09:00");
export const SYNCED = new Date(NOW - 365 * 86_400_000);

/** Syncs the fixture bank (8 items of every kind but `multiple`, `matching`, `numeric`). */
export async function syncFixtureContent(): Promise<void> {
  const content = await loadContent("tests/fixtures/content");
  if (findBroken(content).length > 0) throw new Error("The fixture content is broken");
  await syncContent(db(), publishContent(content), SYNCED);
}

/** A person in the database and as a viewer. */
export async function createPerson(overrides: Partial<Person> & { isGuest?: boolean } = {}): Promise<Person> {
  const person: Person = {
    kind: overrides.isGuest ? "guest" : "user",
    userId: uuidv7(),
    locale: "ja",
    timeZone: "Asia/Tokyo",
    dayStartHour: 4,
    weights: null,
    desiredRetention: 0.9,
    newPerDay: 12,
    name: null,
    email: overrides.isGuest ? null : `${uuidv7()}@example.com`,
    emailVerified: !overrides.isGuest,
    ...overrides,
  };
  const { userId, kind, locale, timeZone, dayStartHour, desiredRetention, newPerDay, name, email } = person;
  await db().user.create({
    data: {
      id: userId,
      isGuest: kind === "guest",
      locale,
      timeZone,
      dayStartHour,
      desiredRetention,
      newPerDay,
      name,
      email,
      emailVerifiedAt: email ? SYNCED : null,
      enrollments: {
        create: (await db().bank.findMany({ select: { id: true } })).map(({ id }) => ({ bankId: id })),
      },
    },
  });
  return person;
}

/** A right answer to the fixture's single-choice item; what it says can be overridden. */
export function answerEvent(overrides: Partial<AnswerEvent> = {}): AnswerEvent {
  return {
    id: uuidv7(),
    type: "answer",
    itemId: "pod-ip-after",
    at: NOW - 3_600_000,
    revision: 1,
    source: "study",
    locale: "ja",
    answer: RIGHT.single,
    seed: 7,
    hinted: false,
    easy: false,
    durationMs: 4000,
    ...overrides,
  };
}

export const RIGHT = { single: { option: "changes" } } satisfies { single: AnswerOf<Kind & "single"> };
export const WRONG = { single: { option: "stays" } } satisfies { single: AnswerOf<Kind & "single"> };

/** Any other event about the same item. */
export function cardEvent(event: Pick<ReviewEvent, "type"> & Partial<ReviewEvent>): ReviewEvent {
  return { id: uuidv7(), itemId: "pod-ip-after", at: NOW - 1_800_000, ...event } as ReviewEvent;
}

/**
 * Records events as of `NOW`.
 * @returns what became of each: stored, had, or why it was refused
 */
export async function record(person: Person, events: readonly unknown[]): Promise<string[]> {
  const outcome = await recordReviews(person, events, NOW);
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value.results.map((result) => (result.status === "refused" ? result.reason : result.status));
}

/** A team in which the given people have the given roles since a year before `NOW`. @returns its id */
export async function createTeam(
  people: Partial<Record<Role, readonly Person[]>>,
  overrides: Partial<Omit<Prisma.TeamCreateInput, "memberships">> = {},
): Promise<string> {
  const memberships = Object.entries(people).flatMap(([role, members]) =>
    members.map(({ userId }) => ({ userId, role: role as Role, joinedAt: SYNCED })),
  );
  const { id } = await db().team.create({
    data: { id: uuidv7(), name: "Platform", memberships: { create: memberships }, ...overrides },
  });
  for (const { userId } of memberships) await db().$transaction((tx) => writeMemberFigures(tx, userId));
  return id;
}

/** A team with somebody of each role, all of whom have names, and the owner of another. */
export async function createStaffedTeam(): Promise<
  Record<"owner" | "manager" | "learner" | "stranger", Person> & { teamId: string }
> {
  const owner = await createPerson({ name: "Olga" });
  const manager = await createPerson({ name: "Mio" });
  const learner = await createPerson({ name: "Leo" });
  const stranger = await createPerson({ name: "Sam" });
  const teamId = await createTeam({ owner: [owner], manager: [manager], learner: [learner] });
  await createTeam({ owner: [stranger] });
  return { owner, manager, learner, stranger, teamId };
}

/** An assignment of the concept `pod-ip` to everyone, due on 2026-12-24, and its assignees. @returns its id */
export async function createAssignment(
  teamId: string,
  overrides: Partial<Omit<Prisma.AssignmentUncheckedCreateInput, "teamId">> = {},
): Promise<string> {
  const due = overrides.dueAfterDays === undefined ? { dueOn: new Date("2026-12-24") } : {};
  const { id } = await db().assignment.create({
    data: {
      id: uuidv7(),
      teamId,
      title: "Pod IPs",
      readinessTarget: 0.85,
      forEveryone: true,
      createdAt: new Date(NOW),
      scope: { create: [{ kind: "concept", refId: "pod-ip" }] },
      ...due,
      ...overrides,
    },
  });
  await db().$transaction((tx) => syncAssignees(tx, teamId, NOW));
  return id;
}
