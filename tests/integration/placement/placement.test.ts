import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import type { ReviewEvent } from "#lib/core/reviews/event.ts";
import { foldCard, NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import { NOBODY, type Person } from "#lib/server/auth/viewer.ts";
import { rebuildCardStates } from "#lib/server/commands/rebuild-card-states.ts";
import { toCardEvent } from "#lib/server/commands/refold-cards.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";
import { eventsOf } from "#lib/server/db/sql/reviews.ts";
import { retentionPerWeek } from "#lib/server/db/sql/statistics.ts";
import { getHistory } from "#lib/server/queries/history.ts";
import { getEarlierPlacement, getPlacement } from "#lib/server/queries/placement.ts";
import { getStudySession } from "#lib/server/queries/study-session.ts";
import { getToday } from "#lib/server/queries/today.ts";
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

const AT = NOW - 3_600_000;
const OTHERS = ["pod-basics-unit", "pod-basics-sort", "pod-basics-card", "pod-basics-shared"];
/** Cards that it introduces. */
const INTRODUCED = 1 + OTHERS.length;

/** A right answer about `pod-ip`, and what follows from it: the rest of the concept and all it needs are known. */
function placement(): ReviewEvent[] {
  const answer = answerEvent({ source: "placement", at: AT });
  return [answer, ...OTHERS.map((itemId) => cardEvent({ type: "know", itemId, at: AT }))];
}
const undoOf = (events: readonly { id: string; itemId: string }[]): ReviewEvent[] =>
  events.map(({ id, itemId }) => cardEvent({ type: "undo", itemId, targetId: id, at: AT + 1000 }));
const statesOf = async ({ userId }: Person) =>
  new Map((await db().cardState.findMany({ where: { userId } })).map((row) => [row.itemId, memoryOf(row)]));

describe("a placement", () => {
  it("introduces what was shown or follows from it, and leaves the day its new cards", async () => {
    const person = await createPerson({ newPerDay: 2 });
    expect(new Set(await record(person, placement()))).toEqual(new Set(["stored"]));
    const states = await statesOf(person);
    expect(states.size).toBe(INTRODUCED);
    for (const [itemId, memory] of states) {
      expect(memory).toMatchObject({ state: "review", introducedAt: null });
      expect(memory.due).toBeGreaterThan(AT + 7 * 86_400_000);
      const events = await eventsOf(db(), person.userId, [itemId]);
      expect(memory).toEqual(foldCard(events.map(toCardEvent), person).memory);
    }
    const { cards } = await getStudySession(person, NOW);
    expect(cards.map(({ itemId, memory }) => [itemId.startsWith("pod-ip"), memory.state])).toEqual([
      [true, "new"],
      [true, "new"],
    ]);
  });

  it("comes to the same in any order, one by one, and twice", async () => {
    const events = placement();
    const withUndo = [...events, ...undoOf(events.slice(1, 2))];
    const strip = async (person: Person) => [...(await statesOf(person))].sort();
    const anew = () => {
      const ids = new Map(withUndo.map(({ id }) => [id, uuidv7()]));
      return withUndo.map((event) => ({
        ...event,
        id: ids.get(event.id) ?? "",
        ...("targetId" in event ? { targetId: ids.get(event.targetId) ?? "" } : {}),
      })) as ReviewEvent[];
    };
    const first = await createPerson();
    const own = anew();
    await record(first, own);
    const once = await strip(first);
    await record(first, [...own].reverse());
    expect(await strip(first)).toEqual(once);
    const second = await createPerson();
    for (const event of anew().slice(0, INTRODUCED).reverse()) await record(second, [event]);
    expect((await statesOf(second)).size).toBe(INTRODUCED);
    expect((await rebuildCardStates({ fix: false, now: NOW })).differences).toEqual([]);
  });

  it("can be undone as a whole, and redone", async () => {
    const person = await createPerson();
    await record(person, placement());
    const before = await statesOf(person);
    const earlier = await getEarlierPlacement(person);
    expect(earlier.events).toHaveLength(INTRODUCED);
    expect(earlier.known.sort()).toEqual(["pod-basics", "pod-ip"]);
    await record(person, undoOf(earlier.events));
    expect([...(await statesOf(person)).values()]).toEqual(Array(INTRODUCED).fill(NEW_MEMORY));
    expect(await getEarlierPlacement(person)).toEqual({ events: [], known: [] });
    await record(
      person,
      earlier.events.map(({ id, itemId }) =>
        cardEvent({ type: "redo", itemId, targetId: id, at: AT + 2000 }),
      ),
    );
    expect(await statesOf(person)).toEqual(before);
  });

  it("begins nothing by a wrong answer, which history shows and retention leaves out", async () => {
    const person = await createPerson();
    const wrong = answerEvent({ source: "placement", at: NOW - 5 * 86_400_000, answer: WRONG.single });
    await record(person, [wrong, answerEvent()]);
    expect((await getEarlierPlacement(person)).known).toEqual([]);
    expect((await getHistory(person, { source: "placement" })).entries.map(({ id }) => id)).toEqual([
      wrong.id,
    ]);
    expect(await retentionPerWeek(db(), person.userId, person, new Date(0))).toEqual([]);
  });
});

describe("what a placement is made of", () => {
  it("is a question for each concept not begun, the same for the same seed", async () => {
    const person = await createPerson();
    const fresh = await getPlacement(person, 7);
    expect(fresh.concepts.map(({ id, needs }) => [id, needs])).toEqual([
      ["pod-basics", []],
      ["pod-ip", ["pod-basics"]],
    ]);
    for (const { question, cardIds } of fresh.concepts) {
      expect(cardIds.length).toBeGreaterThan(2);
      expect(cardIds).toContain(question?.itemId);
      expect(question?.item.kind).not.toBe("flashcard");
    }
    expect(await getPlacement(person, 7)).toEqual(fresh);
    await record(person, [answerEvent()]);
    const begun = (await getPlacement(person, 7)).concepts[1];
    expect(begun).toMatchObject({ id: "pod-ip", question: null, cardIds: [] });
  });

  it("is nothing of another's: not for nobody, not for somebody else", async () => {
    const [taken, other] = [await createPerson({ isGuest: true }), await createPerson()];
    await record(taken, placement());
    expect((await getPlacement(taken, 1)).earlier.events).toHaveLength(INTRODUCED);
    for (const viewer of [NOBODY, other]) {
      const { concepts, earlier } = await getPlacement(viewer, 1);
      expect(earlier).toEqual({ events: [], known: [] });
      expect(concepts.every(({ question }) => question !== null)).toBe(true);
    }
    const { events } = await getEarlierPlacement(taken);
    expect(new Set(await record(other, undoOf(events)))).toEqual(new Set(["unknown-target"]));
    expect((await getEarlierPlacement(taken)).events).toHaveLength(INTRODUCED);
  });

  it("is offered to whoever has answered little and taken none", async () => {
    const person = await createPerson();
    expect((await getToday(person, NOW)).offerPlacement).toBe(true);
    await record(person, placement());
    expect((await getToday(person, NOW)).offerPlacement).toBe(false);
    const busy = await createPerson();
    await record(
      busy,
      Array.from({ length: 20 }, (_, i) => answerEvent({ at: AT - i * 60_000 })),
    );
    expect((await getToday(busy, NOW)).offerPlacement).toBe(false);
  });
});
