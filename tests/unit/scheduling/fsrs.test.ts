import { describe, expect, it } from "vitest";
import { RATINGS, type Rating } from "#lib/core/reviews/event.ts";
import {
  type CardMemory,
  createScheduler,
  DAY_MS,
  MAX_INTERVAL_DAYS,
  NEW_MEMORY,
} from "#lib/core/scheduling/index.ts";
import vectors from "./py-fsrs.vectors.json" with { type: "json" };

/**
 * Numbers of two other FSRS-6 implementations, which share no code with ts-fsrs. Where a test has their test's name, the
 * numbers are the ones written there:
 * - py-fsrs 6.3.1 (open-spaced-repetition/py-fsrs at 3abe686e9c05, tests/test_basic.py)
 * - fsrs-rs 6.6.1 (open-spaced-repetition/fsrs-rs at 0cbb9d3c8fbd, src/inference.rs and src/model.rs)
 *
 * `py-fsrs.vectors.json` holds what py-fsrs 6.3.1 computes, fuzz off and at most 365 days, for histories drawn at random
 * that begin with each rating and are then reviewed on time, early, late, and several times a day. Same-day Hard is left
 * out: there 6.3.1 has an error that 6.3.2 corrects (py-fsrs #155); fsrs-rs stands in for it.
 */
const START = Date.UTC(2022, 10, 29, 12, 30);
const MINUTE_MS = 60_000;
const { again, hard, good, easy } = RATINGS;
const DEFAULTS = { weights: null, desiredRetention: 0.9 };
const exact = createScheduler(DEFAULTS, { fuzz: false });

/** The memory after each rating, given at the moments that `at` names. */
function play(
  ratings: readonly Rating[],
  at: (memory: CardMemory, index: number) => number,
  scheduler = exact,
): CardMemory[] {
  const memories: CardMemory[] = [];
  for (const [index, rating] of ratings.entries()) {
    const before = memories.at(-1) ?? { ...NEW_MEMORY, due: START };
    memories.push(scheduler.review(before, rating, at(before, index)));
  }
  return memories;
}

/** Moments that lie the given distances apart, from the first on. */
function moments(first: number, gaps: readonly number[]): number[] {
  let now = first;
  return gaps.map((gap) => {
    now += gap;
    return now;
  });
}

const wholeDays = (memory: CardMemory) => Math.floor((memory.due - (memory.lastReview ?? 0)) / DAY_MS);

describe("FSRS-6 as py-fsrs computes it", () => {
  it("test_review_card: the same intervals when a card is reviewed whenever it is due", () => {
    const ratings = [good, good, good, good, good, good, again, again, good, good, good, good, good];
    const unbounded = createScheduler(DEFAULTS, { fuzz: false, maxIntervalDays: 36_500 });
    expect(play(ratings, (before) => before.due, unbounded).map(wholeDays)).toEqual([
      0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21,
    ]);
  });

  it("test_repeated_correct_reviews: Easy ten times in a row is as easy as can be", () => {
    expect(play(Array(10).fill(easy), (_, index) => START + index).at(-1)?.difficulty).toBe(1);
  });

  it.each([
    { name: "test_good_learning_steps", rating: good, minutes: 10 },
    { name: "test_again_learning_steps", rating: again, minutes: 1 },
    // 5.5 minutes there; ts-fsrs rounds to whole ones.
    { name: "test_hard_learning_steps", rating: hard, minutes: 6 },
  ])("$name: the same first step", ({ rating, minutes }) => {
    const [memory] = play([rating], () => START);
    expect(memory).toMatchObject({ state: "learning", due: START + minutes * MINUTE_MS });
  });

  it("test_relearning: a forgotten card comes back in ten minutes until it is known, then leaves for a day or more", () => {
    const memories = play([good, good, good, again, again, good], (before) => before.due);
    for (const forgotten of memories.slice(3, 5)) {
      expect(forgotten).toMatchObject({ state: "relearning", lapses: 1 });
      expect(forgotten.due - (forgotten.lastReview ?? 0)).toBe(10 * MINUTE_MS);
    }
    const known = memories.at(-1) as CardMemory;
    expect(known.state).toBe("review");
    expect(wholeDays(known)).toBeGreaterThanOrEqual(1);
  });

  it.each(vectors.histories.map((history, index) => ({ ...history, index })))(
    "history $index: the same states, stabilities, difficulties and recall",
    (history) => {
      const parameters = vectors.parameters[history.parameters as keyof typeof vectors.parameters];
      const scheduler = createScheduler(parameters, { fuzz: false });
      const at = moments(
        Date.UTC(2026, 0, 1, 23, 30),
        history.minutes.map((minutes) => minutes * MINUTE_MS),
      );
      const memories = play(history.ratings as Rating[], (_, index) => at[index] ?? 0, scheduler);
      expect(memories.map(({ state }) => state.slice(0, 3)).join(" ")).toBe(history.states);
      for (const [index, { stability, difficulty }] of memories.entries()) {
        const expected = history.stabilities[index] ?? Number.NaN;
        // The vectors have six places; ts-fsrs rounds to eight at each step, which a long history multiplies.
        expect(Math.abs(stability - expected)).toBeLessThan(1e-6 * (1 + expected));
        expect(difficulty).toBeCloseTo(history.difficulties[index] ?? Number.NaN, 5);
      }
      const last = memories.at(-1) as CardMemory;
      expect(scheduler.recallChance(last, (last.lastReview ?? 0) + 30 * DAY_MS)).toBeCloseTo(
        history.recallChanceAfter30Days,
        5,
      );
    },
  );
});

