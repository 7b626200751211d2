import { uuidv7 } from "uuidv7";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOBODY, type Person } from "#lib/server/auth/viewer.ts";
import { makeCalendarLink } from "#lib/server/commands/make-calendar-link.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { revokeCalendarLink } from "#lib/server/commands/revoke-calendar-link.ts";
import { sendReminderAgain } from "#lib/server/commands/send-reminder-again.ts";
import { unsubscribe } from "#lib/server/commands/unsubscribe.ts";
import { updateMailSettings } from "#lib/server/commands/update-mail-settings.ts";
import { db } from "#lib/server/db/client.ts";
import { unsubscribeToken } from "#lib/server/mail/unsubscribe.ts";
import { getCalendar } from "#lib/server/queries/calendar.ts";
import { getFailedReminders } from "#lib/server/queries/failed-reminders.ts";
import { getMailSettings } from "#lib/server/queries/mail-settings.ts";
import { getUnsubscription } from "#lib/server/queries/unsubscription.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  createAssignment,
  createPerson,
  createTeam,
  NOW,
  syncFixtureContent,
} from "../harness/factories.ts";

useDatabase();
beforeAll(syncFixtureContent);

let owner: Person;
let manager: Person;
let learner: Person;
let guest: Person;
let teamId: string;
beforeEach(async () => {
  [owner, manager, learner] = [
    await createPerson(),
    await createPerson(),
    await createPerson({ locale: "en" }),
  ];
  guest = await createPerson({ isGuest: true });
  teamId = await createTeam({ owner: [owner], manager: [manager], learner: [learner] });
});

const wishesOf = async (person: Person) => (await getMailSettings(person))?.wishes;

describe("which letters come", () => {
  it("is chosen by each account for itself", async () => {
    expect(await getMailSettings(learner)).toEqual({
      wishes: { assignments: true, weekly: true, due: false },
      manages: false,
      hasCalendar: false,
    });
    expect(await getMailSettings(manager)).toMatchObject({ manages: true });
    expect(await updateMailSettings(learner, { due: true, assignments: false })).toMatchObject({ ok: true });
    expect(await wishesOf(learner)).toEqual({ assignments: false, weekly: true, due: true });
    expect(await wishesOf(manager)).toEqual({ assignments: true, weekly: true, due: false });
    expect(await updateMailSettings(NOBODY, { due: true })).toMatchObject({ error: "not-signed-in" });
    expect([await getMailSettings(NOBODY), await getMailSettings(guest)]).toEqual([null, null]);
  });
});

describe("the link of a letter", () => {
  const stop = (token: string, from = uuidv7()) => unsubscribe(NOBODY, { token }, { from, now: NOW });

  it("stops its kind of letters for its person, without a session, and twice does no harm", async () => {
    const token = unsubscribeToken({ userId: learner.userId, scope: "assignments" });
    expect(await getUnsubscription(NOBODY, token)).toEqual({ scope: "assignments" });
    // Looking changes nothing.
    expect(await wishesOf(learner)).toMatchObject({ assignments: true });
    expect([await stop(token), await stop(token)]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await wishesOf(learner)).toEqual({ assignments: false, weekly: true, due: false });
    expect(await wishesOf(manager)).toMatchObject({ assignments: true });
    await stop(unsubscribeToken({ userId: learner.userId, scope: "all" }));
    expect(await wishesOf(learner)).toEqual({ assignments: false, weekly: false, due: false });
  });

  it("stops nothing when it was changed in any way", async () => {
    const token = unsubscribeToken({ userId: learner.userId, scope: "due" });
    const [scope, , signature = ""] = token.split(".");
    const forged = [
      `all.${learner.userId}.${signature}`,
      `${scope}.${manager.userId}.${signature}`,
      token.slice(0, -1),
      `${token}A`,
      `${scope}.${learner.userId}.${"A".repeat(43)}`,
      "",
      "..",
    ];
    for (const wrong of forged) {
      expect(await stop(wrong), wrong).toEqual({ ok: false, error: "token-invalid" });
      expect(await getUnsubscription(NOBODY, wrong)).toBeNull();
    }
    expect(await wishesOf(learner)).toMatchObject({ assignments: true, weekly: true });
  });

  it("answers the same for somebody who is gone, and does not answer floods", async () => {
    expect(await stop(unsubscribeToken({ userId: uuidv7(), scope: "all" }))).toEqual({
      ok: true,
      value: undefined,
    });
    const from = uuidv7();
    const windowEnd = new Date(NOW + 3_600_000);
    await db().rateLimit.create({ data: { key: `unsubscribe-ip:${from}`, count: 1000, windowEnd } });
    expect(await stop("x", from)).toMatchObject({ error: "rate-limited" });
  });
});

