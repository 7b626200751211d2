import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MAX_QUESTIONS,
  newlyKnown,
  nextConcept,
  type Placement,
  type PlacementConcept,
  settle,
  startPlacement,
} from "#lib/core/placement/index.ts";

/** A curriculum: up to 60 concepts, each needing some that come before it. */
const curriculum: fc.Arbitrary<PlacementConcept[]> = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(), { maxLength: 3 }),
      askable: fc.boolean().map((yes) => yes || undefined),
    }),
    { maxLength: 60 },
  )
  .map((drafts) =>
    drafts.map(({ needs, askable }, i) => ({
      id: `c${i}`,
      needs: i === 0 ? [] : [...new Set(needs.map((n) => `c${n % i}`))],
      askable: askable ?? false,
    })),
  );

/** Plays a placement to its end with somebody who answers as told. @returns every state it went through */
function play(concepts: PlacementConcept[], seed: number, answer: (id: string, turn: number) => boolean) {
  const states: Placement[] = [startPlacement(concepts)];
  for (;;) {
    const placement = states.at(-1) as Placement;
    const id = nextConcept(placement, seed);
    if (id === null) return states;
    states.push(settle(placement, id, answer(id, placement.asked.length)));
  }
}

const seeds = fc.nat({ max: 0xffffffff });
const answers = fc.func(fc.boolean());

describe("a placement", () => {
  it("never asks more than twelve questions, none twice, and ends", () => {
    fc.assert(
      fc.property(curriculum, seeds, answers, (concepts, seed, answer) => {
        const { asked } = play(concepts, seed, answer).at(-1) as Placement;
        expect(asked.length).toBeLessThanOrEqual(MAX_QUESTIONS);
        expect(new Set(asked).size).toBe(asked.length);
      }),
    );
  });

  it("ends before that only when nothing open can be asked", () => {
    fc.assert(
      fc.property(curriculum, seeds, answers, (concepts, seed, answer) => {
        const { asked, standing } = play(concepts, seed, answer).at(-1) as Placement;
        fc.pre(asked.length < MAX_QUESTIONS);
        expect(concepts.filter(({ id, askable }) => askable && !standing.has(id))).toEqual([]);
      }),
    );
  });

  it("settles more with every answer and takes nothing back", () => {
    fc.assert(
      fc.property(curriculum, seeds, answers, (concepts, seed, answer) => {
        const states = play(concepts, seed, answer);
        for (const [i, after] of states.entries()) {
          const before = states[i - 1];
          if (!before) continue;
          expect(after.standing.size).toBeGreaterThan(before.standing.size);
          expect(new Map([...after.standing, ...before.standing])).toEqual(after.standing);
        }
      }),
    );
  });

  it("holds for known only what stands on known ground, and for unknown all that needs it", () => {
    fc.assert(
      fc.property(curriculum, seeds, answers, (concepts, seed, answer) => {
        const { standing } = play(concepts, seed, answer).at(-1) as Placement;
        for (const { id, needs } of concepts) {
          if (standing.get(id) === "known")
            expect(needs.every((need) => standing.get(need) === "known")).toBe(true);
          if (needs.some((need) => standing.get(need) === "unknown"))
            expect(standing.get(id)).toBe("unknown");
        }
      }),
    );
  });

  it("finds nothing wrong about somebody whose knowledge stands on itself", () => {
    fc.assert(
      fc.property(curriculum, seeds, fc.nat(), (concepts, seed, cut) => {
        // Who knows the first so many concepts of a teaching order knows all that these need.
        const known = new Set(concepts.slice(0, cut % (concepts.length + 1)).map(({ id }) => id));
        const { standing } = play(concepts, seed, (id) => known.has(id)).at(-1) as Placement;
        for (const [id, said] of standing) expect(said).toBe(known.has(id) ? "known" : "unknown");
      }),
    );
  });

  it("is the same for the same seed and answers", () => {
    fc.assert(
      fc.property(curriculum, seeds, answers, (concepts, seed, answer) => {
        expect(play(concepts, seed, answer)).toEqual(play(concepts, seed, answer));
      }),
      { numRuns: 50 },
    );
  });

  it("leaves what is settled as it is, and concepts it does not have alone", () => {
    const placement = settle(startPlacement([{ id: "a", needs: [], askable: true }]), "a", true);
    expect(settle(placement, "a", false)).toBe(placement);
    expect(settle(placement, "gone", true)).toBe(placement);
  });

  it("begins in the middle of a chain and halves what is open", () => {
    const chain = Array.from({ length: 31 }, (_, i) => ({
      id: `c${i}`,
      needs: i === 0 ? [] : [`c${i - 1}`],
      askable: true,
    }));
    const states = play(chain, 1, (id) => Number(id.slice(1)) < 10);
    expect(states[1]?.asked).toEqual(["c15"]);
    expect(states.at(-1)?.asked.length).toBeLessThanOrEqual(5);
    expect(states.at(-1)?.standing.size).toBe(31);
  });

  it("says what an answer made known", () => {
    const chain = ["a", "b", "c"].map((id, i) => ({
      id,
      needs: i === 0 ? [] : [["a", "b"][i - 1] as string],
      askable: true,
    }));
    const start = startPlacement(chain);
    const after = settle(start, "b", true);
    expect(newlyKnown(start, after).sort()).toEqual(["a", "b"]);
    expect(newlyKnown(after, settle(after, "c", false))).toEqual([]);
  });
});
