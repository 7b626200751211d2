import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { uuidv7 } from "uuidv7";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { hashOf, newSecret } from "#lib/server/auth/tokens.ts";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { submitExam } from "#lib/server/commands/submit-exam.ts";
import { type Database, db, openPostgres, shareDatabase } from "#lib/server/db/client.ts";
import { ASKING, ask, type Need } from "#tests/integration/access/asking.ts";
import { createWorld, TEAM_WORDS, type World } from "#tests/integration/access/world.ts";
import { answerEvent } from "#tests/integration/harness/factories.ts";
import { type PostgresServer, startPostgres } from "#tests/integration/harness/postgres.ts";
import { builtActions, callAction } from "./harness/actions.ts";
import { itemsOf } from "./harness/exam.ts";
import { TestServer } from "./harness/server.ts";
import { AUTH_SECRET, cookieOf } from "./harness/session.ts";

/**
 * Every page, route and server action of the built app, tried over HTTP by everyone there could be, with ids that exist: what
 * `MAY` allows opens, and all else answers as it does for ids that do not exist.
 */

type Asker = keyof typeof ASKING;
const ASKERS = Object.keys(ASKING) as Asker[];

/** What addresses and inputs name. */
interface Ids {
  teamId: string;
  groupId: string;
  inviteId: string;
  assignmentId: string;
  attemptId: string;
  /** A learner, and a manager. */
  personId: string;
  managerId: string;
  itemId: string;
  /** A letter that could not be sent. */
  mailId: string;
  /** Secrets of an invitation and a calendar. */
  invitation: string;
  calendar: string;
}

interface Door {
  /** Everything else opens to everybody, and shows what is the viewer's own. */
  needs?: Need | "being somebody" | "what nobody has";
  at: (ids: Ids) => string;
  /** Who is sent on to where. */
  sends?: { who: readonly Asker[]; to: (ids: Ids) => string };
}

/** An account signs in no more. */
const ACCOUNTS = ASKERS.filter((who) => who !== "nobody" && who !== "a guest");
const home = { who: ACCOUNTS, to: () => "/en" };

/** Every page of the app, by its file. */
const PAGES: Record<string, Door> = {
  "(auth)/confirm": { at: () => "/confirm?token=none" },
  "(auth)/reset-password": { at: () => "/reset-password?token=none" },
  "(auth)/sign-in": { at: () => "/sign-in", sends: home },
  "(auth)/sign-up": { at: () => "/sign-up", sends: home },
  "[...rest]": { needs: "what nobody has", at: () => "/no/such/page" },
  "author/[concept]": { needs: "what nobody has", at: () => "/author/pod-ip" },
  author: { needs: "what nobody has", at: () => "/author" },
  "banks/[bank]": { at: () => "/banks/mindset" },
  banks: { at: () => "/banks" },
  "concepts/[concept]": { at: () => "/concepts/pod-ip" },
  "exams/[assignment]/[attempt]": {
    needs: "assignee",
    at: ({ assignmentId }) => `/exams/${assignmentId}/1`,
  },
  "exams/[assignment]": { needs: "assignee", at: ({ assignmentId }) => `/exams/${assignmentId}` },
  history: { at: () => "/history" },
  join: { at: ({ invitation }) => `/join?token=${invitation}` },
  "": { at: () => "" },
  placement: { at: () => "/placement" },
  "playground/[tour]": { at: () => "/playground/pods-are-disposable" },
  playground: { at: () => "/playground" },
  progress: { at: () => "/progress" },
  "quiz/play": { at: () => "/quiz/play?kinds=single&count=3" },
  quiz: { at: () => "/quiz" },
  settings: { at: () => "/settings" },
  study: { at: () => "/study" },
  "teams/[team]/assignments/[assignment]/edit": {
    needs: "assignments.edit",
    at: ({ teamId, assignmentId }) => `/teams/${teamId}/assignments/${assignmentId}/edit`,
  },
  "teams/[team]/assignments/[assignment]": {
    needs: "assignments.see",
    at: ({ teamId, assignmentId }) => `/teams/${teamId}/assignments/${assignmentId}`,
  },
  "teams/[team]/assignments/new": {
    needs: "assignments.edit",
    at: ({ teamId, assignmentId }) => `/teams/${teamId}/assignments/new?from=${assignmentId}`,
  },
  "teams/[team]/assignments": {
    needs: "assignments.see",
    at: ({ teamId }) => `/teams/${teamId}/assignments`,
  },
  "teams/[team]/audit": { needs: "audit.read", at: ({ teamId }) => `/teams/${teamId}/audit` },
  "teams/[team]/concepts": { needs: "dashboards.see", at: ({ teamId }) => `/teams/${teamId}/concepts` },
  "teams/[team]/exams": { needs: "dashboards.see", at: ({ teamId }) => `/teams/${teamId}/exams` },
  "teams/[team]/items/[item]": {
    needs: "dashboards.see",
    at: ({ teamId, itemId }) => `/teams/${teamId}/items/${itemId}`,
  },
  "teams/[team]/items": { needs: "dashboards.see", at: ({ teamId }) => `/teams/${teamId}/items` },
  "teams/[team]/me": { needs: "team.see", at: ({ teamId }) => `/teams/${teamId}/me` },
  "teams/[team]/misconceptions": {
    needs: "dashboards.see",
    at: ({ teamId }) => `/teams/${teamId}/misconceptions`,
  },
  "teams/[team]": {
    needs: "dashboards.see",
    at: ({ teamId }) => `/teams/${teamId}`,
    sends: { who: ["a learner"], to: ({ teamId }) => `/en/teams/${teamId}/me` },
  },
  "teams/[team]/people/[person]": {
    needs: "dashboards.see",
    at: ({ teamId, personId }) => `/teams/${teamId}/people/${personId}`,
  },
  "teams/[team]/people": { needs: "people.see", at: ({ teamId }) => `/teams/${teamId}/people` },
  "teams/[team]/settings": { needs: "team.see", at: ({ teamId }) => `/teams/${teamId}/settings` },
  teams: { at: () => "/teams" },
  unsubscribe: { needs: "what nobody has", at: () => "/unsubscribe?token=none" },
};