describe("FSRS-6 as fsrs-rs computes it", () => {
  it("test_memory_state: the same stability and difficulty", () => {
    const ratings = [again, good, good, good, good, good];
    const at = moments(
      START,
      [0, 0, 1, 3, 8, 21].map((days) => days * DAY_MS),
    );
    const last = play(ratings, (_, index) => at[index] ?? 0).at(-1);
    expect(last?.stability).toBeCloseTo(53.62691, 4);
    expect(last?.difficulty).toBeCloseTo(6.3574867, 4);
  });

  it.each([
    [again, 1.596818],
    [hard, 5],
    [good, 5],
    [easy, 8.12961],
  ])("test_next_stability: rated %i again the same day, the same stability", (rating, stability) => {
    const card: CardMemory = {
      ...NEW_MEMORY,
      state: "review",
      stability: 5,
      difficulty: 5,
      lastReview: START,
    };
    expect(exact.review(card, rating, START + 60 * MINUTE_MS).stability).toBeCloseTo(stability, 4);
  });

  it.each([
    [again, 8.341763],
    [hard, 6.6659956],
    [good, 4.990228],
    [easy, 3.3144615],
  ])("test_next_difficulty: rated %i, the same difficulty", (rating, difficulty) => {
    const card: CardMemory = {
      ...NEW_MEMORY,
      state: "review",
      stability: 5,
      difficulty: 5,
      lastReview: START,
    };
    expect(exact.review(card, rating, START + 5 * DAY_MS).difficulty).toBeCloseTo(difficulty, 4);
  });
});

describe("scheduler", () => {
  const fuzzy = createScheduler(DEFAULTS);
  const learned = play([good, good, good, good], (before) => before.due).at(-1) as CardMemory;

  it("keeps the promise of its buttons, whenever they are pressed", () => {
    const at = learned.due;
    const preview = fuzzy.preview(learned, at);
    for (const rating of Object.values(RATINGS)) {
      expect(fuzzy.review(learned, rating, at + 90_000).scheduledDays).toBe(preview[rating].scheduledDays);
    }
  });

  it("spreads cards that were learned together", () => {
    const days = Array.from({ length: 40 }, (_, i) => {
      const sibling = { ...learned, lastReview: (learned.lastReview ?? 0) + i * 1000 };
      return fuzzy.review(sibling, good, learned.due + i * 1000).scheduledDays;
    });
    expect(new Set(days).size).toBeGreaterThan(3);
  });

  it("lets no card rest longer than a year, whatever the rating", () => {
    const strong = play(Array(9).fill(good), (before) => before.due).at(-1) as CardMemory;
    for (const scheduler of [exact, fuzzy]) {
      for (const after of Object.values(scheduler.preview(strong, strong.due))) {
        expect(after.scheduledDays).toBeLessThanOrEqual(MAX_INTERVAL_DAYS);
        expect(wholeDays(after)).toBeLessThanOrEqual(MAX_INTERVAL_DAYS);
      }
    }
    expect(exact.review(strong, easy, strong.due).scheduledDays).toBe(MAX_INTERVAL_DAYS);
  });

  it("takes an answer dated before the last one as given at once", () => {
    const lastReview = learned.lastReview ?? 0;
    expect(fuzzy.review(learned, good, lastReview - DAY_MS)).toEqual(fuzzy.review(learned, good, lastReview));
  });

  it("counts days of 24 hours, not midnights in UTC", () => {
    const beforeMidnight = Date.UTC(2026, 0, 1, 23, 0);
    const card = play([easy], () => beforeMidnight)[0] as CardMemory;
    const acrossMidnight = exact.review(card, good, beforeMidnight + 2 * 3_600_000);
    const sameDay = exact.review(
      { ...card, lastReview: beforeMidnight - 12 * 3_600_000 },
      good,
      beforeMidnight - 10 * 3_600_000,
    );
    expect(acrossMidnight.stability).toBe(sameDay.stability);
  });

  it("says that recall fades: certain at once, the desired retention at the due date, less later", () => {
    const at = (days: number) => exact.recallChance(learned, (learned.lastReview ?? 0) + days * DAY_MS);
    expect(at(0)).toBe(1);
    expect(at(learned.stability)).toBeCloseTo(0.9, 6);
    expect(at(learned.stability * 3)).toBeLessThan(0.85);
    expect(exact.recallChance(NEW_MEMORY, START)).toBe(0);
  });
});
