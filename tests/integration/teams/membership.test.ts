import { beforeEach, describe, expect, it } from "vitest";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { changeRole } from "#lib/server/commands/change-role.ts";
import { createInvite } from "#lib/server/commands/create-invite.ts";
import { createTeam } from "#lib/server/commands/create-team.ts";
import { deleteTeam } from "#lib/server/commands/delete-team.ts";
import { editTeam } from "#lib/server/commands/edit-team.ts";
import { leaveTeam } from "#lib/server/commands/leave-team.ts";
import { removeMember } from "#lib/server/commands/remove-member.ts";
import { setSharing } from "#lib/server/commands/set-sharing.ts";
import { transferOwnership } from "#lib/server/commands/transfer-ownership.ts";
import { db } from "#lib/server/db/client.ts";
import type { Result } from "#lib/server/errors.ts";
import { getPeople, peopleFilterSchema } from "#lib/server/queries/people.ts";
import { getTeamSettings } from "#lib/server/queries/team-settings.ts";
import { getTeam, getTeams } from "#lib/server/queries/teams.ts";
import { useDatabase } from "../harness/database.ts";
import {
  createAssignment,
  createPerson,
  createStaffedTeam,
  createTeam as makeTeam,
  NOW,
} from "../harness/factories.ts";

useDatabase();

let owner: Person;
let manager: Person;
let learner: Person;
let stranger: Person;
let teamId: string;
beforeEach(async () => {
  ({ owner, manager, learner, stranger, teamId } = await createStaffedTeam());
});

const roleOf = async ({ userId }: Person) =>
  (await db().membership.findUnique({ where: { teamId_userId: { teamId, userId } } }))?.role ?? null;
const log = async () =>
  (await db().auditEvent.findMany({ where: { teamId }, orderBy: { id: "asc" } })).map(
    ({ action, actorId, subjectId, details }) => ({ action, actorId, subjectId, details }),
  );
const notFound = { ok: false, error: "not-found" };

/** Tries something as everybody who may not, and expects nothing to be found, and nothing to have happened. */
async function refusedTo(viewers: Viewer[], attempt: (viewer: Viewer) => Promise<Result<unknown>>) {
  const before = [await log(), await db().membership.findMany({ orderBy: { userId: "asc" } })];
  for (const viewer of viewers) {
    const expected = viewer.kind === "nobody" ? { ok: false, error: "not-signed-in" } : notFound;
    expect(await attempt(viewer)).toEqual(expected);
  }
  expect([await log(), await db().membership.findMany({ orderBy: { userId: "asc" } })]).toEqual(before);
}

describe("making a team", () => {
  const input = { name: "Platform", timeZone: "Europe/Berlin" };

  it("makes its maker the owner, from now on", async () => {
    const made = await createTeam(stranger, input, NOW);
    if (!made.ok) throw new Error(made.error);
    expect(await getTeam(stranger, made.value.teamId)).toEqual({
      id: made.value.teamId,
      ...input,
      role: "owner",
      joinedAt: NOW,
      sharesAll: false,
    });
    expect(await getTeams(stranger)).toHaveLength(2);
    expect(await getTeam(owner, made.value.teamId)).toBeNull();
  });

  it("is not for guests, nor for somebody without a name until they give one", async () => {
    const nameless = await createPerson();
    expect(await createTeam(NOBODY, input, NOW)).toMatchObject({ error: "not-signed-in" });
    expect(await createTeam(await createPerson({ isGuest: true }), input, NOW)).toMatchObject({
      error: "account-needed",
    });
    expect(await createTeam(nameless, input, NOW)).toMatchObject({
      error: "name-missing",
      field: "personName",
    });
    expect(await createTeam(nameless, { ...input, personName: "Nami" }, NOW)).toMatchObject({ ok: true });
    expect(await db().user.findUnique({ where: { id: nameless.userId } })).toMatchObject({ name: "Nami" });
  });
});

