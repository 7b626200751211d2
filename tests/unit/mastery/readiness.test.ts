import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conceptReadiness, meanReadiness, weakest } from "#lib/core/mastery/index.ts";
import { type CardMemory, createScheduler, DAY_MS, NEW_MEMORY } from "#lib/core/scheduling/index.ts";

const NOW = Date.UTC(2026, 10, 24);
const scheduler = createScheduler({ weights: null, desiredRetention: 0.9 });
const seen = (stability: number, daysAgo: number): CardMemory => ({
  ...NEW_MEMORY,
  state: "review",
  stability,
  difficulty: 5,
  reps: 1,
  lastReview: NOW - daysAgo * DAY_MS,
});

describe("the readiness of a concept", () => {
  it("is the mean chance of recall, cards never seen counting as 0, beside the share seen", () => {
    // After as many days as its stability, a card is recalled with 90 %.
    const { chance, coverage } = conceptReadiness([seen(10, 10), seen(5, 5), NEW_MEMORY], scheduler, NOW);
    expect(chance).toBeCloseTo(0.6, 6);
    expect(coverage).toBeCloseTo(2 / 3, 6);
  });

  it("is nothing where there are no cards, or none was seen", () => {
    expect(conceptReadiness([], scheduler, NOW)).toEqual({ chance: 0, coverage: 0 });
    expect(conceptReadiness([NEW_MEMORY], scheduler, NOW)).toEqual({ chance: 0, coverage: 0 });
  });

  it("only fades until the next review, and is never more than was seen", () => {
    const memory = fc.oneof(
      fc.constant(NEW_MEMORY),
      fc
        .record({
          stability: fc.double({ min: 0.01, max: 500, noNaN: true }),
          age: fc.integer({ min: 0, max: 400 }),
        })
        .map(({ stability, age }) => seen(stability, age)),
    );
    fc.assert(
      fc.property(
        fc.array(memory, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 400 }),
        (memories, days) => {
          const today = conceptReadiness(memories, scheduler, NOW);
          const later = conceptReadiness(memories, scheduler, NOW + days * DAY_MS);
          expect(later.chance).toBeLessThanOrEqual(today.chance);
          expect(later.chance).toBeGreaterThanOrEqual(0);
          expect(today.chance).toBeLessThanOrEqual(today.coverage);
          expect(later.coverage).toBe(today.coverage);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("the readiness of an area", () => {
  it("weighs each concept the same, however many cards it has", () => {
    const large = conceptReadiness(Array(9).fill(seen(10, 10)), scheduler, NOW);
    const unseen = conceptReadiness([NEW_MEMORY], scheduler, NOW);
    const area = meanReadiness([large, unseen]);
    expect(area.chance).toBeCloseTo(0.45, 6);
    expect(area.coverage).toBe(0.5);
  });

  it("is nothing without concepts", () => {
    expect(meanReadiness([])).toEqual({ chance: 0, coverage: 0 });
  });
});

describe("the weakest concepts", () => {
  const concept = (id: string, chance: number, coverage = 1) => ({ id, readiness: { chance, coverage } });

  it("are those begun and remembered worst, worst first", () => {
    const concepts = [concept("b", 0.5), concept("unseen", 0, 0), concept("a", 0.2, 0.3), concept("c", 0.9)];
    expect(weakest(concepts, 2).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(weakest(concepts, 9)).toHaveLength(3);
  });
});