/** Every route, by its method and file. */
const ROUTES: Record<string, Door & { body?: object; opens?: number }> = {
  "GET auth/[...nextauth]": { at: () => "/auth/csrf" },
  "POST auth/[...nextauth]": { at: () => "/auth/signin/none", opens: 302 },
  "GET author/changes": { needs: "what nobody has", at: () => "/author/changes" },
  "GET calendar/[token]": { at: ({ calendar }) => `/calendar/${calendar}` },
  "GET export": { needs: "being somebody", at: () => "/export" },
  "POST guest": { at: () => "/guest", body: { locale: "en", timeZone: "Asia/Tokyo" } },
  "GET health": { at: () => "/health" },
  // What is sent is no export.
  "POST import": { needs: "being somebody", at: () => "/import", body: {}, opens: 422 },
  // What is sent is somebody else's.
  "POST reviews": {
    needs: "being somebody",
    at: () => "/reviews",
    body: { owner: uuidv7(), events: [{}] },
    opens: 409,
  },
  "GET teams/[team]/[table]": { needs: "dashboards.see", at: ({ teamId }) => `/teams/${teamId}/help.csv` },
  "GET teams/[team]/audit": { needs: "audit.read", at: ({ teamId }) => `/teams/${teamId}/audit` },
  "GET teams/[team]/people": { needs: "people.see", at: ({ teamId }) => `/teams/${teamId}/people` },
  "GET tours/[tour]": { at: () => "/tours/pods-are-disposable" },
  "GET unsubscribe": { at: () => "/unsubscribe?token=none", opens: 303 },
  "POST unsubscribe": { needs: "what nobody has", at: () => "/unsubscribe?token=none" },
};

const link = { groupId: null, days: 7 };
const draft = {
  ...{
    title: "Services",
    note: "",
    due: { kind: "after", days: 7 },
    scope: [{ kind: "concept", id: "pod-ip" }],
  },
  ...{ forEveryone: true, forNewcomers: false, people: [], groups: [], readinessTarget: 0.85, exam: null },
};

