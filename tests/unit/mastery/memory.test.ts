import fc from "fast-check";
import { default_w } from "ts-fsrs";
import { describe, expect, it } from "vitest";
import {
  conceptReadiness,
  meanReadiness,
  memoryFrom,
  readinessByConcept,
  readinessIn,
  type SeenCards,
  scopeOf,
} from "#lib/core/mastery/index.ts";
import {
  type CardMemory,
  createScheduler,
  DAY_MS,
  DEFAULT_DECAY,
  forgettingCurve,
  NEW_MEMORY,
} from "#lib/core/scheduling/index.ts";

const NOW = Date.parse("2026-11-24T03:00:00Z");

const decays = fc.double({ min: 0.1, max: 0.8, noNaN: true });
const scheduler = (decay: number) =>
  createScheduler({ weights: default_w.map((w, i) => (i === 20 ? decay : w)), desiredRetention: 0.9 });

/** A card of one of three concepts; every other was never seen. */
const card = fc.record({
  concept: fc.integer({ min: 0, max: 2 }),
  stability: fc.double({ min: 0, max: 400, noNaN: true }),
  lastReview: fc.option(fc.integer({ min: NOW - 400 * DAY_MS, max: NOW + DAY_MS })),
});
type Card = { concept: number; stability: number; lastReview: number | null };

const seenOf = (cards: readonly Card[]): SeenCards => {
  const seen = cards.filter(({ lastReview }) => lastReview !== null);
  return {
    from: 0,
    to: seen.length,
    concept: Int32Array.from(seen, ({ concept }) => concept),
    stability: Float64Array.from(seen, ({ stability }) => stability),
    lastReview: Float64Array.from(seen, ({ lastReview }) => lastReview ?? 0),
    introducedAt: new Float64Array(seen.length),
  };
};
const memoriesOf = (cards: readonly Card[], concept: number): CardMemory[] =>
  cards.filter((one) => one.concept === concept).map((one) => ({ ...NEW_MEMORY, ...one }));

describe("the forgetting curve", () => {
  it("is the scheduler's, for every person and moment", () => {
    fc.assert(
      fc.property(decays, card, (decay, { stability, lastReview }) => {
        const expected = scheduler(decay).recallChance(
          { ...NEW_MEMORY, stability, lastReview: lastReview ?? NOW },
          NOW,
        );
        expect(forgettingCurve(decay)(stability, NOW - (lastReview ?? NOW))).toBeCloseTo(expected, 7);
      }),
    );
  });

  it("is at 90 % after as many days as the stability", () => {
    expect(forgettingCurve(DEFAULT_DECAY)(12, 12 * DAY_MS)).toBeCloseTo(0.9, 12);
  });
});

describe("readiness from seen cards alone", () => {
  it("is that of all cards, those never seen counted as 0, in each concept and over any of them", () => {
    fc.assert(
      fc.property(
        decays,
        fc.array(card, { maxLength: 40 }),
        fc.subarray([0, 1, 2]),
        (decay, cards, wanted) => {
          const present = [0, 1, 2].filter((concept) => cards.some((one) => one.concept === concept));
          // Places in the catalogue are those of the concepts that have items.
          const placed = cards.map((one) => ({ ...one, concept: present.indexOf(one.concept) }));
          const catalogue = {
            concepts: present.map(String),
            items: present.map((concept) => cards.filter((one) => one.concept === concept).length),
          };
          const memory = memoryFrom(seenOf(placed), forgettingCurve(decay), present.length);
          const expected = present.map((concept) =>
            conceptReadiness(memoriesOf(cards, concept), scheduler(decay), NOW),
          );
          for (const [place, cell] of readinessByConcept(catalogue, memory, NOW).entries()) {
            expect(cell.chance).toBeCloseTo(expected[place]?.chance ?? 0, 7);
            expect(cell.coverage).toBeCloseTo(expected[place]?.coverage ?? 0, 12);
          }
          const scope = scopeOf(wanted.map(String), catalogue);
          const own = meanReadiness(expected.filter((_, place) => wanted.includes(present[place] ?? -1)));
          const { chance, coverage } = readinessIn(scope, memory, NOW);
          expect(chance).toBeCloseTo(own.chance, 7);
          expect(coverage).toBeCloseTo(own.coverage, 12);
          expect(scope.items).toBe(cards.filter(({ concept }) => wanted.includes(concept)).length);
        },
      ),
    );
  });
});
