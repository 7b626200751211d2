import { readdirSync, readFileSync } from "node:fs";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { accountFileSchema } from "#lib/interop/account-file.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { changeName } from "#lib/server/commands/change-name.ts";
import { changePassword } from "#lib/server/commands/change-password.ts";
import { confirmSignUp } from "#lib/server/commands/confirm-sign-up.ts";
import { createTeam } from "#lib/server/commands/create-team.ts";
import { deleteAccount } from "#lib/server/commands/delete-account.ts";
import { exportAccount } from "#lib/server/commands/export-account.ts";
import { importAccount } from "#lib/server/commands/import-account.ts";
import { joinOpenTeam } from "#lib/server/commands/join-open-team.ts";
import { joinTeam } from "#lib/server/commands/join-team.ts";
import { makeCalendarLink } from "#lib/server/commands/make-calendar-link.ts";
import { readLesson } from "#lib/server/commands/mark-lessons.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { revokeCalendarLink } from "#lib/server/commands/revoke-calendar-link.ts";
import { setEnrollment } from "#lib/server/commands/set-enrollment.ts";
import { signIn } from "#lib/server/commands/sign-in.ts";
import { signInWithAccount } from "#lib/server/commands/sign-in-with-account.ts";
import { signOutEverywhere } from "#lib/server/commands/sign-out-everywhere.ts";
import { signUp } from "#lib/server/commands/sign-up.ts";
import { unsubscribe } from "#lib/server/commands/unsubscribe.ts";
import { updateMailSettings } from "#lib/server/commands/update-mail-settings.ts";
import { updateSettings } from "#lib/server/commands/update-settings.ts";
import { db } from "#lib/server/db/client.ts";
import { getOwnAssignments } from "#lib/server/queries/assignments.ts";
import { getBank, getConcept } from "#lib/server/queries/banks.ts";
import { getCalendar } from "#lib/server/queries/calendar.ts";
import { getCurriculum } from "#lib/server/queries/curriculum.ts";
import { getSealedAnswers } from "#lib/server/queries/exam.ts";
import { getHistory } from "#lib/server/queries/history.ts";
import { getInvitation } from "#lib/server/queries/invitation.ts";
import { getMailSettings } from "#lib/server/queries/mail-settings.ts";
import { mergedGuestIds } from "#lib/server/queries/merged-guests.ts";
import { getEarlierPlacement, getPlacement } from "#lib/server/queries/placement.ts";
import { getProgress } from "#lib/server/queries/progress.ts";
import { getQuiz, quizOptionsSchema } from "#lib/server/queries/quiz.ts";
import { search } from "#lib/server/queries/search.ts";
import { getSettings } from "#lib/server/queries/settings.ts";
import { getDailyQueue, getStudySession } from "#lib/server/queries/study-session.ts";
import { getOpenTeams } from "#lib/server/queries/team-settings.ts";
import { getTeams } from "#lib/server/queries/teams.ts";
import { getToday } from "#lib/server/queries/today.ts";
import { getUnsubscription } from "#lib/server/queries/unsubscription.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  cardEvent,
  createPerson,
  createTeam as createTeamOf,
  NOW,
  syncFixtureContent,
} from "../harness/factories.ts";
import { FUNCTIONS } from "./functions.ts";

/** What the victim typed, and what must turn up with nobody else. */
const SECRET = "a secret thought about Pods";
const from = "192.0.2.1";

let victim: Person;
let reviewId: string;
/** A team of the victim's. */
let teamId: string;
let file: unknown;

/**
 * Every function that takes a viewer, called as somebody who would like to have what is the victim's: with the victim's
 * ids, address and events wherever one can be named.
 */