/** Every server action that is about a team, with ids that exist; those that end something stand last. */
const ACTIONS: Record<string, { needs: Need; input: (ids: Ids) => object }> = {
  startExamAction: { needs: "assignee", input: ({ assignmentId }) => ({ assignmentId }) },
  saveExamAnswerAction: {
    needs: "assignee",
    input: ({ attemptId }) => ({ attemptId, position: 0, answer: null, locale: "en", durationMs: 1000 }),
  },
  submitExamAction: { needs: "assignee", input: ({ attemptId }) => ({ attemptId }) },
  setSharingAction: { needs: "team.see", input: ({ teamId }) => ({ teamId, sharesAll: false }) },
  editTeamAction: {
    needs: "team.edit",
    input: ({ teamId }) => ({ teamId, name: TEAM_WORDS.team, timeZone: "Asia/Tokyo" }),
  },
  setJoinRulesAction: { needs: "team.edit", input: ({ teamId }) => ({ teamId, domains: [], groups: [] }) },
  sendReminderAgainAction: {
    needs: "reminders.send",
    input: ({ teamId, mailId }) => ({ teamId, mailId }),
  },
  createInviteAction: {
    needs: "learners.manage",
    input: ({ teamId }) => ({ teamId, role: "learner", maxUses: 1, ...link }),
  },
  inviteByListAction: {
    needs: "learners.manage",
    input: ({ teamId }) => ({
      invitation: { teamId, role: "learner", list: "somebody@example.com", ...link },
      apply: false,
    }),
  },
  revokeInviteAction: { needs: "learners.manage", input: ({ teamId, inviteId }) => ({ teamId, inviteId }) },
  changeRoleAction: {
    needs: "roles.change",
    input: ({ teamId, personId }) => ({ teamId, userId: personId, role: "learner" }),
  },
  createGroupAction: { needs: "groups.edit", input: ({ teamId }) => ({ teamId, name: "Quokka day shift" }) },
  renameGroupAction: {
    needs: "groups.edit",
    input: ({ teamId, groupId }) => ({ teamId, groupId, name: TEAM_WORDS.group }),
  },
  changeGroupMembersAction: {
    needs: "groups.edit",
    input: ({ teamId, groupId, personId }) => ({ teamId, groupId, add: [personId], remove: [] }),
  },
  createAssignmentAction: { needs: "assignments.edit", input: ({ teamId }) => ({ teamId, draft }) },
  setAssignmentClosedAction: {
    needs: "assignments.edit",
    input: ({ assignmentId }) => ({ assignmentId, closed: false }),
  },
  extendAssignmentAction: {
    needs: "assignments.edit",
    input: ({ assignmentId, personId }) => ({ assignmentId, userId: personId, day: "2027-01-31" }),
  },
  setAssignmentArchivedAction: {
    needs: "assignments.edit",
    input: ({ assignmentId }) => ({ assignmentId, archived: false }),
  },
  editAssignmentAction: { needs: "assignments.edit", input: ({ assignmentId }) => ({ assignmentId, draft }) },
  deleteGroupAction: { needs: "groups.edit", input: ({ teamId, groupId }) => ({ teamId, groupId }) },
  // The team has other members, and goes on.
  deleteTeamAction: { needs: "team.edit", input: ({ teamId }) => ({ teamId }) },
  removeMemberAction: {
    needs: "learners.manage",
    input: ({ teamId, personId }) => ({ teamId, userId: personId }),
  },
  leaveTeamAction: { needs: "team.see", input: ({ teamId }) => ({ teamId }) },
  // Else the owner could not do what stands before.
  transferOwnershipAction: {
    needs: "roles.change",
    input: ({ teamId, managerId }) => ({ teamId, userId: managerId }),
  },
};

/** Those that take no id of anybody else's: each is about whoever asks, as `access.test.ts` tries function by function. */
const OWN_ACTIONS = [
  ...["changeNameAction", "changePasswordAction", "confirmSignUpAction", "createTeamAction"],
  ...["declinePlacementAction", "deleteAccountAction", "joinOpenTeamAction", "joinTeamAction"],
  ...["makeCalendarLinkAction", "readLessonAction", "requestResetAction", "resetPasswordAction"],
  ...["revokeCalendarLinkAction", "setEnrollmentAction", "setThemeAction", "signInAction", "signOutAction"],
  ...["signOutEverywhereAction", "signUpAction", "unsubscribeAction", "updateMailSettingsAction"],
  ...["updateSettingsAction"],
  // The buttons that sign in through an issuer.
  "$$RSC_SERVER_ACTION_0",
];

let postgres: PostgresServer;
let server: TestServer;
let database: Database;
let world: World;
let ids: Ids;
/** As many ids that are nobody's. */
let nowhere: Ids;
const cookies = new Map<Asker, string>();

test.beforeAll(async () => {
  postgres = await startPostgres();
  server = await TestServer.create({ DATABASE_URL: postgres.url, AUTH_SECRET });
  database = await openPostgres(postgres.url);
  shareDatabase(database);
  world = await createWorld();
  ids = await furnish(world);
  nowhere = Object.fromEntries(Object.keys(ids).map((key) => [key, uuidv7()])) as unknown as Ids;
  for (const who of ASKERS) cookies.set(who, await cookieOf(ASKING[who].of(world)));
});
test.afterAll(async () => {
  shareDatabase(null);
  await database.close();
  await server.remove();
  await postgres.stop();
});

