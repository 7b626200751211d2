import { DAY_MS } from "./fsrs.ts";

/** The chance that a card is recalled, 0 to 1. @param stability in days @param elapsed ms since its last review */
export type ForgettingCurve = (stability: number, elapsed: number) => number;

/**
 * The FSRS-6 forgetting curve of a person, R(t, S) = (1 + f·t/S)^−d with f = 0.9^(−1/d) − 1, so that recall is 90 % after as
 * many days as the stability. `Scheduler.recallChance` says the same to eight digits; this is for hundreds of thousands of cards
 * at once.
 * @param decay d: w20 of the person's weights
 */
export function forgettingCurve(decay: number): ForgettingCurve {
  const perMs = (0.9 ** (-1 / decay) - 1) / DAY_MS;
  // x^−d as e^(−d·ln x), which takes half the time.
  return (stability, elapsed) =>
    stability <= 0 ? 0 : Math.exp(-decay * Math.log1p((perMs * Math.max(0, elapsed)) / stability));
}