const attempts: Record<string, (viewer: Viewer) => Promise<unknown>> = {
  getOwnAssignments: (viewer) => getOwnAssignments(viewer, NOW),
  getBank: (viewer) => getBank(viewer, "basics"),
  getConcept: (viewer) => getConcept(viewer, "pod-ip", NOW),
  getCurriculum: (viewer) => getCurriculum(viewer),
  getDailyQueue: (viewer) => getDailyQueue(viewer, NOW),
  getEarlierPlacement: (viewer) => getEarlierPlacement(viewer),
  getHistory: async (viewer) => [await getHistory(viewer, {}), await getHistory(viewer, { after: reviewId })],
  getCalendar: (viewer) => getCalendar(viewer, "x".repeat(43), NOW),
  getInvitation: (viewer) => getInvitation(viewer, "x".repeat(43), NOW),
  getMailSettings: (viewer) => getMailSettings(viewer),
  getOpenTeams: (viewer) => getOpenTeams(viewer),
  getSealedAnswers: (viewer) => getSealedAnswers(viewer),
  getTeams: (viewer) => getTeams(viewer),
  getUnsubscription: (viewer) => getUnsubscription(viewer, "x".repeat(43)),
  getPlacement: (viewer) => getPlacement(viewer, 1),
  getProgress: (viewer) => getProgress(viewer, NOW),
  getQuiz: (viewer) => getQuiz(viewer, quizOptionsSchema.parse({ items: "pod-ip-card", mode: "cram" }), NOW),
  getSettings: (viewer) => getSettings(viewer),
  getStudySession: (viewer) => getStudySession(viewer, NOW),
  getToday: (viewer) => getToday(viewer, NOW),
  mergedGuestIds: (viewer) => mergedGuestIds(viewer),
  search: (viewer) => search(viewer, SECRET, "en"),

  changeName: (viewer) => changeName(viewer, { name: "Mallory" }),
  createTeam: (viewer) =>
    createTeam(viewer, { name: "Mine", timeZone: "Asia/Tokyo", personName: "Mallory" }, NOW),
  joinOpenTeam: (viewer) => joinOpenTeam(viewer, { teamId }, NOW),
  joinTeam: (viewer) =>
    joinTeam(
      viewer,
      { token: "x".repeat(43), personName: "Mallory", locale: "ja", timeZone: "Asia/Tokyo" },
      { from, now: NOW },
    ),
  makeCalendarLink: (viewer) => makeCalendarLink(viewer),
  revokeCalendarLink: (viewer) => revokeCalendarLink(viewer),
  unsubscribe: (viewer) => unsubscribe(viewer, { token: "x".repeat(43) }, { from, now: NOW }),
  updateMailSettings: (viewer) =>
    updateMailSettings(viewer, { assignments: false, due: false, weekly: false }),
  changePassword: (viewer) =>
    changePassword(viewer, { current: "paper lantern orbit", password: "another lantern orbit" }, NOW),
  confirmSignUp: (viewer) => confirmSignUp(viewer, { token: "x".repeat(43) }, NOW),
  deleteAccount: (viewer) => deleteAccount(viewer, { confirmation: "delete" }, NOW),
  exportAccount: (viewer) => exportAccount(viewer, NOW),
  importAccount: (viewer) => importAccount(viewer, file, { apply: true, now: NOW }),
  readLesson: (viewer) => readLesson(viewer, { conceptId: "pod-basics" }, NOW),
  recordReviews: (viewer) =>
    viewer.kind === "nobody"
      ? Promise.resolve("the type has no nobody")
      : recordReviews(
          viewer,
          [
            answerEvent({ id: reviewId }),
            cardEvent({ type: "undo", targetId: reviewId, itemId: "pod-ip-card" }),
          ],
          NOW,
        ),
  setEnrollment: (viewer) => setEnrollment(viewer, { bankId: "basics", enrolled: false }),
  signIn: (viewer) =>
    signIn(viewer, { email: victim.email ?? "", password: "not the password" }, { from, now: NOW }),
  signInWithAccount: (viewer) =>
    signInWithAccount(
      viewer,
      {
        provider: "github",
        providerAccountId: uuidv7(),
        email: victim.email ?? "",
        emailVerified: false,
        name: null,
      },
      NOW,
    ),
  signOutEverywhere: (viewer) => signOutEverywhere(viewer),
  signUp: (viewer) =>
    signUp(
      viewer,
      { email: victim.email ?? "", password: "paper lantern orbit", locale: "ja", timeZone: "Asia/Tokyo" },
      { from, now: NOW },
    ),
  updateSettings: (viewer) => updateSettings(viewer, { desiredRetention: 0.8, newPerDay: 1 }, NOW),
};

