import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Person } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { sendReminderAgain } from "#lib/server/commands/send-reminder-again.ts";
import { db } from "#lib/server/db/client.ts";
import { claimMail } from "#lib/server/db/sql/jobs.ts";
import { runDueJobs } from "#lib/server/jobs/runner.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  cardEvent,
  createAssignment,
  createPerson,
  createTeam,
  NOW,
  syncFixtureContent,
} from "../harness/factories.ts";
import { lettersIn } from "./letters.ts";

const data = vi.hoisted(() => {
  process.env.PODSHIFT_DATA = `/tmp/podshift-reminders-${process.pid}-${Math.random().toString(36).slice(2)}`;
  return process.env.PODSHIFT_DATA;
});
const outbox = path.join(data, "outbox");
afterAll(() => rmSync(data, { recursive: true, force: true }));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 9:00 in Tokyo, on the Tuesday on which `NOW` is noon. */
const MORNING = NOW - 3 * HOUR;
/** When what `createAssignment` makes is due. */
const DUE = Date.parse("2026-12-25T00:00:00+09:00");

useDatabase();
beforeAll(syncFixtureContent);

let owner: Person;
let learner: Person;
let teamId: string;
beforeEach(async () => {
  rmSync(data, { recursive: true, force: true });
  // Nobody of another test gets mail any more.
  await db().user.updateMany({ data: { emailVerifiedAt: null } });
  await db().job.deleteMany();
  owner = await createPerson({ locale: "en", name: "Olivia" });
  learner = await createPerson({ locale: "en", name: "Lena" });
  teamId = await createTeam({ owner: [owner], learner: [learner] });
  await db().user.update({ where: { id: owner.userId }, data: { mailsWeekly: false } });
});

/** What a server does that looks for work at these moments. */
async function serverRunsAt(...moments: number[]): Promise<void> {
  for (const at of moments) await runDueJobs({ clock: () => at, signal: new AbortController().signal });
}
const lettersTo = ({ email }: Person) => lettersIn(data).filter(({ to }) => to === email);
const subjectsTo = (person: Person) => lettersTo(person).map(({ subject }) => subject);
const mailsOf = ({ userId }: Person) =>
  db().reminderMail.findMany({ where: { userId }, orderBy: { day: "asc" } });
const daysOf = async (person: Person) =>
  (await mailsOf(person)).map(({ day }) => day.toISOString().slice(0, 10));
const join = ({ userId }: Person, joinedAt = new Date(NOW - 60 * DAY)) =>
  db().membership.create({ data: { teamId, userId, role: "learner", joinedAt } });

/** The person knows the whole concept, well enough for half of it to last until the due moment. */
async function learnEverything(person: Person): Promise<void> {
  const items = await db().item.findMany({ where: { conceptId: "pod-ip" } });
  await recordReviews(
    person,
    items.map(({ id }) => cardEvent({ type: "know", itemId: id })),
    NOW,
  );
}

