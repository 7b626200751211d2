/** Tenths that scores are counted in. */
const BINS = 10;

/** How many scores are in each tenth: below 10 %, …, 90 % and more. @param scores 0 to 1 */
export function distributionOf(scores: readonly number[]): number[] {
  const bins = Array.from({ length: BINS }, () => 0);
  for (const score of scores) {
    const bin = Math.min(BINS - 1, Math.floor(score * BINS));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}