describe("what owners alone do", () => {
  it("is to name the team and say where its days end, which due moments follow", async () => {
    const assignmentId = await createAssignment(teamId, { scope: {} });
    const change = { teamId, name: "Networks", timeZone: "Europe/Berlin" };
    await refusedTo([NOBODY, stranger, learner, manager], (viewer) => editTeam(viewer, change, NOW));
    expect(await editTeam(owner, change, NOW)).toMatchObject({ ok: true });
    expect(await getTeam(learner, teamId)).toMatchObject({ name: "Networks", timeZone: "Europe/Berlin" });
    const [assignee] = await db().assignee.findMany({ where: { assignmentId } });
    expect(assignee?.dueAt.toISOString()).toBe("2026-12-24T23:00:00.000Z");
    expect(await log()).toMatchObject([{ action: "team.edited", actorId: owner.userId }]);
  });

  it("is to give and take roles, but none above learner to a guest", async () => {
    const guest = await createPerson({ isGuest: true });
    await db().membership.create({ data: { teamId, userId: guest.userId, role: "learner" } });
    const promote = { teamId, userId: learner.userId, role: "manager" as const };
    await refusedTo([NOBODY, stranger, learner, manager], (viewer) => changeRole(viewer, promote, NOW));
    expect(await changeRole(owner, promote, NOW)).toMatchObject({ ok: true });
    expect(await roleOf(learner)).toBe("manager");
    expect(await changeRole(owner, { ...promote, userId: guest.userId }, NOW)).toMatchObject({
      error: "account-needed",
    });
    expect(await changeRole(owner, { ...promote, userId: stranger.userId }, NOW)).toEqual(notFound);
    expect(await log()).toEqual([
      {
        action: "role.changed",
        actorId: owner.userId,
        subjectId: learner.userId,
        details: { from: "learner", to: "manager" },
      },
    ]);
  });

  it("is to hand the team to another member, and stay as its manager", async () => {
    await refusedTo([NOBODY, stranger, learner, manager], (viewer) =>
      transferOwnership(viewer, { teamId, userId: learner.userId }, NOW),
    );
    expect(await transferOwnership(owner, { teamId, userId: stranger.userId }, NOW)).toEqual(notFound);
    expect(await transferOwnership(owner, { teamId, userId: owner.userId }, NOW)).toEqual(notFound);
    expect(await transferOwnership(owner, { teamId, userId: manager.userId }, NOW)).toMatchObject({
      ok: true,
    });
    expect([await roleOf(owner), await roleOf(manager)]).toEqual(["manager", "owner"]);
    expect(await leaveTeam(owner, { teamId }, NOW)).toMatchObject({ ok: true });
  });

  it("is to erase a team that nobody else is in, with its log", async () => {
    await refusedTo([NOBODY, stranger, learner, manager], (viewer) => deleteTeam(viewer, { teamId }));
    expect(await deleteTeam(owner, { teamId })).toEqual({ ok: false, error: "team-not-empty" });
    for (const { userId } of [manager, learner]) await removeMember(owner, { teamId, userId }, NOW);
    expect(await deleteTeam(owner, { teamId })).toMatchObject({ ok: true });
    expect(await db().team.count({ where: { id: teamId } })).toBe(0);
    expect(await log()).toEqual([]);
  });
});

