import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  buildQueue,
  createScheduler,
  DAY_MS,
  isLeech,
  NEW_MEMORY,
  type QueueCard,
} from "#lib/core/scheduling/index.ts";
import { spreadConcepts } from "#lib/core/scheduling/queue.ts";

const NOW = Date.parse("2026-11-24T12:00:00+09:00");
const rules = {
  now: NOW,
  newPerDay: 10,
  timeZone: "Asia/Tokyo",
  dayStartHour: 4,
  scheduler: createScheduler({ weights: null, desiredRetention: 0.9 }),
};

let made = 0;
const card = (overrides: Partial<QueueCard> = {}): QueueCard => ({
  itemId: `item-${made++}`,
  conceptId: "pod-ip",
  conceptPosition: 0,
  position: made,
  family: null,
  memory: NEW_MEMORY,
  ...overrides,
});
/** A card in review, learned `age` days ago with a stability of ten days. */
const learned = (age: number, overrides: Partial<QueueCard> = {}) =>
  card({
    ...overrides,
    memory: {
      ...NEW_MEMORY,
      state: "review",
      stability: 10,
      difficulty: 5,
      reps: 3,
      lastReview: NOW - age * DAY_MS,
      introducedAt: NOW - 90 * DAY_MS,
      due: NOW - age * DAY_MS + 10 * DAY_MS,
      ...overrides.memory,
    },
  });
const idsOf = (cards: QueueCard[]) => cards.map(({ itemId }) => itemId);

describe("the daily queue", () => {
  it("asks first what is most likely to be forgotten", () => {
    const cards = [11, 40, 20].map((age) => learned(age, { conceptId: `c${age}`, itemId: `a${age}` }));
    expect(idsOf(buildQueue(cards, rules).cards)).toEqual(["a40", "a20", "a11"]);
  });

  it("takes what comes due before the learner's day ends, and nothing after", () => {
    const dueAt = (iso: string) => ({ ...learned(12).memory, due: Date.parse(iso) });
    const tonight = learned(1, { itemId: "tonight", memory: dueAt("2026-11-25T03:59:00+09:00") });
    const tomorrow = learned(1, { itemId: "tomorrow", memory: dueAt("2026-11-25T04:00:00+09:00") });
    expect(idsOf(buildQueue([tonight, tomorrow], rules).cards)).toEqual(["tonight"]);
  });

  it("introduces new cards in curriculum order, in blocks of one concept, within the daily limit", () => {
    const fresh = [2, 0, 1].flatMap((place) =>
      Array.from({ length: 5 }, (_, i) =>
        card({ conceptId: `c${place}`, conceptPosition: place, itemId: `c${place}-${i}`, position: i }),
      ),
    );
    const queue = buildQueue(fresh, { ...rules, newPerDay: 7 });
    expect(idsOf(queue.cards)).toEqual(["c0-0", "c0-1", "c0-2", "c1-0", "c1-1", "c1-2", "c2-0"]);
    expect(queue.fresh).toBe(7);
  });

  it("counts what was introduced today against the limit", () => {
    const today = { ...learned(0).memory, introducedAt: NOW - 3_600_000, due: NOW + 9 * DAY_MS };
    const cards = [
      ...Array.from({ length: 8 }, () => learned(0, { memory: today })),
      ...["a", "b", "c"].map((c) => card({ conceptId: c })),
    ];
    expect(buildQueue(cards, rules).fresh).toBe(2);
  });

  it("leaves out what is suspended or buried", () => {
    const suspended = learned(20, { memory: { ...learned(20).memory, suspended: true } });
    const buried = learned(20, { memory: { ...learned(20).memory, buriedUntil: NOW + 1 } });
    const back = learned(20, { itemId: "back", memory: { ...learned(20).memory, buriedUntil: NOW } });
    expect(idsOf(buildQueue([suspended, buried, back], rules).cards)).toEqual(["back"]);
  });

  it("shows one card of a family a day", () => {
    const overdue = learned(40, { family: "f", itemId: "overdue" });
    const due = learned(20, { family: "f" });
    expect(idsOf(buildQueue([due, overdue, card({ family: "f" })], rules).cards)).toEqual(["overdue"]);
    const answered = learned(0, { family: "f" });
    expect(buildQueue([answered, due, overdue], rules).cards).toEqual([]);
  });

  it("lets a sibling in when the other is not due, suspended or buried", () => {
    const resting = learned(1, { family: "f" });
    const suspended = learned(40, { family: "g", memory: { ...learned(40).memory, suspended: true } });
    const buried = learned(40, { family: "h", memory: { ...learned(40).memory, buriedUntil: NOW + 1 } });
    const siblings = ["f", "g", "h"].map((family) =>
      card({ family, conceptId: family, itemId: `new-${family}` }),
    );
    expect(idsOf(buildQueue([resting, suspended, buried, ...siblings], rules).cards)).toEqual([
      "new-f",
      "new-g",
      "new-h",
    ]);
  });

  it("brings a card that was answered today back, though its family is done for today", () => {
    const failed = { ...learned(0).memory, state: "relearning" as const, due: NOW + 600_000 };
    const again = learned(0, { family: "f", itemId: "again", memory: failed });
    expect(idsOf(buildQueue([card({ family: "f" }), again], rules).cards)).toEqual(["again"]);
  });

  it("does not depend on the order in which cards are read", () => {
    const cards = [
      ...[11, 20, 20, 40].map((age, i) => learned(age, { conceptId: `c${i % 3}`, position: 0 })),
      ...["f", null, "f", null].map((family) => card({ family, position: 0 })),
    ];
    const expected = idsOf(buildQueue(cards, rules).cards);
    fc.assert(
      fc.property(fc.shuffledSubarray(cards, { minLength: cards.length }), (read) => {
        expect(idsOf(buildQueue(read, rules).cards)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("calls a card a leech once it was forgotten six times", () => {
    expect([5, 6].map((lapses) => isLeech({ ...NEW_MEMORY, lapses }))).toEqual([false, true]);
  });

  it("mixes blocks of new cards into the reviews", () => {
    const reviews = Array.from({ length: 12 }, (_, i) => learned(20, { conceptId: `r${i}` }));
    const fresh = ["a", "b"].map((conceptId) => card({ conceptId }));
    const kinds = buildQueue([...reviews, ...fresh], rules).cards.map(({ memory }) => memory.state);
    expect(kinds.indexOf("new")).toBe(5);
    expect(kinds.lastIndexOf("new")).toBe(11);
  });

  it("keeps cards of one concept apart whenever that can be done, and loses none", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 20 }), (concepts) => {
        const cards = concepts.map((conceptId, index) => ({ conceptId, index }));
        const spread = spreadConcepts(cards);
        expect([...spread].sort((a, b) => a.index - b.index)).toEqual(cards);
        const most = Math.max(0, ...["a", "b", "c", "d"].map((c) => concepts.filter((x) => x === c).length));
        const touching = spread.filter(
          (one, i) => i > 0 && spread[i - 1]?.conceptId === one.conceptId,
        ).length;
        if (most <= Math.ceil(concepts.length / 2)) expect(touching).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });
});
