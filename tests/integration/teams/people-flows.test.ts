import { uuidv7 } from "uuidv7";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOBODY, type Person } from "#lib/server/auth/viewer.ts";
import { changeGroupMembers } from "#lib/server/commands/change-group-members.ts";
import { createGroup } from "#lib/server/commands/create-group.ts";
import { deleteAccount } from "#lib/server/commands/delete-account.ts";
import { deleteGroup } from "#lib/server/commands/delete-group.ts";
import { exportAccount } from "#lib/server/commands/export-account.ts";
import { exportAudit } from "#lib/server/commands/export-audit.ts";
import { importAccount } from "#lib/server/commands/import-account.ts";
import { mergeGuest } from "#lib/server/commands/merge-guest.ts";
import { removeMember } from "#lib/server/commands/remove-member.ts";
import { renameGroup } from "#lib/server/commands/rename-group.ts";
import { db } from "#lib/server/db/client.ts";
import { auditFilterSchema, getAudit } from "#lib/server/queries/audit.ts";
import { useDatabase } from "../harness/database.ts";
import {
  createAssignment,
  createPerson,
  createStaffedTeam,
  createTeam,
  NOW,
  SYNCED,
  syncFixtureContent,
} from "../harness/factories.ts";

useDatabase();
beforeAll(syncFixtureContent);

const DAY = 86_400_000;
const notFound = { ok: false, error: "not-found" };

let owner: Person;
let manager: Person;
let learner: Person;
let stranger: Person;
let teamId: string;
beforeEach(async () => {
  ({ owner, manager, learner, stranger, teamId } = await createStaffedTeam());
});

const filter = (given: object = {}) => auditFilterSchema.parse(given);
const logOf = async (viewer: Person, given: object = {}) =>
  (await getAudit(viewer, teamId, filter(given)))?.entries;

describe("groups", () => {
  const group = async (name = "Nights") => {
    const made = await createGroup(manager, { teamId, name }, NOW);
    if (!made.ok) throw new Error(made.error);
    return made.value.groupId;
  };
  const membersOf = async (groupId: string) =>
    (await db().groupMember.findMany({ where: { groupId } })).map(({ userId }) => userId);

  it("are made, named, filled and taken away by those who manage, and by nobody else", async () => {
    const groupId = await group();
    const key = { teamId, groupId };
    const members = { ...key, add: [learner.userId], remove: [] };
    for (const viewer of [NOBODY, stranger, learner]) {
      const refused = [
        await createGroup(viewer, { teamId, name: "Mine" }, NOW),
        await renameGroup(viewer, { ...key, name: "Mine" }, NOW),
        await deleteGroup(viewer, key, NOW),
        await changeGroupMembers(viewer, members, NOW),
      ];
      const error = viewer.kind === "nobody" ? "not-signed-in" : "not-found";
      expect(refused).toEqual(Array(4).fill({ ok: false, error }));
    }
    expect(await createGroup(owner, { teamId, name: "Nights" }, NOW)).toMatchObject({ error: "name-taken" });
    expect(await renameGroup(owner, { ...key, name: "Days" }, NOW)).toMatchObject({ ok: true });
    expect(await changeGroupMembers(manager, members, NOW)).toMatchObject({ ok: true });
    expect(await deleteGroup(manager, key, NOW)).toMatchObject({ ok: true });
    expect((await logOf(owner))?.map(({ action }) => action).reverse()).toEqual([
      "group.created",
      "group.renamed",
      "group.joined",
      "group.deleted",
    ]);
  });

  it("take members of their team alone, and bring what is assigned to them", async () => {
    const groupId = await group();
    const assignmentId = await createAssignment(teamId, {
      forEveryone: false,
      targets: { create: [{ id: uuidv7(), groupId }] },
    });
    const add = [learner.userId, stranger.userId];
    await changeGroupMembers(manager, { teamId, groupId, add, remove: [] }, NOW);
    await changeGroupMembers(manager, { teamId, groupId, add, remove: [] }, NOW);
    expect(await membersOf(groupId)).toEqual([learner.userId]);
    expect(await db().assignee.count({ where: { assignmentId } })).toBe(1);
    await changeGroupMembers(manager, { teamId, groupId, add: [], remove: add }, NOW);
    expect(await membersOf(groupId)).toEqual([]);
    expect(await db().assignee.count({ where: { assignmentId } })).toBe(0);
    expect(await logOf(owner)).toHaveLength(3);
  });

  it("of another team are not found", async () => {
    const groupId = await group();
    const theirs = (await db().membership.findFirstOrThrow({ where: { userId: stranger.userId } })).teamId;
    expect(await deleteGroup(stranger, { teamId: theirs, groupId }, NOW)).toEqual(notFound);
    expect(await renameGroup(stranger, { teamId: theirs, groupId, name: "x" }, NOW)).toEqual(notFound);
    const change = { teamId: theirs, groupId, add: [stranger.userId], remove: [] };
    expect(await changeGroupMembers(stranger, change, NOW)).toEqual(notFound);
  });
});