/** Puts behind each door something that could be seen. */
async function furnish({ learner, colleague, attemptId, assignmentId, ...world }: World): Promise<Ids> {
  const now = Date.now();
  const item = (await itemsOf("pod-ip")).find(({ kind }) => kind === "single");
  if (!item) throw new Error("No question");
  const answer = rightAnswer(item, "en");
  await recordReviews(colleague, [answerEvent({ itemId: item.id, answer, at: now - 60_000 })], now);
  await submitExam(learner, { attemptId }, now);
  await db().assignment.update({ where: { id: assignmentId }, data: { closedAt: new Date(now) } });
  const invitation = newSecret();
  const calendar = newSecret();
  await db().invite.create({
    data: {
      ...{ id: uuidv7(), teamId: world.teamId, tokenHash: hashOf(invitation), maxUses: 5 },
      expiresAt: new Date(now + 86_400_000),
    },
  });
  await db().user.update({
    where: { id: learner.userId },
    data: { calendarTokenHash: hashOf(calendar) },
  });
  const { teamId, groupId, inviteId, coManager } = world;
  return {
    ...{ teamId, groupId, inviteId, assignmentId, attemptId, invitation, calendar },
    ...{
      mailId: world.failedMailId,
      personId: colleague.userId,
      managerId: coManager.userId,
      itemId: item.id,
    },
  };
}

/** What came back, as far as somebody can tell what is there from it. */
interface Answer {
  status: number;
  /** "missing", or where to: of a page, whose answer has begun before that is known. */
  said: string | null;
  /** What a person reads, ids left out. */
  text: string;
  body: string;
}

const TEAM_FRAME = new RegExp(`Teams / ${TEAM_WORDS.team} .*?Settings `);

