import { uuidv7 } from "uuidv7";
import type { Person } from "#lib/server/auth/viewer.ts";
import { startExam } from "#lib/server/commands/start-exam.ts";
import { db } from "#lib/server/db/client.ts";
import { createAssignment, createPerson, createTeam, NOW } from "../harness/factories.ts";

/** A team with one of each, another team beside it, and the ids of everything that can be asked about. */
export interface World {
  owner: Person;
  manager: Person;
  /** Another one. */
  coManager: Person;
  learner: Person;
  /** Another one. */
  colleague: Person;
  guest: Person;
  otherManager: Person;
  removed: Person;
  teamId: string;
  /** That of `otherManager`. */
  otherTeamId: string;
  groupId: string;
  inviteId: string;
  /** Open, given to the learner, with a final check. */
  assignmentId: string;
  /** The learner's, open. */
  attemptId: string;
  /** A letter about it to the learner, which could not be sent. */
  failedMailId: string;
}

/** What only those in the team may read: how it, a group and an assignment are called. */
export const TEAM_WORDS = {
  team: "Quokka platform",
  group: "Quokka night shift",
  assignment: "Quokka addresses",
};

export async function createWorld(): Promise<World> {
  const [owner, coOwner, manager, coManager, learner, colleague, otherManager, removed] = [
    await createPerson({ name: "Owner Quokka" }),
    await createPerson({ name: "Second owner Quokka" }),
    await createPerson({ name: "Manager Quokka" }),
    await createPerson({ name: "Second manager Quokka" }),
    await createPerson({ name: "Learner Quokka" }),
    await createPerson({ name: "Colleague Quokka" }),
    await createPerson({ name: "Other" }),
    await createPerson({ name: "Removed Quokka" }),
  ];
  const guest = await createPerson({ isGuest: true });
  const teamId = await createTeam(
    { owner: [owner, coOwner], manager: [manager, coManager], learner: [learner, colleague, removed] },
    { name: TEAM_WORDS.team },
  );
  const otherTeamId = await createTeam(
    { owner: [await createPerson()], manager: [otherManager] },
    { name: "Other" },
  );
  const group = await db().teamGroup.create({ data: { id: uuidv7(), teamId, name: TEAM_WORDS.group } });
  const invite = await db().invite.create({
    data: { id: uuidv7(), teamId, tokenHash: uuidv7(), maxUses: 5, expiresAt: new Date(NOW + 86_400_000) },
  });
  const assignmentId = await createAssignment(teamId, {
    title: TEAM_WORDS.assignment,
    exam: { create: { minutes: 10 } },
  });
  await db().membership.deleteMany({ where: { teamId, userId: removed.userId } });
  const started = await startExam(learner, { assignmentId }, NOW);
  if (!started.ok) throw new Error(started.error);
  const { userId } = learner;
  const failedMail = await db().reminderMail.create({
    data: {
      ...{ id: uuidv7(), userId, day: new Date(NOW), status: "failed", nextAttemptAt: new Date(NOW) },
      matters: { create: { userId, key: "a", kind: "assigned", teamId, assignmentId } },
    },
  });
  return {
    ...{ owner, manager, coManager, learner, colleague, guest, otherManager, removed },
    ...{ teamId, otherTeamId, groupId: group.id, inviteId: invite.id, assignmentId },
    ...{ failedMailId: failedMail.id, ...started.value },
  };
}