describe("a guest who signs in", () => {
  const merge = (guest: Person, account: Person) =>
    db().$transaction((tx) => mergeGuest(tx, guest.userId, account.userId, NOW));
  const enter = (person: Person, joinedAt: number) =>
    db().membership.create({
      data: { teamId, userId: person.userId, role: "learner", joinedAt: new Date(joinedAt) },
    });
  const attempt = (person: Person, assignmentId: string, number: number, startedAt: number, open = false) =>
    db().examAttempt.create({
      data: {
        id: uuidv7(),
        assignmentId,
        userId: person.userId,
        number,
        startedAt: new Date(startedAt),
        deadline: new Date(startedAt + DAY),
        submittedAt: open ? null : new Date(startedAt + 1000),
      },
    });

  it("brings the team, its groups, what is assigned and the checks taken into the account", async () => {
    const guest = await createPerson({ isGuest: true, name: "Gus" });
    await enter(guest, NOW - 3 * DAY);
    const group = await db().teamGroup.create({ data: { id: uuidv7(), teamId, name: "Nights" } });
    await db().groupMember.create({ data: { teamId, groupId: group.id, userId: guest.userId } });
    const assignmentId = await createAssignment(teamId);
    await db().assignee.updateMany({
      where: { assignmentId, userId: guest.userId },
      data: { extended: true, dueAt: new Date(NOW + 90 * DAY) },
    });
    await attempt(guest, assignmentId, 1, NOW - DAY);
    await db().user.update({ where: { id: guest.userId }, data: { calendarTokenHash: uuidv7() } });
    const account = await createPerson();
    await merge(guest, account);
    const key = { teamId, userId: account.userId };
    expect(await db().membership.findUnique({ where: { teamId_userId: key } })).toMatchObject({
      role: "learner",
      joinedAt: new Date(NOW - 3 * DAY),
    });
    expect(await db().groupMember.count({ where: key })).toBe(1);
    expect(await db().assignee.findMany({ where: key })).toMatchObject([
      { extended: true, dueAt: new Date(NOW + 90 * DAY) },
    ]);
    expect(await db().examAttempt.count({ where: { userId: account.userId } })).toBe(1);
    expect(await logOf(owner, { person: account.userId })).toMatchObject([
      { action: "member.merged", subject: { name: "Gus" } },
    ]);
    const row = await db().user.findUniqueOrThrow({ where: { id: account.userId } });
    expect(row.calendarTokenHash).not.toBeNull();
  });

  it("keeps the account's role and the earlier day, and numbers the checks of both as one person's", async () => {
    const guest = await createPerson({ isGuest: true, name: "Gus" });
    await enter(guest, SYNCED.getTime() - DAY);
    const assignmentId = await createAssignment(teamId);
    await attempt(manager, assignmentId, 1, NOW - 4 * DAY);
    await attempt(guest, assignmentId, 1, NOW - 3 * DAY);
    await attempt(manager, assignmentId, 2, NOW - 2 * DAY);
    await attempt(manager, assignmentId, 3, NOW - 1000, true);
    await attempt(guest, assignmentId, 2, NOW - 500, true);
    await merge(guest, manager);
    expect(await db().membership.findMany({ where: { teamId, userId: manager.userId } })).toMatchObject([
      { role: "manager", joinedAt: new Date(SYNCED.getTime() - DAY) },
    ]);
    const attempts = await db().examAttempt.findMany({ where: { assignmentId }, orderBy: { number: "asc" } });
    expect(attempts.map(({ userId, number }) => [userId, number])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [manager.userId, number]),
    );
    expect(attempts.map(({ startedAt }) => startedAt)).toEqual(
      attempts.map(({ startedAt }) => startedAt).sort((a, b) => a.getTime() - b.getTime()),
    );
    expect(attempts.filter(({ submittedAt }) => submittedAt === null)).toMatchObject([{ number: 4 }]);
  });
});

