import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { useDatabase } from "../harness/database.ts";
import {
  createAssignment,
  createPerson,
  createTeam,
  NOW,
  SYNCED,
  syncFixtureContent,
} from "../harness/factories.ts";

const DAY = 86_400_000;

useDatabase();
beforeAll(syncFixtureContent);

let owner: Person;
let learner: Person;
let teamId: string;
beforeEach(async () => {
  [owner, learner] = [await createPerson(), await createPerson()];
  teamId = await createTeam({ owner: [owner], learner: [learner] });
});

const sync = (now = NOW) => db().$transaction((tx) => syncAssignees(tx, teamId, now));
const assignees = async (assignmentId: string) =>
  (await db().assignee.findMany({ where: { assignmentId } })).map(({ userId }) => userId).sort();
const dueOf = async (assignmentId: string, { userId }: Person) =>
  (
    await db().assignee.findUnique({ where: { assignmentId_userId: { assignmentId, userId } } })
  )?.dueAt.toISOString();
const join = async (joinedAt: number) => {
  const person = await createPerson();
  await db().membership.create({
    data: { teamId, userId: person.userId, role: "learner", joinedAt: new Date(joinedAt) },
  });
  return person;
};

describe("whom an assignment comes to", () => {
  it("is every learner for everyone, those who join later too, but no manager", async () => {
    const id = await createAssignment(teamId);
    expect(await assignees(id)).toEqual([learner.userId]);
    const later = await join(NOW + DAY);
    await sync(NOW + DAY);
    expect(await assignees(id)).toEqual([learner.userId, later.userId].sort());
  });

  it("is only who joins after it was made for newcomers", async () => {
    const id = await createAssignment(teamId, { forEveryone: false, forNewcomers: true });
    expect(await assignees(id)).toEqual([]);
    const later = await join(NOW + DAY);
    await sync(NOW + DAY);
    expect(await assignees(id)).toEqual([later.userId]);
  });

  it("follows a group as people enter and leave it, and names managers too", async () => {
    const group = await db().teamGroup.create({
      data: { id: crypto.randomUUID(), teamId, name: "Night shift" },
    });
    const targets = { create: [{ id: crypto.randomUUID(), groupId: group.id }] };
    const id = await createAssignment(teamId, { forEveryone: false, targets });
    expect(await assignees(id)).toEqual([]);
    await db().groupMember.create({ data: { groupId: group.id, teamId, userId: owner.userId } });
    await sync();
    expect(await assignees(id)).toEqual([owner.userId]);
    await db().groupMember.deleteMany({ where: { groupId: group.id } });
    await sync();
    expect(await assignees(id)).toEqual([]);
  });

  it("is nobody new when it is closed, and nobody is taken out", async () => {
    const id = await createAssignment(teamId);
    await db().assignment.update({ where: { id }, data: { closedAt: new Date(NOW) } });
    await db().membership.updateMany({ where: { userId: learner.userId }, data: { role: "manager" } });
    await join(NOW + DAY);
    await sync(NOW + DAY);
    expect(await assignees(id)).toEqual([learner.userId]);
  });

  it("ends with the membership", async () => {
    const id = await createAssignment(teamId);
    await db().membership.deleteMany({ where: { userId: learner.userId } });
    expect(await assignees(id)).toEqual([]);
  });
});

describe("when it is due", () => {
  it("is when the day ends where the team is", async () => {
    const id = await createAssignment(teamId);
    expect(await dueOf(id, learner)).toBe("2026-12-24T15:00:00.000Z");
  });

  it("is so many days after the day on which each was assigned", async () => {
    const id = await createAssignment(teamId, { dueAfterDays: 28 });
    const later = await join(NOW + 2 * DAY);
    await sync(NOW + 2 * DAY);
    expect(await dueOf(id, learner)).toBe("2026-12-22T15:00:00.000Z");
    expect(await dueOf(id, later)).toBe("2026-12-24T15:00:00.000Z");
  });

  it("moves with the assignment, but not for whom it was set alone", async () => {
    const other = await join(SYNCED.getTime());
    const id = await createAssignment(teamId);
    const alone = { assignmentId_userId: { assignmentId: id, userId: other.userId } };
    await db().assignee.update({ where: alone, data: { dueAt: new Date(NOW + 90 * DAY), extended: true } });
    await db().assignment.update({ where: { id }, data: { dueOn: new Date("2026-12-31") } });
    await sync();
    expect(await dueOf(id, learner)).toBe("2026-12-31T15:00:00.000Z");
    expect(await dueOf(id, other)).toBe(new Date(NOW + 90 * DAY).toISOString());
  });

  it("is never in the past for somebody new", async () => {
    const id = await createAssignment(teamId);
    await join(NOW + 60 * DAY);
    await sync(NOW + 60 * DAY);
    expect(await assignees(id)).toEqual([learner.userId]);
  });
});