async function knock(who: Asker, address: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(server.url + address, {
    redirect: "manual",
    ...init,
    headers: { cookie: cookies.get(who) ?? "", origin: server.url, ...init.headers },
  });
  const body = await response.text();
  const [, sent] = /NEXT_REDIRECT;\w+;([^;"]*);/.exec(body) ?? [];
  const missing = body.includes("NEXT_HTTP_ERROR_FALLBACK;404") || response.status === 404;
  const text = body
    // The title says what kind of page it would be, whoever asks.
    .replace(/<(script|style|title)\b[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/[\da-f]{8}-[\da-f-]{27}/g, "id")
    .replace(/\s+/g, " ")
    // What stands around every page of a team its members may see, and sometimes comes before a page says that it is not there.
    .replace(TEAM_FRAME, "");
  return { status: response.status, said: sent ?? (missing ? "missing" : null), text, body };
}

const missed = new Map<Asker, Promise<Answer>>();

/** What somebody is shown at an address of a team that there is not. */
function missing(who: Asker): Promise<Answer> {
  const known = missed.get(who) ?? knock(who, `/en/teams/${nowhere.teamId}`);
  missed.set(who, known);
  return known;
}

/** Those to whom a door opens. */
function opensTo({ needs }: Door): readonly Asker[] {
  if (needs === undefined) return ASKERS;
  if (needs === "what nobody has") return [];
  return needs === "being somebody" ? ASKERS.filter((who) => who !== "nobody") : ask(needs, true);
}

/** Words that must not come back to somebody: of the team, for those outside of it, and of its other people, for those who may not see them. */
function hiddenFrom(who: Asker): string[] {
  const { role } = ASKING[who];
  if (role === "owner" || role === "manager") return [];
  const viewer = ASKING[who].of(world);
  const others = [world.owner, world.manager, world.coManager, world.learner, world.colleague, world.removed]
    .filter(({ userId }) => !isPerson(viewer) || userId !== viewer.userId)
    .flatMap(({ name, email }) => [name ?? "", email ?? ""]);
  return role === "learner" ? others : [...others, ...Object.values(TEAM_WORDS)];
}

/** What of somebody else's came back. */
const leaked = (who: Asker, body: string): string[] => hiddenFrom(who).filter((word) => body.includes(word));

/** Runs work on many things, four at a time, and collects what is wrong with each. */
async function faultsOf<T>(things: readonly T[], work: (thing: T) => Promise<string[]>): Promise<string[]> {
  const left = [...things];
  const faults: string[] = [];
  const walk = async () => {
    for (let thing = left.shift(); thing !== undefined; thing = left.shift())
      faults.push(...(await work(thing)));
  };
  await Promise.all([walk(), walk(), walk(), walk()]);
  return faults;
}

const pairsOf = <T>(doors: Record<string, T>) =>
  Object.entries(doors).flatMap(([name, door]) => ASKERS.map((who) => ({ name, who, door })));

/** Files under a folder that are called so, by the folders that they are in. */
const foldersWith = (root: string, file: string): string[] =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path === file || path.endsWith(`/${file}`))
    .map((path) => path.slice(0, -file.length).replace(/\/$/, ""));

test("no page, route or server action is missing", () => {
  expect(Object.keys(PAGES).sort()).toEqual(foldersWith("app/[locale]", "page.tsx").sort());
  const routes = foldersWith("app", "route.ts").flatMap((folder) => {
    const exported = readFileSync(`app/${folder}/route.ts`, "utf8").match(/^export .*$/gm) ?? [];
    const methods = exported.flatMap(
      (line) => line.match(/\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g) ?? [],
    );
    return methods.map((method) => `${method} ${folder.replace(/^api\//, "")}`);
  });
  expect(Object.keys(ROUTES).sort()).toEqual(routes.sort());
  const actions = builtActions().map(({ exportedName }) => exportedName);
  expect([...Object.keys(ACTIONS), ...OWN_ACTIONS].sort()).toEqual(actions.sort());
});

test("pages open to whom they are for, and to all others are as if they were not there", async () => {
  test.setTimeout(180_000);
  const pairs = pairsOf(PAGES);
  const files = new Set<string>();
  const faults = await faultsOf(pairs, async ({ name, who, door }) => {
    const here = await knock(who, `/en${door.at(ids)}`);
    const wrong = (what: string) => `/${name} as ${who}: ${what}`;
    // An invitation says into which team.
    const told = name === "join" ? [] : leaked(who, here.body);
    const faults = told.map((word) => wrong(`tells "${word}"`));
    if (door.sends?.who.includes(who)) {
      const to = door.sends.to(ids);
      return here.said === to ? faults : [...faults, wrong(`is sent to ${here.said}, not to ${to}`)];
    }
    if (opensTo(door).includes(who)) {
      for (const [, file = ""] of here.body.matchAll(/href="(\/api\/teams\/[^"]+)"/g))
        files.add(file.replaceAll("&amp;", "&"));
      // What a page throws stands in its answer with a digest.
      const open = here.status === 200 && !here.body.includes("data-dgst");
      return open ? faults : [...faults, wrong(`does not open: ${here.status} ${here.said}`)];
    }
    if (here.said !== "missing") return [...faults, wrong(`${here.status} ${here.said}`)];
    // What is not there for anybody tells nothing by how it says so.
    if (door.needs === "what nobody has") return faults;
    const there = await missing(who);
    if (here.status !== there.status || here.text !== there.text)
      faults.push(wrong(`${here.status} ${here.text}, and not ${there.status} ${there.text}`));
    return faults;
  });
  expect(faults).toEqual([]);

  // The files that those pages link to, with all that narrows them down.
  const asked = [...files].flatMap((file) => ASKERS.map((who) => ({ file, who })));
  const fileFaults = await faultsOf(asked, async ({ file, who }) => {
    const { status, body } = await knock(who, file);
    const needs = file.includes("/audit") ? "audit.read" : "dashboards.see";
    // Everybody may have what managers see of oneself.
    const own = file.includes(`person=${world.learner.userId}`) && who === "a learner";
    const wanted = own || ask(needs, true).includes(who) ? 200 : 404;
    const faults = leaked(who, body).map((word) => `${file} as ${who} tells "${word}"`);
    return status === wanted ? faults : [...faults, `${file} as ${who}: ${status}, not ${wanted}`];
  });
  expect(fileFaults).toEqual([]);
  expect(files.size).toBeGreaterThan(10);
  console.log(
    `Pages: ${Object.keys(PAGES).length} × ${ASKERS.length} roles; files that they link to: ${files.size} × ${ASKERS.length}.`,
  );
});

test("routes answer whom they are for, and all others as if there were nothing", async () => {
  const faults = await faultsOf(pairsOf(ROUTES), async ({ name, who, door }) => {
    const [method = ""] = name.split(" ");
    const init = { method, ...(door.body ? { body: JSON.stringify(door.body) } : {}) };
    const here = await knock(who, `/api${door.at(ids)}`, init);
    // Whoever has the address of a calendar reads it.
    const told = name.includes("calendar") ? [] : leaked(who, here.body);
    const faults = told.map((word) => `${name} as ${who} tells "${word}"`);
    if (opensTo(door).includes(who)) {
      const wanted = door.opens ?? 200;
      return here.status === wanted
        ? faults
        : [...faults, `${name} as ${who}: ${here.status}, not ${wanted}`];
    }
    const there = await knock(who, `/api${door.at(nowhere)}`, init);
    const refused = here.status === (door.needs === "being somebody" ? 401 : 404);
    if (!refused || here.status !== there.status || here.text !== there.text)
      faults.push(`${name} as ${who}: ${here.status} ${here.text}, and not ${there.status} ${there.text}`);
    return faults;
  });
  expect(faults).toEqual([]);
  console.log(`Routes: ${Object.keys(ROUTES).length} × ${ASKERS.length} roles.`);

  expect((await knock("nobody", `/api/calendar/${nowhere.calendar}`)).status).toBe(404);
  await db().user.update({ where: { id: world.learner.userId }, data: { calendarTokenHash: null } });
  expect((await knock("nobody", `/api/calendar/${ids.calendar}`)).status, "revoked").toBe(404);
});

test("a manager reaches nothing of another team through an address of their own", async () => {
  const who = "a manager of another team";
  const mixed = { ...ids, teamId: world.otherTeamId };
  const doors = Object.entries(PAGES).filter(
    ([, { at }]) => at(mixed) !== at({ ...nowhere, teamId: world.otherTeamId }) && at(mixed) !== at(ids),
  );
  expect(doors.length).toBeGreaterThan(3);
  const faults = await faultsOf(doors, async ([name, { at }]) => {
    const { said, body } = await knock(who, `/en${at(mixed)}`);
    const told = leaked(who, body).map((word) => `${name} tells "${word}"`);
    // A new assignment can be made; that it was to be like another is forgotten.
    const wanted = name.endsWith("/new") ? null : "missing";
    return said === wanted ? told : [...told, `${name}: ${said}`];
  });
  expect(faults).toEqual([]);
});

/** Calls an action as somebody, from a page that has it. */
async function act(who: Asker, name: string, given: Ids): Promise<{ ok?: boolean; error?: string }> {
  const action = builtActions().find(({ exportedName }) => exportedName === name);
  const page = PAGES[action?.pages[0]?.slice("app/[locale]/".length, -"/page".length) ?? ""];
  if (!action || !page) throw new Error(`${name} is on no page`);
  const { answer, body } = await callAction(server.url, action, {
    page: `/en${page.at(given)}`,
    input: ACTIONS[name]?.input(given),
    cookie: cookies.get(who) ?? "",
  });
  expect(leaked(who, body), `${name} as ${who}`).toEqual([]);
  return answer as { ok?: boolean; error?: string };
}

test("server actions refuse whom they are not for, and in open tabs whoever was removed", async () => {
  test.setTimeout(180_000);
  const NOTHING = ["not-found", "not-signed-in"];
  const refused = Object.entries(ACTIONS).flatMap(([name, { needs }]) =>
    ask(needs, false).map((who) => ({ name, who })),
  );
  const faults = await faultsOf(refused, async ({ name, who }) => {
    const { ok, error } = await act(who, name, ids);
    return ok === false && NOTHING.includes(error ?? "") ? [] : [`${name} as ${who}: ${error ?? "done"}`];
  });
  expect(faults).toEqual([]);

  // Somebody has the pages of the team open and is removed.
  const [own, sharing] = [`/en/teams/${ids.teamId}/me`, "setSharingAction"] as const;
  cookies.set("somebody who was removed", await cookieOf(world.colleague));
  const open = await knock("somebody who was removed", own);
  expect(open.said).toBeNull();
  expect(await act("a learner", sharing, ids)).toMatchObject({ ok: true });

  let reached = 0;
  for (const [name, { needs }] of Object.entries(ACTIONS)) {
    const [who] = ask(needs, true);
    if (!who) throw new Error(`${name} is for nobody`);
    const { error } = await act(who, name, ids);
    expect([...NOTHING, "invalid-input"], `${name} as ${who}`).not.toContain(error);
    reached++;
  }
  console.log(
    `Server actions: ${Object.keys(ACTIONS).length} × ${ASKERS.length} roles: ${refused.length} refused, ${reached} let through.`,
  );
  expect(await act("somebody who was removed", sharing, ids)).toMatchObject({ error: "not-found" });
  expect((await knock("somebody who was removed", own)).said).toBe("missing");
});
