import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import type { ReviewEvent } from "#lib/core/reviews/event.ts";
import type { AccountFile } from "#lib/interop/account-file.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { deleteAccount } from "#lib/server/commands/delete-account.ts";
import { exportAccount } from "#lib/server/commands/export-account.ts";
import { importAccount } from "#lib/server/commands/import-account.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { setEnrollment } from "#lib/server/commands/set-enrollment.ts";
import { updateMailSettings } from "#lib/server/commands/update-mail-settings.ts";
import { updateSettings } from "#lib/server/commands/update-settings.ts";
import { db } from "#lib/server/db/client.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  cardEvent,
  createPerson,
  NOW,
  syncFixtureContent,
  WRONG,
} from "../harness/factories.ts";

useDatabase();
beforeAll(syncFixtureContent);

const DAY = 86_400_000;

async function exported(person: Person): Promise<AccountFile> {
  const result = await exportAccount(person, NOW);
  if (!result.ok) throw new Error(result.error);
  // As it is after a journey through a file.
  return JSON.parse(JSON.stringify(result.value)) as AccountFile;
}
const apply = (person: Viewer, file: unknown) => importAccount(person, file, { apply: true, now: NOW });
const preview = (person: Viewer, file: unknown) => importAccount(person, file, { apply: false, now: NOW });
const remove = (person: Person) => deleteAccount(person, { confirmation: "delete" }, NOW);

