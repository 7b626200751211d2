import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HELD_AT, LAST_QUESTIONS, type RevealingAnswer, stancesOf } from "#lib/core/mastery/index.ts";

const BELIEF = "pod-ip-is-stable";
const SHOWN = [BELIEF];

/** The last answer to a question of its own that could have shown the belief. */
const answer = (at: number, shows: string[] = [], overrides: Partial<RevealingAnswer> = {}) => ({
  itemId: `question-${at}`,
  at,
  couldShow: [BELIEF, "pod-moves"],
  shows,
  ...overrides,
});
const held = (...answers: RevealingAnswer[]) =>
  [...stancesOf(answers)].filter(([, stance]) => stance.held).map(([belief]) => belief);

describe("a wrong belief", () => {
  it("is held by whom a single question was asked, if it shows there", () => {
    expect(held(answer(1, SHOWN))).toEqual(SHOWN);
    expect(held(answer(1))).toEqual([]);
  });

  it("is held where two of the last four questions show it, and not by a slip at one", () => {
    expect(held(answer(1), answer(2, SHOWN))).toEqual([]);
    expect(held(answer(1, SHOWN), answer(2, SHOWN), answer(3), answer(4))).toEqual(SHOWN);
    expect(held(answer(1), answer(2), answer(3), answer(4, SHOWN))).toEqual([]);
  });

  it("is not corrected by one right answer to another question, but by enough of them", () => {
    const shown = [answer(1, SHOWN), answer(2, SHOWN)];
    expect(held(...shown, answer(3))).toEqual(SHOWN);
    expect(held(...shown, answer(3), answer(4), answer(5))).toEqual([]);
  });

  it("is corrected at a question that is answered without it since", () => {
    expect(held(answer(1, SHOWN), answer(2, SHOWN))).toEqual(SHOWN);
    expect(held(answer(1, SHOWN), answer(9, [], { itemId: "question-2" }))).toEqual([]);
  });

  it("is left as it was by answers to questions that cannot show it", () => {
    const others = [3, 4, 5, 6, 7].map((at) => answer(at, [], { couldShow: ["labels-are-names"] }));
    expect(held(answer(1, SHOWN), answer(2, SHOWN), ...others)).toEqual(SHOWN);
  });

  it("names the questions at which it shows, the one answered last first", () => {
    const stances = stancesOf([answer(1, SHOWN), answer(3, SHOWN), answer(2)]);
    expect(stances.get(BELIEF)?.shownAt).toEqual(["question-3", "question-1"]);
  });

  it("is nothing that somebody was asked about who never met a question with it", () => {
    expect(stancesOf([answer(1, [], { couldShow: [] })]).size).toBe(0);
    expect(stancesOf([answer(1)]).get("pod-moves")).toEqual({ held: false, shownAt: [] });
  });

  it("follows from the last questions alone, in whatever order the answers come in", () => {
    const beliefs = fc.subarray(["a", "b", "c"]);
    const answers = fc.uniqueArray(
      fc
        .record({ itemId: fc.string(), at: fc.integer({ min: 0, max: 5 }), couldShow: beliefs })
        .chain((one) => fc.subarray(one.couldShow).map((shows): RevealingAnswer => ({ ...one, shows }))),
      { selector: ({ itemId }) => itemId, maxLength: 14 },
    );
    fc.assert(
      fc.property(
        answers.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const stances = stancesOf(shuffled);
          expect(stances).toEqual(stancesOf(all));
          for (const belief of ["a", "b", "c"]) {
            const last = all
              .filter(({ couldShow }) => couldShow.includes(belief))
              .sort((a, b) => b.at - a.at || (a.itemId < b.itemId ? 1 : -1))
              .slice(0, LAST_QUESTIONS);
            const shown = last.filter(({ shows }) => shows.includes(belief));
            expect(stances.get(belief)?.held).toBe(
              last.length === 0
                ? undefined
                : last.length === 1
                  ? shown.length === 1
                  : shown.length >= HELD_AT,
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is found or lost one question at a time: showing it at one more never corrects it", () => {
    const lastOnes = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lastOnes, fc.nat(), (shown, pick) => {
        const stance = (shows: boolean[]) =>
          stancesOf(shows.map((one, at) => answer(at, one ? SHOWN : []))).get(BELIEF)?.held;
        const more = shown.map((one, at) => one || at === pick % shown.length);
        if (stance(shown)) expect(stance(more)).toBe(true);
      }),
    );
  });
});
