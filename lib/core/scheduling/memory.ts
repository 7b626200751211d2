/** A learner's memory of one card: what the events of the card fold to. */
export interface CardMemory {
  state: "new" | "learning" | "review" | "relearning";
  /** When it should be shown again, ms since the epoch. Meaningless while `state` is `new`. */
  due: number;
  /** Days after which recall has fallen to 90 % (FSRS S). 0 while new. */
  stability: number;
  /** 1 to 10 (FSRS D). 0 while new. */
  difficulty: number;
  /** Position in the learning or relearning steps. */
  step: number;
  /** The interval last scheduled, in days; 0 while in (re)learning steps. */
  scheduledDays: number;
  /** Answers that counted. */
  reps: number;
  /** Times a learned card was forgotten. */
  lapses: number;
  /** The last answer that counted, ms since the epoch. */
  lastReview: number | null;
  /**
   * The answer by which the card was learned as a new one, ms since the epoch: what the daily limit of new cards counts.
   * `null` also for a card that a placement took for known, which cost the learner nothing of the day.
   */
  introducedAt: number | null;
  suspended: boolean;
  /** Put away until this moment, ms since the epoch. */
  buriedUntil: number | null;
}

export const NEW_MEMORY: CardMemory = {
  state: "new",
  due: 0,
  stability: 0,
  difficulty: 0,
  step: 0,
  scheduledDays: 0,
  reps: 0,
  lapses: 0,
  lastReview: null,
  introducedAt: null,
  suspended: false,
  buriedUntil: null,
};

/** What of a learner's settings decides schedules. */
export interface SchedulingParameters {
  /** FSRS-6 weights, 21 numbers; `null` for the published defaults. */
  weights: readonly number[] | null;
  /** The recall chance at which a card is shown again, 0.7 to 0.97. */
  desiredRetention: number;
}

/** When a learner's day begins. */
export interface DayBoundary {
  /** IANA name, e.g. `Asia/Tokyo`. */
  timeZone: string;
  /** Hour of the local day at which a new study day starts, 0 to 23. */
  dayStartHour: number;
}
