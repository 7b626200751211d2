import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { foldCard, NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { toCardEvent } from "#lib/server/commands/refold-cards.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";
import { eventsOf } from "#lib/server/db/sql/reviews.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  cardEvent,
  createPerson,
  NOW,
  record,
  syncFixtureContent,
  WRONG,
} from "../harness/factories.ts";

useDatabase();
beforeAll(syncFixtureContent);

async function stateOf(person: Person, itemId = "pod-ip-after") {
  const row = await db().cardState.findUnique({
    where: { userId_itemId: { userId: person.userId, itemId } },
  });
  return row ? memoryOf(row) : NEW_MEMORY;
}
const foldOf = async (person: Person, itemId = "pod-ip-after") =>
  foldCard((await eventsOf(db(), person.userId, [itemId])).map(toCardEvent), person).memory;

describe("recording reviews", () => {
  it("stores an event once, however often it is sent", async () => {
    const person = await createPerson();
    const event = answerEvent();
    expect(await record(person, [event, event])).toEqual(["stored", "stored"]);
    expect(await record(person, [event])).toEqual(["had"]);
    expect(await db().review.count({ where: { userId: person.userId } })).toBe(1);
  });

  it("grades on the server, from the answer alone", async () => {
    const person = await createPerson();
    const wrong = answerEvent({ answer: WRONG.single });
    expect(await record(person, [{ ...wrong, correct: true }])).toEqual(["malformed"]);
    await record(person, [wrong]);
    expect(await db().review.findUnique({ where: { id: wrong.id } })).toMatchObject({
      correct: false,
      rating: 1,
      misconceptions: ["pod-ip-is-stable"],
    });
  });

  it("brings the card to the fold of its events, whatever order they come in", async () => {
    const person = await createPerson();
    const events = [5, 4, 3, 2, 1].map((days) => answerEvent({ at: NOW - days * 86_400_000 }));
    await record(person, [events[4], events[0]]);
    await record(person, [events[2], events[1], events[3]]);
    const other = await createPerson();
    await record(
      other,
      events.map((event) => ({ ...event, id: uuidv7() })),
    );
    expect(await stateOf(person)).toEqual(await stateOf(other));
    expect(await stateOf(person)).toEqual(await foldOf(person));
    expect((await stateOf(person)).reps).toBe(5);
  });

  it("undoes and redoes, and marks the event accordingly", async () => {
    const person = await createPerson();
    const first = answerEvent({ at: NOW - 86_400_000 });
    const slip = answerEvent({ answer: WRONG.single });
    await record(person, [first]);
    const before = await stateOf(person);
    await record(person, [slip, cardEvent({ type: "undo", targetId: slip.id })]);
    expect(await stateOf(person)).toEqual(before);
    expect((await db().review.findUnique({ where: { id: slip.id } }))?.undoneAt).not.toBeNull();
    await record(person, [cardEvent({ type: "redo", targetId: slip.id, at: NOW - 1000 })]);
    expect((await stateOf(person)).reps).toBe(2);
    expect((await db().review.findUnique({ where: { id: slip.id } }))?.undoneAt).toBeNull();
  });

  it("suspends, buries and resets", async () => {
    const person = await createPerson();
    const until = NOW + 8 * 3_600_000;
    await record(person, [answerEvent(), cardEvent({ type: "suspend" }), cardEvent({ type: "bury", until })]);
    expect(await stateOf(person)).toMatchObject({ suspended: true, buriedUntil: until, reps: 1 });
    await record(person, [cardEvent({ type: "reset", at: NOW - 1 })]);
    expect(await stateOf(person)).toEqual(NEW_MEMORY);
  });

  it("sets a clock that is ahead back to now", async () => {
    const person = await createPerson();
    const event = answerEvent({ at: NOW + 3_600_000 });
    await record(person, [event]);
    expect((await db().review.findUnique({ where: { id: event.id } }))?.reviewedAt.getTime()).toBe(NOW);
  });

  it("refuses what cannot be, says why, and stores the rest of the batch", async () => {
    const person = await createPerson();
    const foreign = answerEvent();
    await record(await createPerson(), [foreign]);
    const good = answerEvent();
    const batch: [unknown, string][] = [
      [answerEvent({ itemId: "no-such-item" }), "unknown-item"],
      [answerEvent({ revision: 99 }), "unknown-revision"],
      [answerEvent({ at: Date.UTC(2001, 0, 1) }), "before-item"],
      [answerEvent({ answer: { gaps: {} } }), "invalid-answer"],
      [cardEvent({ type: "undo", targetId: foreign.id }), "unknown-target"],
      [cardEvent({ type: "undo", targetId: uuidv7() }), "unknown-target"],
      [cardEvent({ type: "undo", targetId: good.id, itemId: "pod-ip-card" }), "unknown-target"],
      [cardEvent({ type: "bury", until: NOW + 9 * 86_400_000 }), "bury-too-long"],
      [foreign, "id-taken"],
      ["nonsense", "malformed"],
      [{ ...good, id: "not-a-uuid" }, "malformed"],
      [good, "stored"],
    ];
    expect(
      await record(
        person,
        batch.map(([event]) => event),
      ),
    ).toEqual(batch.map(([, expected]) => expected));
    expect(await db().review.count({ where: { userId: person.userId } })).toBe(1);
  });

  it("refuses more than 500 events at once, whole", async () => {
    const person = await createPerson();
    const events = Array.from({ length: 501 }, () => answerEvent());
    expect(await recordReviews(person, events, NOW)).toEqual({ ok: false, error: "too-large" });
    expect(await db().review.count({ where: { userId: person.userId } })).toBe(0);
  });

  it("keeps one person's cards out of another's", async () => {
    const [one, other] = [await createPerson(), await createPerson()];
    await record(one, [answerEvent()]);
    expect(await stateOf(other)).toEqual(NEW_MEMORY);
  });
});