/** Makes the outbox something that no letter can be put into. */
function refuseLetters(): void {
  rmSync(outbox, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  writeFileSync(outbox, "");
}
const acceptLetters = () => rmSync(outbox, { force: true });

describe("what is assigned", () => {
  it("is told once, in the morning, in the person's language, with a way to stop such letters", async () => {
    await createAssignment(teamId, { title: "Pods, at last" });
    await serverRunsAt(MORNING - HOUR);
    expect(lettersTo(learner)).toEqual([]);
    await serverRunsAt(MORNING, NOW, MORNING + DAY);
    const [letter, ...others] = lettersTo(learner);
    expect(others).toEqual([]);
    expect(letter?.subject).toBe("New assignment: “Pods, at last”");
    expect(letter?.text).toContain(
      "“Pods, at last” was assigned to you in Platform. It is due on Thursday, December 24, 2026.",
    );
    expect(letter?.headers).toMatch(/^List-Unsubscribe: <http.*\/api\/unsubscribe\?token=assignments\./m);
    expect(letter?.headers).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    expect(letter?.headers).toContain(`Message-ID: <${letter?.id}.2026-11-24@localhost>`);
    expect(letter?.text).toContain("/en/unsubscribe?token=assignments.");
    expect(await mailsOf(learner)).toMatchObject([{ status: "sent", attempts: 1 }]);
  });

  it("is told in Japanese to whoever reads Japanese", async () => {
    await db().user.update({ where: { id: learner.userId }, data: { locale: "ja" } });
    await createAssignment(teamId, { title: "PodのIP" });
    await serverRunsAt(MORNING);
    const [letter] = lettersTo(learner);
    expect(letter?.subject).toBe("新しい課題：「PodのIP」");
    expect(letter?.text).toContain(
      "Platformで課題「PodのIP」が割り当てられました。期限は2026年12月24日木曜日です。",
    );
  });

  it("is told again three days before it is due to who is behind, and once it is overdue; nothing else", async () => {
    const diligent = await createPerson();
    await join(diligent);
    await learnEverything(diligent);
    await createAssignment(teamId, { readinessTarget: 0.5 });
    for (const day of [0, 1, 2, 20, 27, 28, 29, 30, 31, 32, 40])
      await serverRunsAt(MORNING + day * DAY, MORNING + day * DAY + HOUR);
    expect(subjectsTo(learner)).toEqual([
      "New assignment: “Pod IPs”",
      "“Pod IPs” is due soon",
      "“Pod IPs” is overdue",
    ]);
    expect(await daysOf(learner)).toEqual(["2026-11-24", "2026-12-22", "2026-12-25"]);
    expect(lettersTo(diligent)).toEqual([]);
  });

  it("is not told to guests, to addresses that were not proven, or to those who do not want it", async () => {
    const [guest, unproven] = [await createPerson({ isGuest: true }), await createPerson()];
    await db().user.update({ where: { id: unproven.userId }, data: { emailVerifiedAt: null } });
    for (const person of [guest, unproven]) await join(person);
    await db().user.update({ where: { id: learner.userId }, data: { mailsAssignments: false } });
    await createAssignment(teamId);
    await serverRunsAt(MORNING);
    expect(lettersIn(data)).toEqual([]);
  });

  it("is not told when it was closed before the letter went out", async () => {
    const id = await createAssignment(teamId);
    refuseLetters();
    await serverRunsAt(MORNING);
    acceptLetters();
    await db().assignment.update({ where: { id }, data: { closedAt: new Date(NOW) } });
    await serverRunsAt(NOW);
    expect(lettersTo(learner)).toEqual([]);
    expect(await mailsOf(learner)).toMatchObject([{ status: "dropped", sentAt: null }]);
  });
});

it("all that there is to say on a day is said in one letter, the most pressing first", async () => {
  const person = await createPerson({ locale: "en" });
  await db().user.update({ where: { id: person.userId }, data: { mailsDue: true } });
  await join(person);
  const managed = await createTeam({ manager: [person], learner: [learner] }, { name: "Night shift" });
  await createAssignment(managed);
  await recordReviews(person, [answerEvent({ at: NOW - 20 * DAY })], NOW);
  await createAssignment(teamId);
  const monday = MORNING + 6 * DAY;
  await serverRunsAt(monday, monday + HOUR);
  const [letter, ...others] = lettersTo(person);
  expect(others).toEqual([]);
  expect(letter?.subject).toBe("New assignment: “Pod IPs” (and 2 more things)");
  expect(letter?.text).toMatch(
    /was assigned to you[\s\S]*Night shift: readiness is 0%[\s\S]*1 card is due today/,
  );
  expect(letter?.text).toContain("/en/unsubscribe?token=all.");
});

it("the weekly summary says how the team stands and who needs help, on Mondays, to who manages it", async () => {
  const late = await createPerson({ name: "Lars" });
  await join(late);
  const assignmentId = await createAssignment(teamId, { readinessTarget: 0.5 });
  await learnEverything(learner);
  await db().user.update({ where: { id: owner.userId }, data: { mailsWeekly: true } });
  await db().assignee.update({
    where: { assignmentId_userId: { assignmentId, userId: late.userId } },
    data: { dueAt: new Date(NOW + DAY), extended: true },
  });
  for (let day = 2; day < 14; day++) await serverRunsAt(MORNING + day * DAY);
  expect(await daysOf(owner)).toEqual(["2026-11-30", "2026-12-07"]);
  const [letter] = lettersTo(owner);
  expect(letter?.subject).toBe("Platform: the week at a glance");
  expect(letter?.text).toMatch(/Platform: readiness is 4\d% over what is assigned/);
  expect(letter?.text).toContain("- Pod IPs: 1 done, 0 on track, 0 behind, 0 not started, 1 overdue");
  expect(letter?.text).toContain("- Lars, “Pod IPs”: overdue");
});

describe("a letter that cannot be sent", () => {
  it("is tried again with growing pauses, and goes out once", async () => {
    await createAssignment(teamId);
    refuseLetters();
    await serverRunsAt(MORNING, MORNING + 4 * MINUTE);
    expect(await mailsOf(learner)).toMatchObject([{ status: "waiting", attempts: 1, error: "EEXIST" }]);
    await serverRunsAt(MORNING + 5 * MINUTE, MORNING + 14 * MINUTE);
    expect(await mailsOf(learner)).toMatchObject([{ status: "waiting", attempts: 2 }]);
    acceptLetters();
    await serverRunsAt(MORNING + 15 * MINUTE, MORNING + HOUR, MORNING + DAY);
    expect(subjectsTo(learner)).toEqual(["New assignment: “Pod IPs”"]);
    expect(await mailsOf(learner)).toMatchObject([{ status: "sent", attempts: 3, error: null }]);
  });

  it("becomes the letter of the next day, with what there is to say then: never two on a day", async () => {
    await createAssignment(teamId);
    refuseLetters();
    await serverRunsAt(MORNING);
    acceptLetters();
    await createAssignment(teamId, { title: "Services" });
    await serverRunsAt(MORNING + DAY - HOUR, MORNING + DAY, MORNING + DAY + HOUR);
    const [letter, ...others] = lettersTo(learner);
    expect(others).toEqual([]);
    expect(letter?.text).toMatch(/“Pod IPs”[\s\S]*“Services”|“Services”[\s\S]*“Pod IPs”/);
    expect(await daysOf(learner)).toEqual(["2026-11-25"]);
  });

  it("is given up after eight attempts", async () => {
    await createAssignment(teamId);
    refuseLetters();
    for (let day = 0; day < 4; day++)
      for (let hour = 0; hour < 9; hour++) await serverRunsAt(MORNING + day * DAY + hour * HOUR);
    expect(await mailsOf(learner)).toMatchObject([{ status: "failed", attempts: 8, error: "EEXIST" }]);
    acceptLetters();
    await serverRunsAt(MORNING + 5 * DAY);
    expect(lettersTo(learner)).toEqual([]);

    // Until the owner has it tried again: then it comes once.
    const [mail] = await mailsOf(learner);
    const again = { teamId, mailId: mail?.id ?? "" };
    expect(await sendReminderAgain(owner, again, MORNING + 5 * DAY + HOUR)).toMatchObject({ ok: true });
    await serverRunsAt(...[2, 3, 24].map((hours) => MORNING + 5 * DAY + hours * HOUR));
    expect(subjectsTo(learner)).toEqual(["New assignment: “Pod IPs”"]);
    expect(await mailsOf(learner)).toMatchObject([{ status: "sent", attempts: 1, error: null }]);
    expect(await sendReminderAgain(owner, again, MORNING + 6 * DAY)).toMatchObject({ error: "not-found" });
  });
});

describe("several processes", () => {
  it("write and send one letter", async () => {
    await createAssignment(teamId);
    await Promise.all(Array.from({ length: 4 }, () => serverRunsAt(MORNING, MORNING + MINUTE)));
    expect(lettersTo(learner)).toHaveLength(1);
    expect(await mailsOf(learner)).toMatchObject([{ status: "sent", attempts: 1 }]);
  });

  it("leave a letter to the one that took it, until that must have died; then it is the same letter", async () => {
    await createAssignment(teamId);
    refuseLetters();
    await serverRunsAt(MORNING);
    acceptLetters();
    const retry = MORNING + 5 * MINUTE;
    const leasedUntil = new Date(retry + 10 * MINUTE);
    // A process that takes it and is never heard of again.
    const taken = await claimMail(db(), { "Asia/Tokyo": "2026-11-24" }, new Date(retry), leasedUntil);
    expect(taken).toMatchObject({ userId: learner.userId, attempts: 2 });
    await serverRunsAt(retry, retry + 9 * MINUTE);
    expect(lettersTo(learner)).toEqual([]);
    await serverRunsAt(retry + 10 * MINUTE);
    expect(lettersTo(learner).map(({ id }) => id)).toEqual([taken?.id]);
    expect(await mailsOf(learner)).toMatchObject([{ status: "sent", attempts: 3 }]);
  });
});

it("readiness at the due moment is noted once it has passed, by what was answered until then", async () => {
  const assignmentId = await createAssignment(teamId);
  const noted = async () =>
    (
      await db().assignee.findUniqueOrThrow({
        where: { assignmentId_userId: { assignmentId, userId: learner.userId } },
      })
    ).readinessAtDue;
  await recordReviews(learner, [answerEvent()], NOW);
  await serverRunsAt(DUE - 1000);
  expect(await noted()).toBeNull();
  const late = answerEvent({ at: DUE + 1000, itemId: "pod-ip-card", answer: { recall: "good" } });
  await recordReviews(learner, [late], DUE + 2000);
  await serverRunsAt(DUE + 6 * MINUTE);
  const items = await db().item.count({ where: { conceptId: "pod-ip" } });
  expect(await noted()).toBeGreaterThan(0);
  expect(await noted()).toBeLessThan(1 / items);
});
