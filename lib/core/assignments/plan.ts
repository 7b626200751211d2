import { RATINGS } from "../reviews/event.ts";
import {
  createScheduler,
  DAY_MS,
  DEFAULT_DECAY,
  MAX_ASSIGNED_PER_DAY,
  NEW_MEMORY,
} from "../scheduling/index.ts";

/** Where somebody stands with an assignment. Shares are 0 to 1. */
export interface Standing {
  /** Active items of the assigned concepts … */
  items: number;
  /** … and how many of them were ever answered. */
  seen: number;
  /** Mean over the concepts of the share of items seen. */
  coverage: number;
  /** Readiness over the concepts (mean predicted recall, never seen = 0) now … */
  readiness: number;
  /** … and at the due moment if nothing more is studied; once that has passed, what was noted then. */
  readinessAtDue: number;
  /** New cards of the assignment introduced within the last `paceDays` days. */
  introducedLately: number;
  /** Days over which that was counted: since assigned, at most `PACE_DAYS`, at least 1. */
  paceDays: number;
  /** Whether the final check is passed; null where there is none. */
  examPassed: boolean | null;
}

/** What is asked of them. */
export interface Goal {
  /** ms since the epoch. */
  dueAt: number;
  /** Readiness to be had at the due moment, 0 to 1; null where only the final check counts. */
  readinessTarget: number | null;
  hasExam: boolean;
}

/**
 * - `done`: every condition holds, with nothing more to study until the due moment.
 * - `overdue`: the due moment has passed, and it is not done.
 * - `notStarted`: nothing was seen, and no final check passed.
 * - `behind`: at the learner's pace the target will not be reached.
 * - `onTrack`: the rest.
 */
export type Status = "done" | "onTrack" | "behind" | "notStarted" | "overdue";

/**
 * What stands most in the way:
 * - `newCards`: too few new cards a day.
 * - `reviews`: what was learned is not being reviewed, and fades.
 * - `retention`: reviews keep cards below the target even when all are kept up; the desired retention must rise.
 * - `exam`: only the final check is missing.
 */
export type Obstacle = "newCards" | "reviews" | "retention" | "exam";

export interface Plan {
  status: Status;
  /** Days on which there is something to be done, today's included; 0 once the due moment has passed. */
  daysLeft: number;
  /** Assigned cards never seen. */
  newLeft: number;
  /** The fewest new cards a day, from today on, by which the goal is reached when reviews are kept up. */
  newPerDayNeeded: number;
  /** New cards a day of late. */
  pace: number;
  /** Answering all that remains until the due moment, reviews included, at the learner's speed. A rough estimate. */
  minutesLeft: number;
  minutesPerDay: number;
  /** Whether it can be reached at all: in time, by at most `MAX_ASSIGNED_PER_DAY` new cards a day, reviews kept up. */
  reachable: boolean;
  /** Readiness at the due moment at the learner's pace, in new cards and in reviews. */
  projectedReadiness: number;
  /** Null where nothing is in the way. */
  obstacle: Obstacle | null;
  /** What would make it reachable; each null where that alone would not. Only for who is behind. */
  wouldReach: {
    newPerDay: number | null;
    /** The due moment by which it is reached at the pace of late, ms since the epoch. */
    dueAt: number | null;
    /** The lowest desired retention that keeps cards above the target. */
    desiredRetention: number | null;
  };
}

/** A pace is counted over so many days at most: what was done a month ago says little of what will be. */
export const PACE_DAYS = 14;
/** Before so many days have passed there is no pace to judge by, and who has begun is taken to go on as needed. */
const PACE_KNOWN_DAYS = 3;
/** Answers on the day a card is learned: both learning steps, and one more for every second card, which is wrong at first. */
const ANSWERS_TO_LEARN = 2.5;
const RETENTIONS = Array.from({ length: 28 }, (_, i) => (70 + i) / 100);
const NOTHING: Plan["wouldReach"] = { newPerDay: null, dueAt: null, desiredRetention: null };

/**
 * Mean recall of a card that is reviewed whenever its recall has fallen to the desired retention r: the mean of the FSRS-6
 * forgetting curve R(t) = (1 + f·t/S)^−d over the interval that ends where R = r. With U = r^(−1/d) − 1 that is
 *
 *     ((1 + U)^(1−d) − 1) / ((1 − d)·U)
 *
 * whatever the stability S. d is w20 of the default weights (0.1542): 0.943 for r = 0.9.
 * @param desiredRetention 0 to 1, both excluded
 */
export function keptReadiness(desiredRetention: number): number {
  const u = desiredRetention ** (-1 / DEFAULT_DECAY) - 1;
  return ((1 + u) ** (1 - DEFAULT_DECAY) - 1) / ((1 - DEFAULT_DECAY) * u);
}

/**
 * Judges a standing against its goal and plans what remains.
 *
 * The readiness projected for the due moment has two parts. What was seen has, kept up by reviews, `keptReadiness`, and not
 * less than it would have with no review at all; if its recall is below the desired retention already, then reviews are not
 * being kept up, and it is projected as it is. What was not seen counts 0 but for the share of it that will have been
 * learned by then, at so many new cards a day, which counts as kept:
 *
 *     projected = max(readinessAtDue, held × coverage) + kept × (1 − coverage) × min(1, pace × daysLeft / newLeft)
 *
 * Without a target, every card is to be seen before the final check is due.
 * @param options.now ms since the epoch
 * @param options.answerMs what an answer takes the learner, in ms
 * @param options.desiredRetention the learner's
 */
