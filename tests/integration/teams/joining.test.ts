import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { hashOf } from "#lib/server/auth/tokens.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { createInvite } from "#lib/server/commands/create-invite.ts";
import { type InviteLine, inviteByList, inviteByListSchema } from "#lib/server/commands/invite-by-list.ts";
import { joinOpenTeam } from "#lib/server/commands/join-open-team.ts";
import { joinTeam } from "#lib/server/commands/join-team.ts";
import { leaveTeam } from "#lib/server/commands/leave-team.ts";
import { removeMember } from "#lib/server/commands/remove-member.ts";
import { revokeInvite } from "#lib/server/commands/revoke-invite.ts";
import { setJoinRules } from "#lib/server/commands/set-join-rules.ts";
import { signInWithAccount } from "#lib/server/commands/sign-in-with-account.ts";
import { signUp, signUpSchema } from "#lib/server/commands/sign-up.ts";
import { db } from "#lib/server/db/client.ts";
import type { Role } from "#lib/server/db/generated/client.ts";
import { getInvitation } from "#lib/server/queries/invitation.ts";
import { getPeople, peopleFilterSchema } from "#lib/server/queries/people.ts";
import { getOpenTeams } from "#lib/server/queries/team-settings.ts";
import { useDatabase } from "../harness/database.ts";
import { createAssignment, createPerson, createTeam, NOW, syncFixtureContent } from "../harness/factories.ts";

