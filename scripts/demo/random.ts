import { UUID } from "uuidv7";
import { hash, randomFrom } from "#lib/core/questions/index.ts";

/** Everything that the demo leaves to chance: drawn from a seed, so that the same seed makes the same company. */
export interface Chance {
  /** 0 to 1, 1 excluded. */
  next(): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  between(low: number, high: number): number;
  /** A whole number, both ends included. */
  whole(low: number, high: number): number;
  /** From the normal distribution with mean 0 and deviation 1. */
  normal(): number;
  pick<T>(values: readonly T[]): T;
  /** `count` different ones of the values, or all there are. */
  sample<T>(values: readonly T[], count: number): T[];
  /** A UUIDv7 of a moment (ms since the epoch). */
  id(at: number): string;
  /** A source of its own: what is drawn from it shifts nothing that is drawn from others. */
  fork(name: string): Chance;
}

export function chanceFrom(seed: string): Chance {
  const next = randomFrom(hash(seed));
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(values: readonly T[]): T => {
    if (values.length === 0) throw new Error("There is nothing to pick from");
    return values[whole(0, values.length - 1)] as T;
  };
  return {
    next,
    whole,
    pick,
    happens: (probability) => next() < probability,
    between: (low, high) => low + next() * (high - low),
    // Box–Muller.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    sample(values, count) {
      const left = [...values];
      return Array.from(
        { length: Math.min(count, left.length) },
        () => left.splice(whole(0, left.length - 1), 1)[0]!,
      );
    },
    id: (at) => UUID.fromFieldsV7(at, whole(0, 0xfff), whole(0, 0x3fffffff), whole(0, 0xffffffff)).toString(),
    fork: (name) => chanceFrom(`${seed}/${name}`),
  };
}
