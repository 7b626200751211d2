import { addDays, dayOf } from "./day.ts";
import { DAY_MS, MAX_INTERVAL_DAYS, type Scheduler } from "./fsrs.ts";
import type { CardMemory, DayBoundary } from "./memory.ts";

/** The reviews that one day will bring. */
export interface DayLoad {
  /** Study day, `YYYY-MM-DD`. */
  day: string;
  reviews: number;
}

/**
 * How many of the learned cards come due on each of the next days, today first; what is overdue counts for today. A
 * card is counted once, at its next due day: later repetitions depend on answers not yet given.
 */
export function forecastLoad(
  memories: readonly CardMemory[],
  now: number,
  days: number,
  boundary: DayBoundary,
): DayLoad[] {
  const today = dayOf(now, boundary);
  const load = new Map(Array.from({ length: days }, (_, i) => [addDays(today, i), 0]));
  for (const { state, suspended, due, buriedUntil } of memories) {
    if (state === "new" || suspended) continue;
    const day = dayOf(Math.max(due, buriedUntil ?? 0, now), boundary);
    const count = load.get(day);
    if (count !== undefined) load.set(day, count + 1);
  }
  return [...load].map(([day, reviews]) => ({ day, reviews }));
}

/**
 * Minutes of review a day that a desired retention will cost in the long run: each learned card returns once per
 * interval, and a forgotten one is seen once more.
 *
 *     minutes = Σ over cards (1 / interval_days) × (2 − recall chance after the interval) × seconds_per_answer / 60
 *
 * with interval = the time in which the card's recall chance falls to the desired one (FSRS-6 forgetting curve), not
 * shorter than a day and not longer than cards ever rest. Never falls as the retention rises.
 * @param secondsPerAnswer what the learner's answers take
 */
export function minutesPerDay(
  memories: readonly CardMemory[],
  desiredRetention: number,
  secondsPerAnswer: number,
  scheduler: Scheduler,
): number {
  const answers = memories
    .filter(({ state, suspended }) => state !== "new" && !suspended)
    .reduce((sum, memory) => {
      const chanceAfter = (days: number) =>
        scheduler.recallChance(memory, (memory.lastReview ?? 0) + days * DAY_MS);
      const days = daysUntil(desiredRetention, chanceAfter);
      return sum + (2 - chanceAfter(days)) / days;
    }, 0);
  return (answers * secondsPerAnswer) / 60;
}

/** The interval, in days, after which a falling chance has reached `chance`, by bisection. */
function daysUntil(chance: number, chanceAfter: (days: number) => number): number {
  let low = 1;
  let high = MAX_INTERVAL_DAYS;
  if (chanceAfter(low) <= chance) return low;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (chanceAfter(middle) > chance) low = middle;
    else high = middle;
  }
  return high;
}