/** All that a person has, without whose it is and when it came. */
async function belongings({ userId }: Person) {
  const [cards, reviews, enrollments, user] = [
    await db().cardState.findMany({ where: { userId }, omit: { userId: true }, orderBy: { itemId: "asc" } }),
    await db().review.findMany({
      where: { userId },
      omit: { userId: true, receivedAt: true, undoneAt: true },
      orderBy: { id: "asc" },
    }),
    await db().enrollment.findMany({ where: { userId }, select: { bankId: true } }),
    await db().user.findUniqueOrThrow({
      where: { id: userId },
      select: {
        locale: true,
        timeZone: true,
        dayStartHour: true,
        newPerDay: true,
        desiredRetention: true,
        schedulerWeights: true,
        mailsAssignments: true,
        mailsWeekly: true,
        mailsDue: true,
      },
    }),
  ];
  const undone = await db().review.findMany({
    where: { userId, undoneAt: { not: null } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const lessons = await db().lessonRead.findMany({
    where: { userId },
    omit: { userId: true },
    orderBy: { conceptId: "asc" },
  });
  return { cards, reviews, undone, enrollments, lessons, user };
}

/** Histories of two cards: answers right and wrong, in every place, and all that can be done to a card. */
const history = fc
  .array(
    fc.record({
      // A clock may run ahead by days.
      at: fc.integer({ min: NOW - 200 * DAY, max: NOW + 3 * DAY }),
      item: fc.constantFrom("pod-ip-after", "pod-ip-card"),
      what: fc.constantFrom(
        "right",
        "wrong",
        "suspend",
        "unsuspend",
        "bury",
        "reset",
        "know",
        "undo",
        "redo",
      ),
      source: fc.constantFrom("study", "quiz", "cram", "placement"),
      hinted: fc.boolean(),
      target: fc.nat(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    const events: ReviewEvent[] = [];
    for (const { at, item: itemId, what, source, hinted, target } of steps) {
      const undoable = events.filter(
        (event) => event.itemId === itemId && event.type !== "undo" && event.type !== "redo",
      );
      const targetId = undoable[target % undoable.length]?.id;
      if (what === "right" || what === "wrong") {
        const recall = what === "right" ? "good" : "again";
        const option = what === "right" ? "changes" : "stays";
        const answer = itemId === "pod-ip-card" ? { recall } : { option };
        events.push(answerEvent({ at, itemId, answer, source, hinted }));
      } else if (what === "undo" || what === "redo") {
        if (targetId) events.push(cardEvent({ type: what, at, itemId, targetId }));
      } else if (what === "bury") {
        events.push(cardEvent({ type: what, at, itemId, until: at + DAY }));
      } else {
        events.push(cardEvent({ type: what, at, itemId }));
      }
    }
    return events;
  });

/** Lessons read and skipped, some of them more than once. */
const lessonEvents = fc
  .array(
    fc.record({
      conceptId: fc.constantFrom("pod-basics", "pod-ip"),
      at: fc.integer({ min: NOW - 200 * DAY, max: NOW + 3 * DAY }),
      skipped: fc.boolean(),
    }),
    { maxLength: 5 },
  )
  .map((marks) => marks.map((mark) => ({ id: uuidv7(), type: "lesson" as const, ...mark })));

describe("an account as a file", () => {
  it("is the same after export, erasure and import into a fresh account", async () => {
    const settings = fc.record({
      locale: fc.constantFrom("ja" as const, "en" as const),
      timeZone: fc.constantFrom("Asia/Tokyo", "Europe/Berlin", "America/St_Johns"),
      dayStartHour: fc.integer({ min: 0, max: 23 }),
      newPerDay: fc.integer({ min: 0, max: 200 }),
      desiredRetention: fc.double({ min: 0.7, max: 0.97, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(
        history,
        settings,
        lessonEvents,
        fc.boolean(),
        fc.record({ assignments: fc.boolean(), weekly: fc.boolean(), due: fc.boolean() }),
        async (events, chosen, lessons, left, letters) => {
          const first = await createPerson();
          await recordReviews(first, events, NOW);
          await updateSettings(first, chosen, NOW);
          await updateMailSettings(first, letters);
          await recordReviews(first, lessons, NOW);
          if (left) await setEnrollment(first, { bankId: "basics", enrolled: false });
          const before = await belongings(first);
          const file = await exported(first);
          await remove(first);
          const second = await createPerson({ isGuest: true });
          const imported = await apply(second, file);
          expect(imported).toMatchObject({ ok: true, value: { fresh: events.length, had: 0, refused: [] } });
          expect(await belongings(second)).toEqual(before);
          await remove(second);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("holds one's own only, and nothing for nobody", async () => {
    const [guest, other] = [await createPerson({ isGuest: true }), await createPerson()];
    const event = answerEvent();
    await recordReviews(guest, [event], NOW);
    await recordReviews(other, [answerEvent()], NOW);
    expect(await exportAccount(NOBODY, NOW)).toEqual({ ok: false, error: "not-signed-in" });
    expect(await exported(guest)).toMatchObject({
      format: "podshift-account",
      version: 1,
      exportedAt: new Date(NOW).toISOString(),
      enrollments: ["basics"],
      events: [event],
    });
  });

  it("cannot be imported by nobody", async () => {
    const file = await exported(await createPerson());
    expect(await apply(NOBODY, file)).toEqual({ ok: false, error: "not-signed-in" });
  });

  it("shows what it would do before anything is written", async () => {
    const person = await createPerson();
    const had = answerEvent({ at: NOW - 2 * DAY });
    await recordReviews(person, [had], NOW);
    const foreign = answerEvent();
    await recordReviews(await createPerson(), [foreign], NOW);
    const file: AccountFile = {
      ...(await exported(person)),
      settings: { ...(await exported(person)).settings, desiredRetention: 0.8, timeZone: "Europe/Berlin" },
      enrollments: [],
      lessons: [
        { conceptId: "pod-ip", at: new Date(NOW).toISOString(), skipped: false },
        { conceptId: "gone", at: new Date(NOW).toISOString(), skipped: false },
      ],
      events: [had, answerEvent(), foreign, answerEvent({ itemId: "gone" }), "nonsense" as never],
    };
    const before = await belongings(person);
    const plan = await preview(person, file);
    expect(plan).toEqual({
      ok: true,
      value: {
        exportedAt: file.exportedAt,
        fresh: 1,
        had: 1,
        refused: [
          { reason: "id-taken", count: 1 },
          { reason: "unknown-item", count: 1 },
          { reason: "malformed", count: 1 },
          { reason: "unknown-concept", count: 1 },
        ],
        lessons: 1,
        settings: ["timeZone", "desiredRetention"],
      },
    });
    expect(await belongings(person)).toEqual(before);
    expect(await apply(person, file)).toEqual(plan);
    expect(await belongings(person)).toMatchObject({ enrollments: [], user: { desiredRetention: 0.8 } });
    expect(await db().review.count({ where: { userId: person.userId } })).toBe(2);
  });

  it("imports twice as it imports once", async () => {
    const person = await createPerson();
    await recordReviews(person, [answerEvent(), cardEvent({ type: "suspend" })], NOW);
    const file = await exported(person);
    const before = await belongings(person);
    expect(await apply(person, file)).toMatchObject({ ok: true, value: { fresh: 0, had: 2, settings: [] } });
    expect(await belongings(person)).toEqual(before);
  });

  it("adds to answers that are there already", async () => {
    const [first, second] = [await createPerson(), await createPerson({ isGuest: true })];
    await recordReviews(first, [answerEvent({ at: NOW - 20 * DAY })], NOW);
    const file = await exported(first);
    await remove(first);
    await recordReviews(second, [answerEvent({ at: NOW - 2 * DAY })], NOW);
    await apply(second, file);
    expect((await belongings(second)).cards).toMatchObject([{ reps: 2 }]);
  });

  it("is graded by the server, and takes answers from before an item was here", async () => {
    const person = await createPerson();
    const event = answerEvent({ at: NOW - 800 * DAY, answer: WRONG.single });
    const file = { ...(await exported(person)), events: [event, { ...answerEvent(), rating: 4 }] };
    expect(await apply(person, file)).toMatchObject({
      value: { fresh: 1, refused: [{ reason: "malformed", count: 1 }] },
    });
    expect(await db().review.findUniqueOrThrow({ where: { id: event.id } })).toMatchObject({
      correct: false,
      rating: 1,
    });
  });

  it("grades an answer to a revision that never was here by the nearest one before it", async () => {
    const person = await createPerson();
    const [later, earlier] = [answerEvent({ revision: 9 }), answerEvent({ revision: 1 })];
    const { payload } = await db().itemRevision.findUniqueOrThrow({
      where: { itemId_revision: { itemId: "pod-ip-after", revision: 1 } },
    });
    const key = { itemId: "pod-ip-after", revision: 4 };
    await db().itemRevision.create({ data: { ...key, payload: payload as object } });
    await apply(person, { ...(await exported(person)), events: [later, earlier] });
    const stored = await db().review.findMany({ where: { userId: person.userId }, orderBy: { id: "asc" } });
    expect(stored.map(({ revision }) => revision)).toEqual([4, 1]);
    await db().itemRevision.delete({ where: { itemId_revision: key } });
  });

  it("refuses a file that is none, whole, and names the place", async () => {
    const person = await createPerson();
    const file = { ...(await exported(person)), events: [answerEvent()] };
    const before = await belongings(person);
    const weights = Array.from({ length: 21 }, () => 0);
    for (const [broken, field] of [
      [undefined, ""],
      [{ ...file, format: "deck" }, "format"],
      [{ ...file, version: 2 }, "version"],
      [{ ...file, settings: { ...file.settings, desiredRetention: 1 } }, "settings.desiredRetention"],
      [{ ...file, settings: { ...file.settings, weights } }, "settings.weights"],
      [{ ...file, events: {} }, "events"],
    ] as const) {
      expect(await apply(person, broken)).toEqual({ ok: false, error: "import-invalid", field });
    }
    expect(await belongings(person)).toEqual(before);
  });

  it("takes years of answers at once", async () => {
    const person = await createPerson();
    const events = Array.from({ length: 40_000 }, (_, i) =>
      answerEvent({ id: uuidv7(), at: NOW - i * 60_000 }),
    );
    const file = { ...(await exported(person)), events };
    expect(await preview(person, file)).toMatchObject({ value: { fresh: 40_000, refused: [] } });
    expect(await apply(person, file)).toMatchObject({ value: { fresh: 40_000, refused: [] } });
    expect((await exported(person)).events).toHaveLength(40_000);
    expect(await apply(person, file)).toMatchObject({ value: { fresh: 0, had: 40_000 } });
  });
});
