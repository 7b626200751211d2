import { describe, expect, it } from "vitest";
import { RATINGS, type Rating } from "#lib/core/reviews/event.ts";
import {
  type CardMemory,
  createScheduler,
  DAY_MS,
  MAX_INTERVAL_DAYS,
  NEW_MEMORY,
} from "#lib/core/scheduling/index.ts";

/**
 * Vectors of two other FSRS-6 implementations, which share no code with ts-fsrs: py-fsrs in Python
 * (open-spaced-repetition/py-fsrs, tests/test_basic.py at 120420b704e8) and fsrs-rs in Rust
 * (open-spaced-repetition/fsrs-rs, src/inference.rs, `test_memory_state` and the documented new-card states).
 */
const START = Date.UTC(2022, 10, 29, 12, 30);
const { again, hard, good, easy } = RATINGS;
const exact = createScheduler({ weights: null, desiredRetention: 0.9 }, { fuzz: false });

function play(ratings: readonly Rating[], at: (memory: CardMemory, index: number) => number): CardMemory[] {
  const memories: CardMemory[] = [];
  for (const [index, rating] of ratings.entries()) {
    const before = memories.at(-1) ?? { ...NEW_MEMORY, due: START };
    memories.push(exact.review(before, rating, at(before, index)));
  }
  return memories;
}
const wholeDays = (memory: CardMemory) => Math.floor((memory.due - (memory.lastReview ?? 0)) / DAY_MS);

describe("FSRS-6 against py-fsrs and fsrs-rs", () => {
  it("test_review_card: gives the same intervals when each card is reviewed on its due date", () => {
    const ratings = [good, good, good, good, good, good, again, again, good, good, good, good, good];
    const memories = play(ratings, (before) => before.due);
    // py-fsrs allows 36,500 days; ours are cut at a year, which only the sixth interval (497) reaches.
    expect(memories.slice(0, 5).map(wholeDays)).toEqual([0, 2, 11, 46, 163]);
    expect(memories[5] && wholeDays(memories[5])).toBe(MAX_INTERVAL_DAYS);
  });

  it("test_memory_state: gives the same stability and difficulty", () => {
    let now = START;
    const moments = [0, 0, 1, 3, 8, 21].map((days) => {
      now += days * DAY_MS;
      return now;
    });
    const last = play([again, good, good, good, good, good], (_, index) => moments[index] ?? 0).at(-1);
    expect(last?.stability).toBeCloseTo(53.62691, 4);
    expect(last?.difficulty).toBeCloseTo(6.3574867, 4);
  });

  it.each([
    [again, 0.212, 6.4133],
    [hard, 1.2931, 5.1121707],
    [good, 2.3065, 2.118104],
    [easy, 8.2956, 1],
  ])("new card rated %i: the same initial stability and difficulty", (rating, stability, difficulty) => {
    const [memory] = play([rating], () => START);
    expect(memory?.stability).toBeCloseTo(stability, 4);
    expect(memory?.difficulty).toBeCloseTo(difficulty, 4);
  });

  it("test_repeated_correct_reviews: Easy ten times in a row is as easy as can be", () => {
    expect(play(Array(10).fill(easy), (_, index) => START + index).at(-1)?.difficulty).toBe(1);
  });

  it.each([
    { name: "test_good_learning_steps", rating: good, seconds: 600, state: "learning" },
    { name: "test_again_learning_steps", rating: again, seconds: 60, state: "learning" },
    { name: "test_hard_learning_steps", rating: hard, seconds: 330, state: "learning" },
  ])("$name: first step", ({ rating, seconds, state }) => {
    const [memory] = play([rating], () => START);
    expect(memory?.state).toBe(state);
    // py-fsrs takes 5.5 minutes for Hard, ts-fsrs rounds the minutes up to 6.
    expect(Math.abs(((memory?.due ?? 0) - START) / 1000 - seconds)).toBeLessThanOrEqual(30);
  });

  it("test_relearning: a forgotten card comes back in ten minutes, and Good sends it on", () => {
    const memories = play([good, good, good, again, good], (before) => before.due);
    expect(memories[3]).toMatchObject({ state: "relearning", lapses: 1 });
    expect((memories[3]?.due ?? 0) - (memories[3]?.lastReview ?? 0)).toBe(600_000);
    expect(memories[4]?.state).toBe("review");
  });
});

describe("scheduler", () => {
  const fuzzy = createScheduler({ weights: null, desiredRetention: 0.9 });
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
