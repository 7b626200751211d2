import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  buildQueue,
  createScheduler,
  DAY_MS,
  isLeech,
  MAX_ASSIGNED_PER_DAY,
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

describe("assigned cards in the daily queue", () => {
  const inDays = (days: number) => NOW + days * DAY_MS;
  /** New cards of one concept. */
  const cardsOf = (conceptId: string, count: number, overrides: Partial<QueueCard> = {}) =>
    Array.from({ length: count }, (_, position) => card({ conceptId, position, ...overrides }));
  /** The same card, once it was learned. */
  const introduced = <C extends QueueCard>(one: C, at: number): C => ({
    ...one,
    memory: { ...learned(0).memory, introducedAt: at, lastReview: at, due: at + 90 * DAY_MS },
  });
  const conceptsOf = (cards: QueueCard[]) => [...new Set(cards.map(({ conceptId }) => conceptId))];
  const assignment = fc.record({
    concepts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
    days: fc.integer({ min: 1, max: 12 }),
  });
  const cardsFor = (assignments: { concepts: number[]; days: number }[]) =>
    assignments.flatMap(({ concepts, days }, a) =>
      concepts.flatMap((count, c) =>
        // No two concepts have the same place in a curriculum.
        cardsOf(`${a}-${c}`, count, { conceptPosition: 10 * a + c, assignedUntil: [inDays(days)] }),
      ),
    );

  it("come before others, those due first before those due later, each in curriculum order", () => {
    const cards = [
      ...cardsOf("own", 3),
      ...cardsOf("later", 3, { conceptPosition: 1, assignedUntil: [inDays(9)] }),
      ...cardsOf("soon-b", 3, { conceptPosition: 3, assignedUntil: [inDays(3)] }),
      ...cardsOf("soon-a", 3, { conceptPosition: 2, assignedUntil: [inDays(3), inDays(9)] }),
    ];
    const queue = buildQueue(cards, { ...rules, newPerDay: 12 });
    expect(conceptsOf(queue.cards)).toEqual(["soon-a", "soon-b", "later", "own"]);
    expect(buildQueue(cards, { ...rules, newPerDay: 6 }).cards).toHaveLength(6);
  });

  it("are as many a day as their due moment needs, past the learner's own limit and past a block of a concept", () => {
    const cards = [...cardsOf("a", 10, { assignedUntil: [inDays(2)] }), ...cardsOf("own", 3)];
    const queue = buildQueue(cards, { ...rules, newPerDay: 2 });
    // Ten cards, today, tomorrow and the day after.
    expect(queue.cards.map(({ conceptId }) => conceptId)).toEqual(["a", "a", "a", "a"]);
  });

  it("take no more than their share of what the learner had room for anyway", () => {
    const cards = [...cardsOf("a", 10, { assignedUntil: [inDays(90)] }), ...cardsOf("own", 5)];
    const queue = buildQueue(cards, { ...rules, newPerDay: 5 });
    expect(queue.cards.map(({ conceptId }) => conceptId)).toEqual(["a", "a", "a", "own", "own"]);
  });

  it("still come first once they are overdue, but within the learner's own limit", () => {
    const cards = [...cardsOf("own", 3), ...cardsOf("missed", 9, { assignedUntil: [NOW - DAY_MS] })];
    const queue = buildQueue(cards, { ...rules, newPerDay: 4 });
    expect(queue.cards.map(({ conceptId }) => conceptId)).toEqual(["missed", "missed", "missed", "own"]);
  });

  it("are never fewer than the learner's limit leaves room for, nor more than the stated maximum", () => {
    fc.assert(
      fc.property(
        fc.array(assignment, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 60 }),
        (assignments, newPerDay) => {
          const cards = cardsFor(assignments);
          const { fresh } = buildQueue([...cards, ...cardsOf("own", 3)], { ...rules, newPerDay });
          const firstBlocks = conceptsOf(cards)
            .map((id) => Math.min(3, cards.filter(({ conceptId }) => conceptId === id).length))
            .reduce((a, b) => a + b, 3);
          expect(fresh).toBeGreaterThanOrEqual(Math.min(newPerDay, firstBlocks));
          expect(fresh).toBeLessThanOrEqual(Math.max(newPerDay, MAX_ASSIGNED_PER_DAY));
        },
      ),
    );
  });

  it("are all seen in time by whoever does each day's queue, if the maximum allows it", () => {
    fc.assert(
      fc.property(
        fc.array(assignment, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 12 }),
        (assignments, newPerDay) => {
          let cards = cardsFor(assignments);
          const dueBy = (moment: number) =>
            cards.filter(({ assignedUntil }) => (assignedUntil?.[0] ?? 0) <= moment);
          fc.pre(
            assignments.every(({ days }) => dueBy(inDays(days)).length <= MAX_ASSIGNED_PER_DAY * (days + 1)),
          );
          for (let day = 0; day <= 12; day++) {
            const today = new Set(buildQueue(cards, { ...rules, newPerDay, now: inDays(day) - 1 }).cards);
            cards = cards.map((one) => (today.has(one) ? introduced(one, inDays(day) - 1) : one));
            const missed = dueBy(inDays(day)).filter(({ memory }) => memory.state === "new");
            expect(missed).toEqual([]);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("do not become more in the course of a day by being learned", () => {
    fc.assert(
      fc.property(
        fc.array(assignment, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 60 }),
        (assignments, newPerDay, learnedSoFar) => {
          const cards = cardsFor(assignments);
          const morning = buildQueue(cards, { ...rules, newPerDay }).cards;
          const done = new Set(morning.slice(0, learnedSoFar));
          const noon = buildQueue(
            cards.map((one) => (done.has(one) ? introduced(one, NOW) : one)),
            { ...rules, newPerDay, now: NOW + 1 },
          );
          expect(new Set(idsOf(noon.cards))).toEqual(new Set(idsOf(morning.slice(done.size))));
        },
      ),
    );
  });
});
