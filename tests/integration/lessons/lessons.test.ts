import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import type { LessonEvent } from "#lib/core/study/lesson.ts";
import { NOBODY, type Person } from "#lib/server/auth/viewer.ts";
import { deleteAccount } from "#lib/server/commands/delete-account.ts";
import { readLesson } from "#lib/server/commands/mark-lessons.ts";
import { mergeGuest } from "#lib/server/commands/merge-guest.ts";
import { db } from "#lib/server/db/client.ts";
import { getConcept } from "#lib/server/queries/banks.ts";
import { getStudySession } from "#lib/server/queries/study-session.ts";
import { useDatabase } from "../harness/database.ts";
import { answerEvent, createPerson, NOW, record, syncFixtureContent } from "../harness/factories.ts";

useDatabase();
beforeAll(syncFixtureContent);

const lessonEvent = (overrides: Partial<LessonEvent> = {}): LessonEvent => ({
  id: uuidv7(),
  type: "lesson",
  conceptId: "pod-ip",
  at: NOW - 60_000,
  skipped: false,
  ...overrides,
});
const marksOf = ({ userId }: Person) =>
  db().lessonRead.findMany({ where: { userId }, omit: { userId: true }, orderBy: { conceptId: "asc" } });
const unread = async (person: Person) =>
  (await getStudySession(person, NOW)).lessons.map(({ conceptId }) => conceptId).sort();

describe("marks on lessons", () => {
  it("travel with answers, each answered for, and end the lesson's place in the session", async () => {
    const person = await createPerson();
    expect(await unread(person)).toEqual(["pod-basics", "pod-ip"]);
    const mark = lessonEvent();
    expect(await record(person, [mark, answerEvent(), lessonEvent({ conceptId: "gone" })])).toEqual([
      "stored",
      "stored",
      "unknown-concept",
    ]);
    expect(await record(person, [mark])).toEqual(["had"]);
    expect(await marksOf(person)).toEqual([
      { conceptId: "pod-ip", readAt: new Date(mark.at), skipped: false },
    ]);
    expect(await unread(person)).toEqual(["pod-basics"]);
  });

  it("come to the same however they arrive, and never lie in the future", async () => {
    const marks = [
      lessonEvent({ at: NOW + 86_400_000 }),
      lessonEvent({ at: NOW - 5000, skipped: true }),
      lessonEvent({ at: NOW - 3000 }),
    ];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2, 1],
    ]) {
      const [once, oneByOne] = [await createPerson(), await createPerson()];
      const events = order.map((place) => marks[place]);
      await record(once, events);
      for (const event of events) await record(oneByOne, [event]);
      const expected = [{ conceptId: "pod-ip", readAt: new Date(NOW - 3000), skipped: false }];
      expect(await marksOf(once)).toEqual(expected);
      expect(await marksOf(oneByOne)).toEqual(expected);
    }
    const early = await createPerson();
    await record(early, [marks[0]]);
    expect(await marksOf(early)).toMatchObject([{ readAt: new Date(NOW) }]);
  });

  it("are one's own: not nobody's, not another's", async () => {
    const [guest, other] = [await createPerson({ isGuest: true }), await createPerson()];
    expect(await readLesson(NOBODY, { conceptId: "pod-ip" }, NOW)).toMatchObject({ error: "not-signed-in" });
    expect(await readLesson(guest, { conceptId: "gone" }, NOW)).toMatchObject({ error: "not-found" });
    expect(await readLesson(guest, { conceptId: "pod-ip" }, NOW)).toMatchObject({ ok: true });
    expect((await getConcept(guest, "pod-ip", NOW))?.mark).toEqual({
      conceptId: "pod-ip",
      at: NOW,
      skipped: false,
    });
    expect((await getConcept(other, "pod-ip", NOW))?.mark).toBeNull();
    expect((await getConcept(NOBODY, "pod-ip", NOW))?.mark).toBeNull();
    expect(await unread(other)).toEqual(["pod-basics", "pod-ip"]);
    expect((await getStudySession(NOBODY, NOW)).lessons).toHaveLength(2);
  });

  it("of a guest join those of the account", async () => {
    const [guest, account] = [await createPerson({ isGuest: true }), await createPerson()];
    await record(guest, [lessonEvent(), lessonEvent({ conceptId: "pod-basics", skipped: true })]);
    await record(account, [lessonEvent({ skipped: true, at: NOW - 90_000 })]);
    await db().$transaction((tx) => mergeGuest(tx, guest.userId, account.userId, NOW));
    expect(await marksOf(account)).toMatchObject([
      { conceptId: "pod-basics", skipped: true },
      { conceptId: "pod-ip", skipped: false, readAt: new Date(NOW - 60_000) },
    ]);
  });

  it("go with the account", async () => {
    const person = await createPerson();
    await record(person, [lessonEvent()]);
    await deleteAccount(person, { confirmation: "delete" }, NOW);
    expect(await marksOf(person)).toEqual([]);
  });
});
