import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RevealingAnswer, stancesOf } from "#lib/core/mastery/index.ts";

const answer = (at: number, shows: string[], overrides: Partial<RevealingAnswer> = {}): RevealingAnswer => ({
  itemId: "pod-ip-after",
  at,
  couldShow: ["pod-ip-is-stable", "pod-moves"],
  shows,
  ...overrides,
});
const held = (answers: RevealingAnswer[]) =>
  [...stancesOf(answers)].filter(([, stance]) => stance.held).map(([belief]) => belief);

describe("a wrong belief", () => {
  it("is held once an answer shows it, and only that one", () => {
    expect(held([answer(1, ["pod-ip-is-stable"])])).toEqual(["pod-ip-is-stable"]);
  });

  it("is corrected by a later answer to any question that carries it and does not show it", () => {
    const elsewhere = { itemId: "pod-ip-stored", couldShow: ["pod-ip-is-stable"] };
    expect(held([answer(1, ["pod-ip-is-stable"]), answer(2, [], elsewhere)])).toEqual([]);
    expect(held([answer(2, ["pod-ip-is-stable"]), answer(1, [], elsewhere)])).toEqual(["pod-ip-is-stable"]);
  });

  it("is left as it was by an answer to a question that does not carry it", () => {
    const unrelated = { itemId: "node-label", couldShow: ["labels-are-names"] };
    expect(held([answer(1, ["pod-moves"]), answer(2, [], unrelated)])).toEqual(["pod-moves"]);
  });

  it("is nothing that somebody was asked about who never met a question with it", () => {
    expect(stancesOf([answer(1, [], { couldShow: [] })]).size).toBe(0);
    expect(stancesOf([answer(1, [])]).get("pod-moves")).toEqual({
      held: false,
      itemId: "pod-ip-after",
      at: 1,
    });
  });

  it("is what the last answer that could have shown it says, however the answers come in", () => {
    const beliefs = fc.subarray(["a", "b", "c", "d"]);
    const answers = fc.uniqueArray(
      fc
        .record({ itemId: fc.string(), at: fc.integer({ min: 0, max: 5 }), couldShow: beliefs })
        .chain((one) => fc.subarray(one.couldShow).map((shows): RevealingAnswer => ({ ...one, shows }))),
      { selector: ({ itemId }) => itemId, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        answers.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const stances = stancesOf(shuffled);
          expect(stances).toEqual(stancesOf(all));
          for (const belief of ["a", "b", "c", "d"]) {
            const [last] = all
              .filter(({ couldShow }) => couldShow.includes(belief))
              .sort((a, b) => b.at - a.at || (a.itemId < b.itemId ? 1 : -1));
            expect(stances.get(belief)?.held).toBe(last?.shows.includes(belief));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
