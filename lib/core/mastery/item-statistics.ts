import { medianOf } from "../collections.ts";
/**
 * How well questions work, from the first answers that members of a group gave to them: classical item analysis. Each person
 * counts once per question; later answers say what was learned, not how the question asks.
 */

/** The first answer of a person to a question. */
export interface FirstAnswer {
  itemId: string;
  right: boolean;
  /** From question shown to answer given. */
  durationMs: number;
  /** Ids of the options chosen; empty for kinds without options. */
  chosen: readonly string[];
}

/** How many people answered a question how. */
export interface ItemTally {
  /** People. */
  count: number;
  /** Of whom got it right. */
  right: number;
  /** Of each, in no order. */
  durations: number[];
  /** Option id → how many chose it. */
  chosen: Map<string, number>;
  discrimination: Discrimination;
}

/** A discrimination and the people it rests on: those who answered another question, too. */
export interface Discrimination {
  count: number;
  /** −1 to 1; null where there is nothing to correlate. */
  r: number | null;
}

/**
 * Tallies first answers by question.
 * @param people the first answers of each person, at most one to a question
 */
export function tallyItems(people: Iterable<readonly FirstAnswer[]>): Map<string, ItemTally> {
  const tallies = new Map<string, ItemTally & { sums: FirstTrySums }>();
  for (const answers of people) {
    const rightOfAll = answers.reduce((sum, { right }) => sum + Number(right), 0);
    for (const { itemId, right, durationMs, chosen } of answers) {
      let tally = tallies.get(itemId);
      if (!tally) {
        const sums = { count: 0, right: 0, rest: 0, restSquared: 0, restOfRight: 0 };
        tally = { count: 0, right: 0, durations: [], chosen: new Map(), sums, discrimination: NONE };
        tallies.set(itemId, tally);
      }
      tally.count++;
      if (right) tally.right++;
      tally.durations.push(durationMs);
      for (const option of chosen) tally.chosen.set(option, (tally.chosen.get(option) ?? 0) + 1);
      if (answers.length > 1) {
        const rest = (rightOfAll - Number(right)) / (answers.length - 1);
        addTry(tally.sums, { right, rest });
      }
    }
  }
  return new Map(
    [...tallies].map(([itemId, { sums, ...tally }]) => [
      itemId,
      { ...tally, discrimination: { count: sums.count, r: pointBiserial(sums) } },
    ]),
  );
}

const NONE: Discrimination = { count: 0, r: null };

/** One person's first answer to a question, beside how that person did on the others. */
export interface FirstTry {
  right: boolean;
  /** Share of the person's first answers to the other questions that is right, 0 to 1. */
  rest: number;
}

/** The sums that a discrimination is computed from, in one pass over many. */
export interface FirstTrySums {
  count: number;
  right: number;
  /** Sum of `rest` over all, of its squares, and over those who got it right. */
  rest: number;
  restSquared: number;
  restOfRight: number;
}

function addTry(sums: FirstTrySums, { right, rest }: FirstTry): void {
  sums.count++;
  sums.rest += rest;
  sums.restSquared += rest * rest;
  if (!right) return;
  sums.right++;
  sums.restOfRight += rest;
}

export function sumsOf(tries: readonly FirstTry[]): FirstTrySums {
  const sums = { count: 0, right: 0, rest: 0, restSquared: 0, restOfRight: 0 };
  for (const one of tries) addTry(sums, one);
  return sums;
}

/**
 * Fewest people from whom a discrimination is shown. Its standard error is about 1/√n, so from 15 on it is known to about a
 * quarter, which tells a question that works from one that misleads, and no more.
 */
export const MIN_DISCRIMINATION_COUNT = 15;

