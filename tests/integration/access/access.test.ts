import { readdirSync, readFileSync } from "node:fs";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { accountFileSchema } from "#lib/interop/account-file.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { changePassword } from "#lib/server/commands/change-password.ts";
import { confirmSignUp } from "#lib/server/commands/confirm-sign-up.ts";
import { deleteAccount } from "#lib/server/commands/delete-account.ts";
import { exportAccount } from "#lib/server/commands/export-account.ts";
import { importAccount } from "#lib/server/commands/import-account.ts";
import { readLesson } from "#lib/server/commands/mark-lessons.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { setEnrollment } from "#lib/server/commands/set-enrollment.ts";
import { signIn } from "#lib/server/commands/sign-in.ts";
import { signInWithAccount } from "#lib/server/commands/sign-in-with-account.ts";
import { signOutEverywhere } from "#lib/server/commands/sign-out-everywhere.ts";
import { signUp } from "#lib/server/commands/sign-up.ts";
import { updateSettings } from "#lib/server/commands/update-settings.ts";
import { db } from "#lib/server/db/client.ts";
import { getBank, getConcept } from "#lib/server/queries/banks.ts";
import { getCurriculum } from "#lib/server/queries/curriculum.ts";
import { getHistory } from "#lib/server/queries/history.ts";
import { mergedGuestIds } from "#lib/server/queries/merged-guests.ts";
import { getEarlierPlacement, getPlacement } from "#lib/server/queries/placement.ts";
import { getProgress } from "#lib/server/queries/progress.ts";
import { getQuiz, quizOptionsSchema } from "#lib/server/queries/quiz.ts";
import { search } from "#lib/server/queries/search.ts";
import { getSettings } from "#lib/server/queries/settings.ts";
import { getDailyQueue, getStudySession } from "#lib/server/queries/study-session.ts";
import { getToday } from "#lib/server/queries/today.ts";
import { useDatabase } from "../harness/database.ts";
import { answerEvent, cardEvent, createPerson, NOW, syncFixtureContent } from "../harness/factories.ts";

/** What the victim typed, and what must turn up with nobody else. */
const SECRET = "a secret thought about Pods";
const from = "192.0.2.1";

let victim: Person;
let reviewId: string;
let file: unknown;

/**
 * Every function that takes a viewer, called as somebody who would like to have what is the victim's: with the victim's
 * ids, address and events wherever one can be named.
 */
const attempts: Record<string, (viewer: Viewer) => Promise<unknown>> = {
  getBank: (viewer) => getBank(viewer, "basics"),
  getConcept: (viewer) => getConcept(viewer, "pod-ip", NOW),
  getCurriculum: (viewer) => getCurriculum(viewer),
  getDailyQueue: (viewer) => getDailyQueue(viewer, NOW),
  getEarlierPlacement: (viewer) => getEarlierPlacement(viewer),
  getHistory: async (viewer) => [await getHistory(viewer, {}), await getHistory(viewer, { after: reviewId })],
  getPlacement: (viewer) => getPlacement(viewer, 1),
  getProgress: (viewer) => getProgress(viewer, NOW),
  getQuiz: (viewer) => getQuiz(viewer, quizOptionsSchema.parse({ items: "pod-ip-card", mode: "cram" }), NOW),
  getSettings: (viewer) => getSettings(viewer),
  getStudySession: (viewer) => getStudySession(viewer, NOW),
  getToday: (viewer) => getToday(viewer, NOW),
  mergedGuestIds: (viewer) => mergedGuestIds(viewer),
  search: (viewer) => search(viewer, SECRET, "en"),

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

it("no function that takes a viewer is missing here", () => {
  const found = ["queries", "commands"].flatMap((folder) =>
    readdirSync(`lib/server/${folder}`).flatMap((file) => {
      const code = readFileSync(`lib/server/${folder}/${file}`, "utf8");
      return [
        ...code.matchAll(/export (?:async )?function (\w+)\(\s*_?(?:viewer|person): (?:Viewer|Person)/g),
      ].map(([, name]) => name);
    }),
  );
  expect(Object.keys(attempts).sort()).toEqual(found.sort());
});
