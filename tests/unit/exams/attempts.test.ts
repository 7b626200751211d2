import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attempt, drawItems, scoreOf, standingOf } from "#lib/core/exams/index.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const HOUR = 3_600_000;
const rules = { maxAttempts: 2, waitHours: 24 };
const open = { closed: false, now: NOW };
const failedAt = (submittedAt: number): Attempt => ({
  deadline: submittedAt + HOUR,
  submittedAt,
  passed: false,
});

describe("an exam", () => {
  it("may be begun by whoever has not", () => {
    expect(standingOf([], rules, open)).toEqual({ may: "start", attemptsLeft: 2 });
  });

  it("goes on while an attempt is open, closed assignment or not", () => {
    const attempt = { deadline: NOW + 1, submittedAt: null, passed: null };
    expect(standingOf([attempt], rules, open)).toEqual({ may: "resume" });
    expect(standingOf([attempt], rules, { ...open, closed: true })).toEqual({ may: "resume" });
  });

  it("ends an attempt at its deadline, graded or not, and lets the next wait from there", () => {
    const attempt = { deadline: NOW, submittedAt: null, passed: null };
    expect(standingOf([attempt], rules, open)).toEqual({
      may: "wait",
      until: NOW + 24 * HOUR,
      attemptsLeft: 1,
    });
    expect(standingOf([attempt], rules, { ...open, now: NOW + 24 * HOUR })).toEqual({
      may: "start",
      attemptsLeft: 1,
    });
  });

  it("is over when it is passed, when attempts are used up, and when the assignment is closed", () => {
    const passed = { ...failedAt(NOW - 100 * HOUR), passed: true };
    expect(standingOf([passed], rules, open)).toEqual({ may: "nothing", why: "passed" });
    const both = [failedAt(NOW - 99 * HOUR), failedAt(NOW - 50 * HOUR)];
    expect(standingOf(both, rules, open)).toEqual({ may: "nothing", why: "used-up" });
    expect(standingOf([], rules, { ...open, closed: true })).toEqual({ may: "nothing", why: "closed" });
  });
});

describe("an attempt", () => {
  const items = (right: number, of: number) => Array.from({ length: of }, (_, i) => ({ correct: i < right }));

  it("is worth its share of right items, and passes at the mark", () => {
    expect(scoreOf(items(4, 5), 0.8)).toEqual({ score: 0.8, passed: true });
    expect(scoreOf(items(3, 5), 0.8)).toEqual({ score: 0.6, passed: false });
    expect(scoreOf([], 0)).toEqual({ score: 0, passed: false });
  });
});

describe("what is drawn", () => {
  const candidates = fc.uniqueArray(
    fc.record({
      itemId: fc.stringMatching(/^[a-z]{1,8}$/),
      conceptId: fc.constantFrom("pod", "service", "ingress"),
    }),
    { selector: ({ itemId }) => itemId, maxLength: 30 },
  );
  const ids = (drawn: { itemId: string }[]) => drawn.map(({ itemId }) => itemId).sort();

  it("is so many items of each concept, or all there are", () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 1, max: 4 }), fc.uuid(), (all, itemsPerConcept, by) => {
        const drawn = drawItems(all, { itemsPerConcept, drawnBy: by, laidOutBy: by });
        expect(new Set(ids(drawn)).size).toBe(drawn.length);
        for (const concept of ["pod", "service", "ingress"]) {
          const of = (list: { conceptId: string }[]) => list.filter(({ conceptId }) => conceptId === concept);
          expect(of(drawn).length).toBe(Math.min(itemsPerConcept, of(all).length));
        }
      }),
    );
  });

  it("is the same for all attempts that are drawn by the same, each laid out its own way", () => {
    fc.assert(
      fc.property(candidates, fc.uuid(), fc.uuid(), (all, by, other) => {
        const options = { itemsPerConcept: 2, drawnBy: by };
        const drawn = drawItems(all, { ...options, laidOutBy: by });
        expect(ids(drawItems(all, { ...options, laidOutBy: other }))).toEqual(ids(drawn));
        expect(drawItems([...all].reverse(), { ...options, laidOutBy: by })).toEqual(drawn);
      }),
    );
  });

  it("changes by one item at most when one comes or goes", () => {
    fc.assert(
      fc.property(candidates, fc.uuid(), (all, by) => {
        const options = { itemsPerConcept: 2, drawnBy: by, laidOutBy: by };
        const before = new Set(ids(drawItems(all, options)));
        const after = ids(drawItems(all.slice(1), options));
        expect(after.filter((id) => !before.has(id)).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("gives every item about the same chance", () => {
    const all = Array.from({ length: 6 }, (_, i) => ({ itemId: `item-${i}`, conceptId: "pod" }));
    const counts = new Map<string, number>();
    for (let i = 0; i < 3000; i++) {
      const by = `0198${i.toString(16).padStart(4, "0")}-0000-7000-8000-${(i * 7919).toString(16).padStart(12, "0")}`;
      for (const id of ids(drawItems(all, { itemsPerConcept: 2, drawnBy: by, laidOutBy: by })))
        counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