describe("erasing an account", () => {
  const erase = (person: Person) => deleteAccount(person, { confirmation: "delete" }, NOW);

  it("is refused to the only owner of a team with others in it, and changes nothing then", async () => {
    const alone = await createTeam({ owner: [owner] });
    expect(await erase(owner)).toEqual({ ok: false, error: "owns-team" });
    expect(await db().team.count({ where: { id: { in: [teamId, alone] } } })).toBe(2);
    expect(await logOf(owner)).toEqual([]);
  });

  it("leaves a pseudonym in the log, and no address in invitations", async () => {
    const email = learner.email ?? "";
    await db().invite.create({
      data: { id: uuidv7(), teamId, tokenHash: uuidv7(), email, maxUses: 1, expiresAt: new Date(NOW + DAY) },
    });
    expect(await erase(learner)).toMatchObject({ ok: true });
    expect(await logOf(owner)).toMatchObject([
      { action: "member.left", actor: { id: learner.userId, name: null }, subject: { name: null } },
    ]);
    expect(await db().invite.count({ where: { email } })).toBe(0);
  });

  it("erases the teams that nobody else is in, with their logs", async () => {
    const account = await createPerson();
    const alone = await createTeam({ owner: [account] });
    const shared = await createTeam({ owner: [account, owner] });
    await createGroup(account, { teamId: alone, name: "Nights" }, NOW);
    expect(await erase(account)).toMatchObject({ ok: true });
    expect(await db().team.findMany({ where: { id: { in: [alone, shared] } } })).toMatchObject([
      { id: shared },
    ]);
    expect(await db().auditEvent.count({ where: { teamId: alone } })).toBe(0);
  });

  it("leaves an owner when both go at the same moment", async () => {
    const [one, two] = [await createPerson(), await createPerson()];
    const shared = await createTeam({ owner: [one, two], learner: [learner] });
    const gone = await Promise.all([erase(one), erase(two)]);
    expect(gone.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db().membership.count({ where: { teamId: shared, role: "owner" } })).toBe(1);
  });
});

describe("the account file", () => {
  it("tells the person's own teams, assignments and checks, and makes nobody a member", async () => {
    const assignmentId = await createAssignment(teamId);
    await db().examAttempt.create({
      data: {
        id: uuidv7(),
        assignmentId,
        userId: learner.userId,
        number: 1,
        startedAt: new Date(NOW),
        deadline: new Date(NOW + DAY),
      },
    });
    const exported = await exportAccount(learner, NOW);
    if (!exported.ok) throw new Error(exported.error);
    expect(exported.value.teams).toMatchObject([
      { name: "Platform", role: "learner", sharesAll: false, assignments: [{ title: "Pod IPs" }] },
    ]);
    expect(exported.value.finalChecks).toMatchObject([{ assignment: "Pod IPs", number: 1, passed: null }]);
    expect(JSON.stringify(exported.value)).not.toContain("Olga");
    const file = JSON.parse(JSON.stringify(exported.value));
    const newcomer = await createPerson();
    expect(await importAccount(newcomer, file, { apply: true, now: NOW })).toMatchObject({ ok: true });
    expect(await db().membership.count({ where: { userId: newcomer.userId } })).toBe(0);
  });
});

describe("the audit log", () => {
  it("is for owners, who narrow it down and take it along, which is told too", async () => {
    for (const viewer of [NOBODY, stranger, learner, manager]) {
      expect(await getAudit(viewer, teamId, filter())).toBeNull();
      expect((await exportAudit(viewer, teamId, filter(), NOW)).ok).toBe(false);
    }
    await createGroup(owner, { teamId, name: "Nights" }, NOW - 2 * DAY);
    await removeMember(manager, { teamId, userId: learner.userId }, NOW);
    expect(await logOf(owner, { action: "group.created" })).toMatchObject([{ actor: { name: "Olga" } }]);
    expect(await logOf(owner, { person: learner.userId })).toMatchObject([{ action: "member.removed" }]);
    // Where the team is, the day before yesterday is the 22nd.
    expect(await logOf(owner, { from: "2026-11-22", to: "2026-11-22" })).toMatchObject([
      { action: "group.created" },
    ]);
    expect(await logOf(owner, { from: "2026-11-25" })).toEqual([]);
    expect(await logOf(owner, { action: "nonsense", from: "2026-02-30" })).toHaveLength(2);
    const exported = await exportAudit(owner, teamId, filter({ action: "group.created" }), NOW);
    expect(exported).toMatchObject({ ok: true, value: { entries: [{ action: "group.created" }] } });
    expect((await logOf(owner))?.[0]).toMatchObject({ action: "audit.exported", details: { entries: 1 } });
  });

  it("is read a page at a time, with nothing missing and nothing twice", async () => {
    for (let i = 0; i < 60; i++)
      await createGroup(owner, { teamId, name: `Group ${i}` }, NOW + Math.floor(i / 3));
    const first = await getAudit(owner, teamId, filter());
    const second = await getAudit(owner, teamId, filter({ after: first?.next }));
    const ids = [...(first?.entries ?? []), ...(second?.entries ?? [])].map(({ id }) => id);
    expect([first?.entries.length, second?.entries.length, second?.next]).toEqual([50, 10, null]);
    expect(new Set(ids).size).toBe(60);
  });

  it("cannot be changed by anybody", async () => {
    await createGroup(owner, { teamId, name: "Nights" }, NOW);
    await expect(db().auditEvent.updateMany({ data: { action: "group.left" } })).rejects.toThrow(
      /append-only/,
    );
    await expect(db().auditEvent.deleteMany({ where: { teamId } })).rejects.toThrow(/append-only/);
    await expect(db().team.delete({ where: { id: teamId } })).rejects.toThrow(/append-only/);
  });
});
