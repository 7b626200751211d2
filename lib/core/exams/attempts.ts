const HOUR_MS = 3_600_000;

/** What bounds the attempts at an exam. */
export interface ExamRules {
  maxAttempts: number;
  /** From the end of an attempt to the begin of the next. */
  waitHours: number;
}

/** An attempt as far as it decides about the next one. Moments are ms since the epoch. */
export interface Attempt {
  /** Until when answers are taken. */
  deadline: number;
  /** When it was handed in, or its deadline when that passed; null until then. */
  submittedAt: number | null;
  passed: boolean | null;
}

/** What somebody may do about an exam now. */
export type ExamStanding =
  /** Begin an attempt. */
  | { may: "start"; attemptsLeft: number }
  /** Go on with the one that is open. */
  | { may: "resume" }
  /** Begin the next one, but not before a moment. */
  | { may: "wait"; until: number; attemptsLeft: number }
  /** Nothing more: it is passed, all attempts are used up, or the assignment is closed. */
  | { may: "nothing"; why: "passed" | "used-up" | "closed" };

/**
 * What the attempts so far allow. One is open at a time; an open one whose deadline has passed has ended at its deadline,
 * whether or not anybody has graded it yet.
 * @param closed whether the assignment takes no new attempts; an open one may still be finished
 * @param now ms since the epoch
 */
export function standingOf(
  attempts: readonly Attempt[],
  { maxAttempts, waitHours }: ExamRules,
  { closed, now }: { closed: boolean; now: number },
): ExamStanding {
  if (attempts.some(({ submittedAt, deadline }) => submittedAt === null && now < deadline)) {
    return { may: "resume" };
  }
  if (attempts.some(({ passed }) => passed)) return { may: "nothing", why: "passed" };
  if (closed) return { may: "nothing", why: "closed" };
  const attemptsLeft = Math.max(0, maxAttempts - attempts.length);
  if (attemptsLeft === 0) return { may: "nothing", why: "used-up" };
  const ends = attempts.map(({ submittedAt, deadline }) => submittedAt ?? deadline);
  const until = Math.max(...ends) + waitHours * HOUR_MS;
  return now < until ? { may: "wait", until, attemptsLeft } : { may: "start", attemptsLeft };
}

/**
 * Whether the last word was said: no attempt is open, and none will come. Not before that may keys be shown, since the next
 * attempt may ask the same.
 */
export function isOver(
  attempts: readonly Pick<Attempt, "submittedAt" | "passed">[],
  { maxAttempts }: Pick<ExamRules, "maxAttempts">,
  closed: boolean,
): boolean {
  if (attempts.some(({ submittedAt }) => submittedAt === null)) return false;
  return closed || attempts.length >= maxAttempts || attempts.some(({ passed }) => passed);
}

/**
 * What an attempt is worth: the share of its items that are right, all or nothing each, and whether that is enough. What
 * was not answered is not right.
 */
export function scoreOf(
  items: readonly { correct: boolean }[],
  passMark: number,
): { score: number; passed: boolean } {
  const right = items.filter(({ correct }) => correct).length;
  const score = items.length === 0 ? 0 : right / items.length;
  return { score, passed: items.length > 0 && score >= passMark };
}