/** Before anything reads the settings. */
const data = vi.hoisted(() => {
  process.env.PODSHIFT_DATA = `/tmp/podshift-joining-${process.pid}-${Math.random().toString(36).slice(2)}`;
  return process.env.PODSHIFT_DATA;
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

useDatabase();
beforeAll(syncFixtureContent);

const DAY = 86_400_000;
const notFound = { ok: false, error: "not-found" };
const invalid = { ok: false, error: "invite-invalid" };

let owner: Person;
let manager: Person;
let stranger: Person;
let teamId: string;
beforeEach(async () => {
  [owner, manager, stranger] = [
    await createPerson({ name: "Olga", email: `olga@${uuidv7()}.example` }),
    await createPerson({ name: "Mio" }),
    await createPerson({ name: "Sam" }),
  ];
  teamId = await createTeam({ owner: [owner], manager: [manager] });
  await createTeam({ owner: [stranger] });
});

const options = (role: Role = "learner", overrides: object = {}) => ({
  teamId,
  role,
  groupId: null,
  days: 7,
  maxUses: 2,
  ...overrides,
});
async function linkFrom(viewer: Viewer, given = options()): Promise<string> {
  const made = await createInvite(viewer, given, NOW);
  if (!made.ok) throw new Error(made.error);
  return made.value.secret;
}
const join = (viewer: Viewer, token: string, { personName = "Nia", now = NOW } = {}) =>
  joinTeam(viewer, { token, personName, locale: "en", timeZone: "Europe/Berlin" }, { from: uuidv7(), now });
const roleOf = async (userId: string) =>
  (await db().membership.findUnique({ where: { teamId_userId: { teamId, userId } } }))?.role ?? null;
const actions = async () =>
  (await db().auditEvent.findMany({ where: { teamId }, orderBy: { id: "asc" } })).map(({ action }) => action);

describe("an invitation by link", () => {
  it("is made by owners for every role, by managers for learners, and keeps only a hash", async () => {
    for (const viewer of [NOBODY, stranger, await createPerson()]) {
      expect((await createInvite(viewer, options(), NOW)).ok).toBe(false);
    }
    expect(await createInvite(manager, options("manager"), NOW)).toEqual(notFound);
    const secret = await linkFrom(manager);
    await linkFrom(owner, options("owner"));
    const rows = JSON.stringify(await db().invite.findMany({ where: { teamId } }));
    expect(rows).not.toContain(secret);
    expect(rows).toContain(hashOf(secret));
    expect(await actions()).toEqual(["invite.created", "invite.created"]);
  });

  it("does not name another team's group", async () => {
    const group = await db().teamGroup.create({
      data: { id: uuidv7(), teamId: await createTeam({}), name: "Others" },
    });
    expect(await createInvite(owner, options("learner", { groupId: group.id }), NOW)).toMatchObject(notFound);
  });

  it("tells whoever holds it the team, and takes them in with group and assignments", async () => {
    const group = await db().teamGroup.create({ data: { id: uuidv7(), teamId, name: "Nights" } });
    const assignmentId = await createAssignment(teamId);
    const token = await linkFrom(owner, options("learner", { groupId: group.id }));
    expect(await getInvitation(NOBODY, token, NOW)).toEqual({
      teamId,
      teamName: "Platform",
      role: "learner",
      joined: false,
    });
    expect(await join(stranger, token)).toEqual({ ok: true, value: { teamId, session: null } });
    expect(await getInvitation(stranger, token, NOW)).toMatchObject({ joined: true });
    expect(await db().groupMember.count({ where: { groupId: group.id, userId: stranger.userId } })).toBe(1);
    expect(await db().assignee.count({ where: { assignmentId, userId: stranger.userId } })).toBe(1);
    expect(await db().user.findUnique({ where: { id: stranger.userId } })).toMatchObject({ name: "Nia" });
  });

  it("makes a guest of nobody, who must say a name", async () => {
    const token = await linkFrom(owner);
    expect(await join(NOBODY, token, { personName: "" })).toMatchObject({ error: "name-missing" });
    const joined = await join(NOBODY, token);
    if (!joined.ok || !joined.value.session) throw new Error("not joined as a guest");
    const { userId } = joined.value.session;
    expect(await roleOf(userId)).toBe("learner");
    expect(await db().user.findUnique({ where: { id: userId } })).toMatchObject({
      isGuest: true,
      name: "Nia",
      locale: "en",
      timeZone: "Europe/Berlin",
    });
  });

  it("asks whoever is to manage for an account first", async () => {
    const token = await linkFrom(owner, options("manager"));
    for (const viewer of [NOBODY, await createPerson({ isGuest: true })]) {
      expect(await join(viewer, token)).toEqual({ ok: false, error: "account-needed" });
    }
    expect(await join(stranger, token)).toMatchObject({ ok: true });
    expect(await roleOf(stranger.userId)).toBe("manager");
  });

  it("works as often as it says, and joining twice uses nothing up", async () => {
    const token = await linkFrom(owner);
    for (const viewer of [stranger, stranger, owner])
      expect(await join(viewer, token)).toMatchObject({ ok: true });
    expect(await roleOf(owner.userId)).toBe("owner");
    const rivals = [await createPerson(), await createPerson(), await createPerson()];
    const joined = await Promise.all(rivals.map((viewer) => join(viewer, token)));
    expect(joined.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await getInvitation(NOBODY, token, NOW)).toBeNull();
  });

  it("ends when it expires, and when it is withdrawn by whoever could have made it", async () => {
    const [token, other] = [await linkFrom(owner), await linkFrom(owner, options("owner"))];
    expect(await join(stranger, token, { now: NOW + 7 * DAY })).toEqual(invalid);
    const id = async (secret: string) =>
      (await db().invite.findUniqueOrThrow({ where: { tokenHash: hashOf(secret) } })).id;
    const inviteId = await id(token);
    for (const viewer of [stranger, await createPerson()]) {
      expect(await revokeInvite(viewer, { teamId, inviteId }, NOW)).toEqual(notFound);
    }
    expect(await revokeInvite(manager, { teamId, inviteId: await id(other) }, NOW)).toEqual(notFound);
    expect(await revokeInvite(manager, { teamId, inviteId }, NOW)).toMatchObject({ ok: true });
    expect(await join(stranger, token)).toEqual(invalid);
    expect(await getInvitation(stranger, token, NOW)).toBeNull();
    const people = await getPeople(manager, teamId, peopleFilterSchema.parse({}), NOW);
    expect(people?.invites).toMatchObject([{ role: "owner", revocable: false }]);
  });

  it("does not take back whoever was put out, but whoever left", async () => {
    const token = await linkFrom(owner, options("learner", { maxUses: 10 }));
    await join(stranger, token);
    await leaveTeam(stranger, { teamId }, NOW + 1);
    expect(await join(stranger, token, { now: NOW + 2 })).toMatchObject({ ok: true });
    await removeMember(owner, { teamId, userId: stranger.userId }, NOW + 3);
    expect(await join(stranger, token, { now: NOW + 4 })).toEqual(invalid);
    const made = await createInvite(owner, options(), NOW + 5);
    if (!made.ok) throw new Error(made.error);
    expect(await join(stranger, made.value.secret, { now: NOW + 6 })).toMatchObject({ ok: true });
  });
});

describe("an invitation by list", () => {
  const list = (member: Person, invited: string) =>
    [
      "\uFEFFName,E-mail",
      `"Sato, Hanako",HANAKO@${invited}.example`,
      `Kim <kim@${invited}.example>; lee@${invited}.example`,
      "",
      `hanako@${invited}.example`,
      member.email,
      "nobody@",
    ].join("\r\n");
  const byList = (viewer: Viewer, text: string, apply: boolean, role: Role = "learner") =>
    inviteByList(viewer, { teamId, role, groupId: null, days: 7, list: text }, { apply, now: NOW });
  const statuses = (result: Awaited<ReturnType<typeof inviteByList>>) =>
    result.ok ? result.value.map(({ line, status }: InviteLine) => [line, status]) : result.error;

  it("says what becomes of each line before anything is sent, then does that", async () => {
    const domain = uuidv7();
    const text = list(manager, domain);
    const expected = [
      [1, "no-address"],
      [2, "send"],
      [3, "send"],
      [3, "send"],
      [5, "repeated"],
      [6, "member"],
      [7, "invalid"],
    ];
    expect(statuses(await byList(manager, text, false))).toEqual(expected);
    expect(await db().invite.count({ where: { teamId } })).toBe(0);
    expect(statuses(await byList(manager, text, true))).toEqual(expected);
    expect(statuses(await byList(manager, `kim@${domain}.example`, false))).toEqual([[1, "invited"]]);
    expect(await db().invite.findMany({ where: { teamId } })).toMatchObject(
      ["hanako", "kim", "lee"].map((name) => ({ email: `${name}@${domain}.example`, maxUses: 1 })),
    );
    const token = await vi.waitFor(() => tokenTo(`kim@${domain}.example`), { timeout: 10_000 });
    expect(await join(stranger, token)).toMatchObject({ ok: true });
    expect(await join(await createPerson(), token)).toEqual(invalid);
  });

  it("is gone on with by whoever signs up on the way", async () => {
    const [email, invite] = [`${uuidv7()}@b.example`, await linkFrom(owner)];
    const input = {
      email,
      password: "paper lantern orbit",
      locale: "en",
      timeZone: "Asia/Tokyo",
      invite,
    } as const;
    await signUp(NOBODY, input, { from: uuidv7(), now: NOW });
    const text = await vi.waitFor(() => letterTo(email), { timeout: 10_000 });
    expect(text).toMatch(new RegExp(`/confirm\\?token=[\\w-]+&invite=${invite}`));
    expect(signUpSchema.parse({ ...input, invite: "//evil.example" }).invite).toBeUndefined();
  });

  it("is for those who may invite, and no longer than is decent", async () => {
    for (const viewer of [NOBODY, stranger]) {
      expect((await byList(viewer, "a@b.example", true)).ok).toBe(false);
    }
    expect(await byList(manager, "a@b.example", true, "manager")).toEqual(notFound);
    const many = Array.from({ length: 201 }, (_, i) => `a${i}@b.example`).join("\n");
    expect(await byList(manager, many, false)).toEqual({ ok: false, error: "too-large", field: "list" });
    expect(inviteByListSchema.shape.list.safeParse("x".repeat(100_001)).success).toBe(false);
  });

  /** The secret in the letter to an address. */
  function tokenTo(email: string): string {
    const [, token] = /join\?token=([\w-]+)/.exec(letterTo(email)) ?? [];
    return token ?? "";
  }

  /** The letter to an address, however it is encoded. */
  function letterTo(email: string): string {
    const outbox = path.join(data, "outbox");
    const letters = readdirSync(outbox).map((file) => readFileSync(path.join(outbox, file), "utf8"));
    const letter = letters.find((text) => text.includes(`To: ${email}`)) ?? "";
    const text = Buffer.from(letter.split("\r\n\r\n").slice(1).join(""), "base64").toString("utf8");
    const plain = letter.replace(/=\r?\n/g, "").replaceAll("=3D", "=");
    if (!letter) throw new Error(`no letter to ${email}`);
    return `${text} ${plain}`;
  }
});

describe("joining by oneself", () => {
  const domainOf = ({ email }: Person) => email?.split("@")[1] ?? "";
  const rules = (viewer: Viewer, given: { domains?: string[]; groups?: string[] }) =>
    setJoinRules(viewer, { teamId, domains: [], groups: [], ...given }, NOW);
  const signIn = (email: string, given: { groups?: string[]; emailVerified?: boolean; id?: string } = {}) =>
    signInWithAccount(
      NOBODY,
      {
        provider: "oidc",
        providerAccountId: given.id ?? email,
        email,
        emailVerified: true,
        name: "New",
        ...given,
      },
      NOW,
    );

  it("is allowed by owners, for a domain and groups that are theirs too", async () => {
    const domain = domainOf(owner);
    for (const viewer of [NOBODY, stranger, manager]) {
      expect((await rules(viewer, { domains: [domainOf(manager)] })).ok).toBe(false);
    }
    expect(await rules(owner, { domains: ["example.com"] })).toMatchObject({ error: "domain-not-yours" });
    expect(await rules(owner, { groups: ["oidc:admins"] })).toMatchObject({ error: "group-not-held" });
    for (const each of ["gmail.com", "yahoo.co.jp", "outlook.jp", "docomo.ne.jp"]) {
      const anyone = await createPerson({ name: "Any", email: `${uuidv7()}@${each}` });
      await db().membership.create({ data: { teamId, userId: anyone.userId, role: "owner" } });
      expect(await rules(anyone, { domains: [each] })).toMatchObject({ error: "domain-public" });
    }
    await db().account.create({
      data: {
        id: uuidv7(),
        userId: owner.userId,
        provider: "oidc",
        providerAccountId: uuidv7(),
        groups: ["net"],
      },
    });
    expect(await rules(owner, { domains: [domain], groups: ["oidc:net"] })).toMatchObject({ ok: true });
    const second = await createPerson({ name: "Second" });
    await db().membership.create({ data: { teamId, userId: second.userId, role: "owner" } });
    expect(await rules(second, { domains: [domain], groups: [] })).toMatchObject({ ok: true });
    expect(await db().team.findUnique({ where: { id: teamId } })).toMatchObject({
      joinDomains: [domain],
      joinGroups: [],
    });
  });

  it("happens at signing in with a proven address of the domain, once", async () => {
    const domain = domainOf(owner);
    await rules(owner, { domains: [domain] });
    const { userId } = await signIn(`new@${domain}`);
    expect(await roleOf(userId)).toBe("learner");
    const [entry] = await db().auditEvent.findMany({ where: { teamId, action: "member.joined" } });
    expect(entry).toMatchObject({ actorId: null, subjectId: userId, details: { by: "domain" } });
    expect(await roleOf((await signIn(`claims@${domain}`, { emailVerified: false })).userId)).toBeNull();
    expect(await roleOf((await signIn(`new@sub.${domain}`)).userId)).toBeNull();

    const person = { ...(await createPerson()), userId };
    await leaveTeam(person, { teamId }, NOW);
    await signIn(`new@${domain}`);
    expect(await roleOf(userId)).toBeNull();
    expect(await getOpenTeams(person)).toEqual([{ id: teamId, name: "Platform" }]);
    expect(await joinOpenTeam(person, { teamId }, NOW)).toMatchObject({ ok: true });
    await removeMember(owner, { teamId, userId }, NOW);
    await signIn(`new@${domain}`);
    expect(await roleOf(userId)).toBeNull();
    expect(await joinOpenTeam(person, { teamId }, NOW)).toEqual(notFound);
    for (const viewer of [NOBODY, stranger])
      expect((await joinOpenTeam(viewer, { teamId }, NOW)).ok).toBe(false);
  });

  it("happens at signing in with a group of the issuer, which is known from then on", async () => {
    await db().team.update({ where: { id: teamId }, data: { joinGroups: ["oidc:net"] } });
    const email = `${uuidv7()}@x.example`;
    const { userId } = await signIn(email, { groups: ["other"] });
    expect(await roleOf(userId)).toBeNull();
    await signIn(email, { groups: ["net", "other"] });
    expect(await roleOf(userId)).toBe("learner");
    expect(await db().account.findMany({ where: { userId } })).toMatchObject([{ groups: ["net", "other"] }]);
  });
});