describe("the calendar", () => {
  const tokenOf = async (person: Person) => {
    const made = await makeCalendarLink(person);
    if (!made.ok) throw new Error(made.error);
    return made.value.url.split("/").at(-1) ?? "";
  };
  const read = async (token: string, now = NOW) =>
    (await getCalendar(NOBODY, token, now))?.replaceAll("\r\n ", "").split("\r\n");

  it("says when what is assigned is due, and a time to study for two weeks, in the person's language and zone", async () => {
    await db().user.update({ where: { id: learner.userId }, data: { timeZone: "Europe/Berlin" } });
    await createAssignment(teamId, { title: "Pods; all, really" });
    await recordReviews(learner, [answerEvent({ at: NOW - 20 * 86_400_000 })], NOW);
    const lines = (await read(await tokenOf(learner))) ?? [];
    expect(lines).toContain("SUMMARY:Due: Pods\\; all\\, really");
    // The day ends in Tokyo at 16:00 in Berlin.
    expect(lines).toContain("DTSTART;VALUE=DATE:20261224");
    const starts = lines.filter((line) => line.startsWith("DTSTART:"));
    // 9:00 in Berlin.
    expect(starts[0]).toBe("DTSTART:20261124T080000Z");
    expect(starts.every((line) => line.endsWith("T080000Z"))).toBe(true);
    expect(lines).toContain("SUMMARY:Study Podshift\\, 5 min");
    const uids = lines.filter((line) => line.startsWith("UID:"));
    expect(new Set(uids).size).toBe(uids.length);
    // The same events, later.
    const again = (await read(await tokenOf(learner), NOW + 3_600_000)) ?? [];
    expect(again.filter((line) => line.startsWith("UID:"))).toEqual(uids);
  });

  it("has no closed assignments, and nobody else's", async () => {
    await createAssignment(teamId, { title: "Open" });
    await createAssignment(teamId, { title: "Closed" });
    await db().assignment.updateMany({ where: { title: "Closed" }, data: { closedAt: new Date(NOW) } });
    const [own, others] = [await read(await tokenOf(learner)), await read(await tokenOf(manager))];
    expect(own?.filter((line) => line.startsWith("SUMMARY:Due"))).toEqual(["SUMMARY:Due: Open"]);
    expect(others?.join()).not.toContain("Open");
  });

  it("is read by whoever knows its address, until that is made anew or ended", async () => {
    const first = await tokenOf(learner);
    const second = await tokenOf(learner);
    expect(await read(first)).toBeUndefined();
    expect(await read(second)).toContain("BEGIN:VCALENDAR");
    const { calendarTokenHash } = await db().user.findUniqueOrThrow({ where: { id: learner.userId } });
    expect(calendarTokenHash).not.toContain(second);
    expect(await read(calendarTokenHash ?? "")).toBeUndefined();
    expect(await revokeCalendarLink(learner)).toMatchObject({ ok: true });
    expect(await read(second)).toBeUndefined();
  });

  it("is for accounts", async () => {
    expect(await makeCalendarLink(NOBODY)).toMatchObject({ error: "not-signed-in" });
    expect(await makeCalendarLink(guest)).toMatchObject({ error: "account-needed" });
    expect(await revokeCalendarLink(NOBODY)).toMatchObject({ error: "not-signed-in" });
  });
});

it("letters that could not be sent are seen and sent again by the owner of the team they were about, and by nobody else", async () => {
  const assignmentId = await createAssignment(teamId);
  const { userId } = learner;
  const mail = await db().reminderMail.create({
    data: {
      id: uuidv7(),
      userId,
      day: new Date("2026-11-24"),
      status: "failed",
      attempts: 8,
      error: "EENVELOPE 550",
      nextAttemptAt: new Date(NOW),
      matters: {
        create: [
          { userId, key: "a", kind: "assigned", teamId, assignmentId },
          { userId, key: "b", kind: "cardsDue" },
        ],
      },
    },
  });
  expect(await getFailedReminders(owner, teamId, NOW)).toEqual([
    {
      id: mail.id,
      name: null,
      email: learner.email,
      day: "2026-11-24",
      kinds: ["assigned"],
      attempts: 8,
      error: "EENVELOPE 550",
    },
  ]);
  const elsewhere = await createPerson();
  const otherTeam = await createTeam({ owner: [elsewhere], learner: [learner] });
  expect(await getFailedReminders(elsewhere, otherTeam, NOW)).toEqual([]);
  for (const viewer of [manager, learner, elsewhere, guest, NOBODY])
    expect(await getFailedReminders(viewer, teamId, NOW)).toBeNull();
  const again = { teamId, mailId: mail.id };
  for (const viewer of [manager, learner, elsewhere, guest])
    expect(await sendReminderAgain(viewer, again, NOW)).toMatchObject({ error: "not-found" });
  expect(await sendReminderAgain(NOBODY, again, NOW)).toMatchObject({ error: "not-signed-in" });
  // It says nothing of the other team, which the learner is in as well.
  expect(await sendReminderAgain(elsewhere, { ...again, teamId: otherTeam }, NOW)).toMatchObject({
    error: "not-found",
  });
  expect(await getFailedReminders(owner, "not an id", NOW)).toBeNull();
  // What was long ago, or is about people who have left, is nobody's business.
  expect(await getFailedReminders(owner, teamId, NOW + 40 * 86_400_000)).toEqual([]);
  await db().membership.deleteMany({ where: { teamId, userId } });
  expect(await getFailedReminders(owner, teamId, NOW)).toEqual([]);
  expect(await sendReminderAgain(owner, again, NOW)).toMatchObject({ error: "not-found" });
  await db().membership.create({ data: { teamId, userId, role: "learner" } });
  expect(await sendReminderAgain(owner, again, NOW)).toMatchObject({ ok: true });
  expect(await db().reminderMail.findUnique({ where: { id: mail.id } })).toMatchObject({
    status: "waiting",
    attempts: 0,
  });
  expect(await db().auditEvent.findMany({ where: { teamId } })).toMatchObject([
    { action: "reminder.resent", actorId: owner.userId, subjectId: userId, details: {} },
  ]);
});
