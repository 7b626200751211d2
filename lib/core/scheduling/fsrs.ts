import {
  type Card,
  clipParameters,
  default_w,
  type Grade as FsrsGrade,
  forgetting_curve,
  fsrs,
  State,
  StrategyMode,
} from "ts-fsrs";
import { RATINGS, type Rating } from "../reviews/event.ts";
import type { CardMemory, SchedulingParameters } from "./memory.ts";

export const DAY_MS = 86_400_000;

/**
 * No card rests longer than this, in days. FSRS would go on to decades; what AKS recommends changes within a year, so
 * every fact is met again within one.
 */
export const MAX_INTERVAL_DAYS = 365;

/** How fast memory fades by default (FSRS-6's w20): what of the weights a forgetting curve needs. */
export const DEFAULT_DECAY = default_w[20] as number;

/** FSRS-6 for one learner: pure functions of a card's memory and a moment. */
export interface Scheduler {
  /** The memory after an answer at `at` (ms since the epoch). A moment before the last review counts as that review's. */
  review(memory: CardMemory, rating: Rating, at: number): CardMemory;
  /** What each rating would lead to. The interval shown on a button is the one that pressing it gives. */
  preview(memory: CardMemory, at: number): Record<Rating, CardMemory>;
  /**
   * The chance, 0 to 1, that the learner would recall the card at `at`: the FSRS-6 forgetting curve over the time
   * since the last review. 0 for a card that was never answered.
   */
  recallChance(memory: CardMemory, at: number): number;
}

export interface SchedulerOptions {
  /** Spreads due days so that cards learned together do not stay together. Off only to compare with other schedulers. */
  fuzz?: boolean;
  /** Longest rest in days. Another only to compare with other schedulers. */
  maxIntervalDays?: number;
}

const STATES = {
  new: State.New,
  learning: State.Learning,
  review: State.Review,
  relearning: State.Relearning,
} as const satisfies Record<CardMemory["state"], State>;
const STATE_NAMES = Object.fromEntries(
  Object.entries(STATES).map(([name, state]) => [state, name]),
) as Record<State, CardMemory["state"]>;

const RELEARNING_STEPS = ["10m"] as const;

/** Whether these numbers can be FSRS-6 weights: as many as there are, each within the range that the model allows. */
export function areWeights(weights: readonly number[]): boolean {
  const clipped = clipParameters([...weights], RELEARNING_STEPS.length);
  return weights.length === default_w.length && weights.every((weight, i) => weight === clipped[i]);
}

/** Builds the scheduler for a learner's parameters. Throws on weights that FSRS-6 does not accept. */
export function createScheduler(
  { weights, desiredRetention }: SchedulingParameters,
  { fuzz = true, maxIntervalDays = MAX_INTERVAL_DAYS }: SchedulerOptions = {},
): Scheduler {
  const w = weights ?? default_w;
  const engine = fsrs({
    w,
    request_retention: desiredRetention,
    maximum_interval: maxIntervalDays,
    enable_fuzz: fuzz,
    enable_short_term: true,
    learning_steps: ["1m", "10m"],
    relearning_steps: RELEARNING_STEPS,
  });

  /**
   * ts-fsrs counts the UTC midnights between two reviews, which puts breakfast and elevenses in Tokyo a day apart.
   * Giving it times relative to the last review makes it count whole days of 24 hours instead, in every time zone.
   */
  function next(memory: CardMemory, rating: Rating, at: number): CardMemory {
    const origin = memory.lastReview ?? at;
    const now = Math.max(at, origin);
    // Fuzz drawn from the card alone, not from the moment: what the button promised is what happens.
    engine.useStrategy(StrategyMode.SEED, () => `${memory.lastReview ?? 0}_${memory.reps}`);
    const { card } = engine.next(toCard(memory, origin), now - origin, rating as unknown as FsrsGrade);
    // ts-fsrs keeps Hard < Good < Easy apart by a day each, past the maximum if it must.
    const rest = Math.min(card.due.getTime() - (now - origin), maxIntervalDays * DAY_MS);
    return {
      ...memory,
      state: STATE_NAMES[card.state],
      due: now + rest,
      stability: card.stability,
      difficulty: card.difficulty,
      step: card.learning_steps,
      scheduledDays: Math.min(card.scheduled_days, maxIntervalDays),
      reps: card.reps,
      lapses: card.lapses,
      lastReview: now,
      introducedAt: memory.state === "new" ? now : memory.introducedAt,
    };
  }

  return {
    review: next,
    preview: (memory, at) => ({
      1: next(memory, RATINGS.again, at),
      2: next(memory, RATINGS.hard, at),
      3: next(memory, RATINGS.good, at),
      4: next(memory, RATINGS.easy, at),
    }),
    recallChance(memory, at) {
      if (memory.lastReview === null || memory.stability <= 0) return 0;
      return forgetting_curve(w, Math.max(0, at - memory.lastReview) / DAY_MS, memory.stability);
    },
  };
}

function toCard(memory: CardMemory, origin: number): Card {
  return {
    due: new Date(memory.due - origin),
    stability: memory.stability,
    difficulty: memory.difficulty,
    elapsed_days: 0,
    scheduled_days: memory.scheduledDays,
    learning_steps: memory.step,
    reps: memory.reps,
    lapses: memory.lapses,
    state: STATES[memory.state],
    ...(memory.lastReview === null ? {} : { last_review: new Date(memory.lastReview - origin) }),
  };
}