/**
 * Discrimination of a question: the corrected point-biserial correlation between getting it right and the share right on the
 * other questions, −1 to 1. About 0.2 and more is usual for questions that tell who knows from who does not; below 0, those
 * who know the rest get this one wrong.
 *
 *     r = (M₁ − M₀) / s · √(p·q)
 *
 * with M₁ and M₀ the mean of `rest` of those who were right and wrong, s its standard deviation over all (with n in the
 * denominator), p the share right and q = 1 − p. It is Pearson's correlation of the 0/1 answer with `rest`. The question itself
 * is kept out of `rest`, without which r would be too high (Henrysson 1963, "Correction of item-total correlations in item
 * analysis", Psychometrika 28; Lord & Novick 1968, "Statistical Theories of Mental Test Scores", ch. 15).
 * @returns null where all were right or all wrong, or all did the same on the rest: there is nothing to correlate
 */
export function pointBiserial({ count, right, rest, restSquared, restOfRight }: FirstTrySums): number | null {
  const wrong = count - right;
  if (right === 0 || wrong === 0) return null;
  const variance = restSquared / count - (rest / count) ** 2;
  // Sums of equal shares differ from equal by rounding.
  if (variance < 1e-12) return null;
  const gap = restOfRight / right - (rest - restOfRight) / wrong;
  const r = (gap / Math.sqrt(variance)) * Math.sqrt((right / count) * (wrong / count));
  return Math.min(1, Math.max(-1, r));
}

/** The discrimination, if enough people stand behind it. */
export const shownDiscrimination = ({ count, r }: Discrimination): number | null =>
  count >= MIN_DISCRIMINATION_COUNT ? r : null;

/** How a question did. */
export interface ItemFigures {
  kind: string;
  /** People whose first answer counts. */
  count: number;
  /** Of whom got it right. */
  right: number;
  discrimination: Discrimination;
  /** Half of the first answers took less than this, in ms. */
  medianMs: number | null;
  /** How many chose each option, of questions with options to choose. */
  options?: readonly { key: boolean; count: number }[] | undefined;
}

/** What can be wrong with a question, by how it is answered. */
export type ItemFlag = "tooEasy" | "tooHard" | "misleading" | "unusedOption" | "slow";

/** Fewest people from whom anything is said of a question at all. */
export const MIN_FLAG_COUNT = 10;
/** Shares right at first try from which a question tells people apart too little to be worth asking … */
export const TOO_EASY = 0.95;
/** … and below which it asks for what nobody was taught, or has the wrong key. */
export const TOO_HARD = 0.25;
/** How many times as long as questions of its kind usually take. */
export const SLOW_FACTOR = 2;

/**
 * Flags of a question. It misleads where its discrimination is below 0 by more than two standard errors: by chance that befalls
 * one in forty questions that do not discriminate, while one error would accuse one in six.
 * @param usualMs what questions of the same kind usually take: the median of their medians, in ms
 */
export function flagsOf(figures: ItemFigures, usualMs: number | null): ItemFlag[] {
  const { count, right, discrimination, medianMs, options = [] } = figures;
  if (count < MIN_FLAG_COUNT) return [];
  const flags: Record<ItemFlag, boolean> = {
    tooEasy: right / count >= TOO_EASY,
    tooHard: right / count <= TOO_HARD,
    misleading:
      shownDiscrimination(discrimination) !== null &&
      (discrimination.r ?? 0) < -2 / Math.sqrt(discrimination.count),
    // Of a question that nearly all get right, wrong options are rarely chosen, and that is said already.
    unusedOption: right / count < TOO_EASY && options.some((option) => !option.key && option.count === 0),
    slow: medianMs !== null && usualMs !== null && medianMs > SLOW_FACTOR * usualMs,
  };
  return (Object.keys(flags) as ItemFlag[]).filter((flag) => flags[flag]);
}

/** What questions of each kind usually take: the median of their median times, in ms. */
export function usualTimes(items: readonly ItemFigures[]): Map<string, number> {
  const usual = new Map<string, number>();
  for (const kind of new Set(items.map((item) => item.kind))) {
    const times = items.flatMap((item) =>
      item.kind === kind && item.count >= MIN_FLAG_COUNT && item.medianMs !== null ? [item.medianMs] : [],
    );
    const middle = medianOf(times);
    if (middle !== null) usual.set(kind, middle);
  }
  return usual;
}
