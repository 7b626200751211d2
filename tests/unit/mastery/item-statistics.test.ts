import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { medianOf } from "#lib/core/collections.ts";
import {
  type FirstAnswer,
  type FirstTry,
  flagsOf,
  type ItemFigures,
  pointBiserial,
  sumsOf,
  tallyItems,
  usualTimes,
} from "#lib/core/mastery/index.ts";

const tries = (right: number[], rest: number[]): FirstTry[] =>
  right.map((value, index) => ({ right: value === 1, rest: rest[index] ?? 0 }));
const discrimination = (all: readonly FirstTry[]) => pointBiserial(sumsOf(all));

/** Pearson's correlation as every textbook has it. */
function pearson(all: readonly FirstTry[]): number {
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [x, y] = [all.map(({ right }) => (right ? 1 : 0)), all.map(({ rest }) => rest)] as [
    number[],
    number[],
  ];
  const [mx, my] = [mean(x), mean(y)];
  const sum = (f: (a: number, b: number) => number) =>
    x.reduce((total, a, index) => total + f(a - mx, (y[index] ?? 0) - my), 0);
  return sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
}

const someTries = fc.array(
  fc.record({ right: fc.boolean(), rest: fc.integer({ min: 0, max: 100 }).map((n) => n / 100) }),
  { minLength: 2, maxLength: 40 },
);

describe("the discrimination of a question", () => {
  it("has the value that other implementations give (SciPy's example for pointbiserialr)", () => {
    expect(discrimination(tries([0, 0, 0, 1, 1, 1, 1], [0, 1, 2, 3, 4, 5, 6]))).toBeCloseTo(
      0.8660254037844386,
      12,
    );
  });

  it("is 1 where exactly those are right who know the rest, and −1 where exactly those are wrong", () => {
    expect(discrimination(tries([1, 1, 0, 0], [1, 1, 0, 0]))).toBeCloseTo(1, 12);
    expect(discrimination(tries([0, 0, 1, 1], [1, 1, 0, 0]))).toBeCloseTo(-1, 12);
  });

  it("is not told where all are right, all are wrong, or all know the rest alike", () => {
    expect(discrimination(tries([1, 1, 1], [0.2, 0.5, 0.9]))).toBeNull();
    expect(discrimination(tries([0, 0], [0.2, 0.9]))).toBeNull();
    expect(discrimination(tries([1, 0, 1], [0.1, 0.1, 0.1]))).toBeNull();
    expect(discrimination([])).toBeNull();
  });

  it("is Pearson's correlation, between −1 and 1, and turns its sign when right and wrong are swapped", () => {
    fc.assert(
      fc.property(someTries, (all) => {
        const r = discrimination(all);
        if (r === null) return;
        expect(r).toBeCloseTo(pearson(all), 6);
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        const swapped = discrimination(all.map(({ right, rest }) => ({ right: !right, rest })));
        expect(swapped).toBeCloseTo(-r, 9);
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on how many others did exactly the same", () => {
    fc.assert(
      fc.property(someTries, fc.integer({ min: 2, max: 5 }), (all, copies) => {
        const [once, often] = [discrimination(all), discrimination(Array(copies).fill(all).flat())];
        if (once === null || often === null) expect(once).toBe(often);
        else expect(often).toBeCloseTo(once, 6);
      }),
    );
  });
});

describe("a tally of first answers", () => {
  const first = (itemId: string, right: boolean, chosen: string[] = []): FirstAnswer => ({
    itemId,
    right,
    durationMs: 1000,
    chosen,
  });

  it("counts people, right answers and chosen options of each question", () => {
    const tally = tallyItems([[first("a", true, ["x", "y"])], [first("a", false, ["y"]), first("b", true)]]);
    expect(tally.get("a")).toMatchObject({ count: 2, right: 1, durations: [1000, 1000] });
    expect([...(tally.get("a")?.chosen ?? [])]).toEqual([
      ["x", 1],
      ["y", 2],
    ]);
    // One of the two answered nothing else: there is nothing to compare with.
    expect(tally.get("a")?.discrimination).toEqual({ count: 1, r: null });
  });

  it("correlates each question with how people did on the others, never with itself", () => {
    const people = fc.array(
      fc
        .array(fc.boolean(), { minLength: 3, maxLength: 3 })
        .map((rights) => rights.map((right, index) => first(`item-${index}`, right))),
      { minLength: 2, maxLength: 30 },
    );
    fc.assert(
      fc.property(people, (all) => {
        const tally = tallyItems(all);
        for (const index of [0, 1, 2]) {
          const rests = all.map((answers) => ({
            right: answers[index]?.right ?? false,
            rest: answers.filter((_, other) => other !== index && answers[other]?.right).length / 2,
          }));
          const { count, r } = tally.get(`item-${index}`)?.discrimination ?? { count: 0, r: null };
          expect(count).toBe(all.length);
          if (r === null) expect(discrimination(rests)).toBeNull();
          else expect(r).toBeCloseTo(pearson(rests), 6);
        }
      }),
    );
  });
});

describe("the middle of values", () => {
  it("is the one in the middle, or the mean of two", () => {
    expect(medianOf([])).toBeNull();
    expect(medianOf([9, 1, 5])).toBe(5);
    expect(medianOf([4, 1, 9, 2])).toBe(3);
  });
});

describe("a question that works badly", () => {
  const figures = (overrides: Partial<ItemFigures> = {}): ItemFigures => ({
    kind: "single",
    count: 40,
    right: 24,
    discrimination: { count: 40, r: 0.3 },
    medianMs: 20_000,
    options: [
      { key: true, count: 24 },
      { key: false, count: 10 },
      { key: false, count: 6 },
    ],
    ...overrides,
  });
  const flags = (overrides: Partial<ItemFigures>, usualMs = 20_000) => flagsOf(figures(overrides), usualMs);

  it("is not one that some get wrong and that those who know get right", () => {
    expect(flags({})).toEqual([]);
  });

  it("is one that nearly everybody gets right, or nearly nobody", () => {
    expect(flags({ right: 38 })).toEqual(["tooEasy"]);
    expect(flags({ right: 10 })).toEqual(["tooHard"]);
  });

  it("is one that those who know the rest get wrong, by more than chance", () => {
    expect(flags({ discrimination: { count: 40, r: -0.3 } })).toEqual([]);
    expect(flags({ discrimination: { count: 40, r: -0.33 } })).toEqual(["misleading"]);
    expect(flags({ discrimination: { count: 14, r: -1 } })).toEqual([]);
  });

  it("is one with a wrong option that nobody takes, unless it is too easy to tell", () => {
    const options = [
      { key: true, count: 24 },
      { key: false, count: 16 },
      { key: false, count: 0 },
    ];
    expect(flags({ options })).toEqual(["unusedOption"]);
    expect(flags({ options, right: 39 })).toEqual(["tooEasy"]);
    expect(flags({ options: [{ key: true, count: 0 }] })).toEqual([]);
  });

  it("is one that takes more than twice as long as others of its kind", () => {
    expect(flags({ medianMs: 40_001 })).toEqual(["slow"]);
    const kinds = [1000, 3000, 9000].map((medianMs) => figures({ medianMs }));
    expect(usualTimes([...kinds, figures({ kind: "cloze", medianMs: 5000 })])).toEqual(
      new Map([
        ["single", 3000],
        ["cloze", 5000],
      ]),
    );
    expect(usualTimes([figures({ count: 3 })]).size).toBe(0);
  });

  it("is nothing to be said after a handful of answers", () => {
    expect(flags({ count: 9, right: 0, medianMs: 1e6 })).toEqual([]);
  });
});
