import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomFrom, shuffle } from "#lib/core/questions/index.ts";

const seed = fc.integer({ min: 0, max: 0xffffffff });

describe("a layout", () => {
  it("is the same for the same seed, keeps every option, and leaves the question alone", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 8 }), seed, (options, given) => {
        const before = [...options];
        const laidOut = shuffle(options, given);
        expect(shuffle(options, given)).toEqual(laidOut);
        expect([...laidOut].sort()).toEqual([...before].sort());
        expect(options).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it("puts each option in each place about equally often", () => {
    const seeds = Array.from({ length: 6000 }, (_, index) => index);
    const counts = new Map<string, number>();
    for (const given of seeds) {
      const order = shuffle(["a", "b", "c"], given).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it("draws from 0 up to but not 1", () => {
    fc.assert(
      fc.property(seed, (given) => {
        const draw = randomFrom(given)();
        expect(draw).toBeGreaterThanOrEqual(0);
        expect(draw).toBeLessThan(1);
      }),
      { numRuns: 500 },
    );
  });
});
