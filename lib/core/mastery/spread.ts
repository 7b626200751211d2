/** A mean over people and how much it rests on which people they are. */
export interface MeanOfPeople {
  mean: number;
  /**
   * Half of the 95 % interval of the mean: 1.96 standard errors, s/√n. Null for fewer than two people, of whom nothing can be
   * said. It tells what difference it makes who is in the team; it does not hold what a forgetting curve may be wrong by.
   */
  margin: number | null;
  people: number;
}

/** Two-sided 95 % of the normal distribution. */
const Z95 = 1.96;

/** The mean of one value for each person; null where there is nobody. */
export function meanOfPeople(values: readonly number[]): MeanOfPeople | null {
  const people = values.length;
  if (people === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / people;
  if (people === 1) return { mean, margin: null, people };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (people - 1);
  return { mean, margin: Z95 * Math.sqrt(variance / people), people };
}

/**
 * Share of a concept's items that must have been seen before its readiness says how well it is known. Below, it says mostly
 * how much was not looked at yet.
 */
export const ENOUGH_COVERAGE = 0.5;