describe("leaving and removing", () => {
  it("ends what a member sees at once, and takes nothing they have learned", async () => {
    const assignmentId = await createAssignment(teamId, {
      forEveryone: false,
      targets: { create: [{ id: crypto.randomUUID(), userId: learner.userId }] },
    });
    expect(await db().assignee.count({ where: { assignmentId } })).toBe(1);
    await refusedTo([NOBODY, stranger, learner], (viewer) =>
      removeMember(viewer, { teamId, userId: learner.userId }, NOW),
    );
    expect(await removeMember(manager, { teamId, userId: learner.userId }, NOW)).toMatchObject({ ok: true });
    expect(await getTeam(learner, teamId)).toBeNull();
    expect(await getTeamSettings(learner, teamId)).toBeNull();
    expect(await setSharing(learner, { teamId, sharesAll: true }, NOW)).toEqual(notFound);
    expect(await db().user.count({ where: { id: learner.userId } })).toBe(1);
    expect(await db().assignee.count({ where: { assignmentId } })).toBe(0);
    expect(await db().assignmentTarget.count({ where: { assignmentId } })).toBe(0);
    expect(await log()).toEqual([
      {
        action: "member.removed",
        actorId: manager.userId,
        subjectId: learner.userId,
        details: { role: "learner" },
      },
    ]);
  });

  it("lets managers remove learners alone", async () => {
    for (const { userId } of [owner, manager]) {
      expect(await removeMember(manager, { teamId, userId }, NOW)).toEqual(notFound);
    }
    expect(await removeMember(owner, { teamId, userId: manager.userId }, NOW)).toMatchObject({ ok: true });
  });

  it("withdraws the invitations of whoever may invite no more", async () => {
    const invite = { teamId, role: "learner" as const, groupId: null, days: 7, maxUses: 5 };
    await createInvite(manager, invite, NOW);
    await createInvite(owner, invite, NOW);
    await changeRole(owner, { teamId, userId: manager.userId, role: "learner" }, NOW);
    const left = await db().invite.findMany({ where: { teamId, revokedAt: null } });
    expect(left.map(({ createdById }) => createdById)).toEqual([owner.userId]);
  });

  it("is for everyone but the last owner, who neither steps down nor is put out", async () => {
    const last = { ok: false, error: "last-owner" };
    await refusedTo([NOBODY, stranger], (viewer) => leaveTeam(viewer, { teamId }, NOW));
    expect(await leaveTeam(owner, { teamId }, NOW)).toEqual(last);
    expect(await removeMember(owner, { teamId, userId: owner.userId }, NOW)).toEqual(last);
    expect(await changeRole(owner, { teamId, userId: owner.userId, role: "learner" }, NOW)).toMatchObject(
      last,
    );
    for (const one of [manager, learner])
      expect(await leaveTeam(one, { teamId }, NOW)).toMatchObject({ ok: true });
    expect(await leaveTeam(owner, { teamId }, NOW)).toEqual(last);
    expect(await roleOf(owner)).toBe("owner");
  });

  it("leaves an owner when both leave at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await createPerson(), await createPerson()];
      const shared = await makeTeam({ owner: [one, two] });
      const left = await Promise.all([
        leaveTeam(one, { teamId: shared }, NOW),
        round % 2 === 0
          ? leaveTeam(two, { teamId: shared }, NOW)
          : changeRole(two, { teamId: shared, userId: two.userId, role: "learner" }, NOW),
      ]);
      expect(left.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await db().membership.count({ where: { teamId: shared, role: "owner" } })).toBe(1);
    }
  });
});

describe("sharing", () => {
  it("is set by the member alone, and told in the log", async () => {
    await refusedTo([NOBODY, stranger], (viewer) => setSharing(viewer, { teamId, sharesAll: true }, NOW));
    await setSharing(learner, { teamId, sharesAll: true }, NOW);
    await setSharing(learner, { teamId, sharesAll: true }, NOW);
    const shared = await db().membership.findMany({ where: { teamId, sharesAll: true } });
    expect(shared.map(({ userId }) => userId)).toEqual([learner.userId]);
    expect(await log()).toEqual([
      {
        action: "sharing.changed",
        actorId: learner.userId,
        subjectId: learner.userId,
        details: { sharesAll: true },
      },
    ]);
  });
});

describe("the list of members", () => {
  const filter = (given: object = {}) => peopleFilterSchema.parse(given);
  const names = async (given: object) =>
    (await getPeople(owner, teamId, filter(given), NOW))?.members.map(({ name }) => name);

  it("is for those who manage people", async () => {
    for (const viewer of [NOBODY, stranger, learner]) {
      expect(await getPeople(viewer, teamId, filter(), NOW)).toBeNull();
    }
    expect(await getPeople(owner, "nonsense", filter(), NOW)).toBeNull();
    expect((await getPeople(manager, teamId, filter(), NOW))?.may).toEqual({
      inviteOthers: false,
      changeRoles: false,
    });
  });

  it("is sorted, searched and narrowed down as its address says", async () => {
    expect(await names({})).toEqual(["Leo", "Mio", "Olga"]);
    expect(await names({ sort: "role" })).toEqual(["Olga", "Mio", "Leo"]);
    expect(await names({ q: "mI" })).toEqual(["Mio"]);
    expect(await names({ q: "@example.com", role: "learner" })).toEqual(["Leo"]);
    expect(await names({ role: "nonsense", page: "-1" })).toEqual(["Leo", "Mio", "Olga"]);
    expect(await names({ page: "2" })).toEqual([]);
  });
});