export function planOf(
  standing: Standing,
  goal: Goal,
  { now, answerMs, desiredRetention }: { now: number; answerMs: number; desiredRetention: number },
): Plan {
  const { items, seen, coverage, readiness, readinessAtDue } = standing;
  const target = goal.readinessTarget;
  const daysLeft = Math.max(0, Math.ceil((goal.dueAt - now) / DAY_MS));
  const newLeft = items - seen;
  const pace = standing.introducedLately / standing.paceDays;

  const kept = keptReadiness(desiredRetention);
  const recallOfSeen = coverage > 0 ? readiness / coverage : 1;
  const held = recallOfSeen < desiredRetention ? recallOfSeen : kept;
  const project = (perDay: number, days: number, recall: number) =>
    Math.min(
      1,
      Math.max(readinessAtDue, recall * coverage) +
        kept * (1 - coverage) * (newLeft > 0 ? Math.min(1, (perDay * days) / newLeft) : 0),
    );

  const needed = newCardsNeeded(standing, target, kept);
  const attainable = target === null || project(newLeft, 1, kept) >= target;
  const newPerDayNeeded = Math.ceil(needed / Math.max(1, daysLeft));
  const reachable = attainable && daysLeft > 0 && newPerDayNeeded <= MAX_ASSIGNED_PER_DAY;
  const expected =
    standing.paceDays < PACE_KNOWN_DAYS
      ? Math.max(pace, Math.min(newPerDayNeeded, MAX_ASSIGNED_PER_DAY))
      : pace;
  const projectedReadiness = project(expected, daysLeft, held);

  const isReady = target === null || readinessAtDue >= target;
  const isDone = isReady && (!goal.hasExam || standing.examPassed === true);
  const enoughNew = expected * daysLeft >= needed;
  const willBeReady = target === null ? enoughNew : isReady || projectedReadiness >= target;

  const status = statusOf();
  const late = status === "behind" || status === "overdue" || (status === "notStarted" && !reachable);
  const minutesLeft =
    isDone || daysLeft === 0
      ? 0
      : (answersUntil(daysLeft, seen, newLeft, desiredRetention) * answerMs) / 60_000;
  return {
    status,
    daysLeft,
    newLeft,
    newPerDayNeeded: isDone ? 0 : newPerDayNeeded,
    pace,
    minutesLeft,
    minutesPerDay: daysLeft === 0 ? 0 : minutesLeft / daysLeft,
    reachable: isDone || reachable,
    projectedReadiness,
    obstacle: obstacle(),
    wouldReach: late ? remedies() : NOTHING,
  };

  function statusOf(): Status {
    if (isDone) return "done";
    if (now >= goal.dueAt) return "overdue";
    if (seen === 0 && !standing.examPassed) return "notStarted";
    return willBeReady ? "onTrack" : "behind";
  }

  function obstacle(): Obstacle | null {
    if (isDone) return null;
    if (isReady && needed === 0) return "exam";
    if (!attainable) return "retention";
    if (!enoughNew) return "newCards";
    return willBeReady ? null : "reviews";
  }

  function remedies(): Plan["wouldReach"] {
    const days = !enoughNew && pace > 0 ? Math.ceil(needed / pace) : null;
    const enough = RETENTIONS.find((retention) => target === null || keptReadiness(retention) >= target);
    return {
      newPerDay: reachable && !enoughNew ? newPerDayNeeded : null,
      dueAt: attainable && days !== null ? now + days * DAY_MS : null,
      desiredRetention: attainable ? null : (enough ?? null),
    };
  }
}

/** New cards that are yet to be learned for the target, reviews kept up: all of them where there is none. */
function newCardsNeeded(
  { items, seen, coverage, readinessAtDue }: Standing,
  target: number | null,
  kept: number,
): number {
  const newLeft = items - seen;
  if (target === null) return newLeft;
  const missing = target - Math.max(readinessAtDue, kept * coverage);
  if (missing <= 0 || newLeft === 0) return 0;
  return Math.min(newLeft, Math.ceil((missing * newLeft) / (kept * (1 - coverage))));
}

/**
 * Answers until the due moment, in the given days. A new card takes those of the day on which it is learned, the days spread
 * evenly, and its returns after that; a seen one is taken to be in its second rest, at any point of it. Rests are those of
 * FSRS-6 when each answer is Good; each return costs one more answer for the share that is forgotten.
 */
function answersUntil(days: number, seen: number, newLeft: number, desiredRetention: number): number {
  const [first = 1, second = 1, ...later] = restsOf(desiredRetention);
  let returnsOfNew = 0;
  let returnsOfSeen = 0;
  let afterNew = 0;
  for (const rest of [first, second, ...later]) {
    afterNew += rest;
    returnsOfNew += Math.max(0, days - afterNew) / days;
  }
  let afterSeen = 0;
  for (const rest of later) {
    returnsOfSeen += Math.min(1, Math.max(0, (days - afterSeen) / second));
    afterSeen += rest;
  }
  const answersPerReturn = 2 - desiredRetention;
  return (
    newLeft * (ANSWERS_TO_LEARN + returnsOfNew * answersPerReturn) + seen * returnsOfSeen * answersPerReturn
  );
}

const rests = new Map<number, number[]>();

/** The rests, in days, of a card whose answers are all Good. */
function restsOf(desiredRetention: number): number[] {
  const known = rests.get(desiredRetention);
  if (known) return known;
  const scheduler = createScheduler({ weights: null, desiredRetention }, { fuzz: false });
  const days: number[] = [];
  let memory = NEW_MEMORY;
  for (let at = 0; days.length < 6; at = memory.due) {
    memory = scheduler.review(memory, RATINGS.good, at);
    if (memory.state === "review") days.push(memory.scheduledDays);
  }
  rests.set(desiredRetention, days);
  return days;
}