useDatabase();
beforeAll(async () => {
  await syncFixtureContent();
  victim = await createPerson({ name: "Victim" });
  const passwordHash = await hashPassword("paper lantern orbit");
  await db().user.update({ where: { id: victim.userId }, data: { passwordHash } });
  teamId = await createTeamOf({ owner: [victim] }, { name: SECRET });
  const event = answerEvent({ itemId: "pod-ip-card", answer: { recall: "again", typed: SECRET } });
  reviewId = event.id;
  const known = cardEvent({ type: "know", itemId: "pod-basics-card" });
  await recordReviews(victim, [event, known, cardEvent({ type: "suspend", itemId: "pod-basics-sort" })], NOW);
  await readLesson(victim, { conceptId: "pod-ip" }, NOW);
  const exported = await exportAccount(victim, NOW);
  if (!exported.ok) throw new Error(exported.error);
  // The attacker has no such file, but one like it with the victim's ids in it.
  const { events, ...rest } = JSON.parse(JSON.stringify(exported.value));
  file = accountFileSchema.parse({
    ...rest,
    events: events.map((one: object) => ({ ...one, answer: { recall: "good" } })),
  });
});

/** All that the database holds of the victim. */
async function victimsRows(): Promise<string> {
  const where = { userId: victim.userId };
  const rows = await Promise.all([
    db().user.findUnique({ where: { id: victim.userId } }),
    db().review.findMany({ where, orderBy: { id: "asc" } }),
    db().cardState.findMany({ where, orderBy: { itemId: "asc" } }),
    db().enrollment.findMany({ where, orderBy: { bankId: "asc" } }),
    db().lessonRead.findMany({ where, orderBy: { conceptId: "asc" } }),
    db().account.findMany({ where }),
    db().mergedGuest.findMany({ where }),
    db().verificationToken.findMany({ where }),
    db().membership.findMany({ where: { teamId } }),
    db().team.findMany({ where: { id: teamId } }),
  ]);
  return JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
}

const viewers: Record<string, () => Promise<Viewer>> = {
  nobody: async () => NOBODY,
  "a guest": () => createPerson({ isGuest: true }),
  "another user": () => createPerson(),
};

describe.each(Object.keys(viewers))("asked as %s", (who) => {
  it.each(Object.keys(attempts))("%s gives and changes nothing of somebody else's", async (name) => {
    const viewer = await viewers[who]?.();
    const before = await victimsRows();
    const answer = JSON.stringify((await attempts[name]?.(viewer ?? NOBODY)) ?? null, (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(answer).not.toContain(victim.userId);
    expect(answer).not.toContain(victim.email);
    expect(answer).not.toContain(SECRET);
    expect(await victimsRows()).toBe(before);
  });
});

it("the attempts do reach what is the viewer's own", async () => {
  // Else they would find nothing with anybody, and prove nothing.
  expect(JSON.stringify(await attempts.getHistory?.(victim))).toContain(SECRET);
  expect(JSON.stringify(await attempts.exportAccount?.(victim))).toContain(victim.email);
});

it("no function that takes a viewer is missing here or in the role matrix", () => {
  const found = ["queries", "queries/dashboard", "commands"].flatMap((folder) =>
    readdirSync(`lib/server/${folder}`)
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => {
        const code = readFileSync(`lib/server/${folder}/${file}`, "utf8");
        return [
          ...code.matchAll(/export (?:async )?function (\w+)\(\s*_?(?:viewer|person): (?:Viewer|Person)/g),
        ].map(([, name]) => name);
      }),
  );
  // Some stand in the matrix more than once, with a word on what is asked of them; its routes begin with a slash.
  const inMatrix = Object.keys(FUNCTIONS).flatMap((name) => name.match(/^\w+/)?.[0] ?? []);
  expect([...new Set([...Object.keys(attempts), ...inMatrix])].sort()).toEqual(found.sort());
});

it("every server action says who asks and parses what is asked, or takes nothing of anybody's", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const bypassing = files.flatMap((file) => {
    const code = readFileSync(`app/${file}`, "utf8");
    if (!code.includes('"use server"')) return [];
    if (!code.startsWith('"use server"')) return [file];
    const exported = [...code.matchAll(/^export (?!const \w+ = action\()(.+)$/gm)];
    return exported.map(([, line]) => `${file}: ${line}`);
  });
  expect(bypassing.sort()).toEqual([
    // Starts at an issuer what `signInWithAccount` ends.
    "[locale]/(auth)/providers.tsx",
    // A form, which hands its one field to an action.
    "[locale]/concepts/[concept]/actions.ts: async function readLessonAction(form: FormData): Promise<void> {",
    // Sets a cookie of the browser that asks.
    "[locale]/placement/actions.ts: async function declinePlacementAction(): Promise<void> {",
  ]);
});
