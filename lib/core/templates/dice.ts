import { randomFrom } from "../questions/random.ts";

/** Draws of a template, all from one seed: the same seed draws the same for ever. */
export interface Dice {
  /** A whole number, both ends included. */
  between(first: number, last: number): number;
  /** True with a chance from 0 to 1. */
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** Some of the values, each at most once, in a drawn order. */
  some<T>(values: readonly T[], count: number): T[];
}

export function diceFrom(seed: number): Dice {
  const random = randomFrom(seed);
  const between = (first: number, last: number) => first + Math.floor(random() * (last - first + 1));
  return {
    between,
    chance: (probability) => random() < probability,
    pick: (values) => {
      if (values.length === 0) throw new Error("There is nothing to pick from");
      return values[between(0, values.length - 1)]!;
    },
    some: (values, count) => {
      const left = [...values];
      return Array.from(
        { length: Math.min(count, values.length) },
        () => left.splice(between(0, left.length - 1), 1)[0]!,
      );
    },
  };
}
