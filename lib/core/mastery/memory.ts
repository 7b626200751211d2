import type { ForgettingCurve } from "../scheduling/index.ts";
import type { Readiness } from "./readiness.ts";

/** The concepts that have active items, in teaching order; elsewhere a concept is given by its place in it. */
export interface Catalogue {
  concepts: readonly string[];
  /** How many active items each has. */
  items: readonly number[];
}

/**
 * The cards somebody has seen, column by column: figures of a team go through hundreds of thousands, for which objects would take
 * longer than all that is computed from them. Moments are ms since the epoch.
 */
export interface SeenCards {
  /** Theirs are from here … */
  from: number;
  /** … to here, not included: several people may share the columns. */
  to: number;
  /** Of each card the place of its concept in the catalogue. */
  concept: Int32Array;
  /** In days. */
  stability: Float64Array;
  lastReview: Float64Array;
  introducedAt: Float64Array;
}

/** What somebody remembers, summed up by concept: what every figure over concepts is made from. */
export interface Memory {
  cards: SeenCards;
  /** Of each concept of the catalogue, how many of its items were seen. */
  seen: readonly number[];
  /** Of each concept, the chances of recall of those items added up, at a moment. */
  chancesAt(at: number): readonly number[];
}

/**
 * Chances are computed once for each moment: several figures are about the same cards.
 * @param concepts how many the catalogue has
 */
export function memoryFrom(cards: SeenCards, recallChance: ForgettingCurve, concepts: number): Memory {
  const { from, to, concept, stability, lastReview } = cards;
  const sumUp = (addend: (n: number) => number) => {
    const sums = new Array<number>(concepts).fill(0);
    for (let n = from; n < to; n++) {
      const place = concept[n] ?? 0;
      sums[place] = (sums[place] ?? 0) + addend(n);
    }
    return sums;
  };
  const known = new Map<number, readonly number[]>();
  return {
    cards,
    seen: sumUp(() => 1),
    chancesAt(at) {
      const before = known.get(at);
      if (before) return before;
      const sums = sumUp((n) => recallChance(stability[n] ?? 0, at - (lastReview[n] ?? 0)));
      known.set(at, sums);
      return sums;
    },
  };
}

const NOTHING = new Float64Array();
export const NO_MEMORY: Memory = {
  cards: {
    from: 0,
    to: 0,
    concept: new Int32Array(),
    stability: NOTHING,
    lastReview: NOTHING,
    introducedAt: NOTHING,
  },
  seen: [],
  chancesAt: () => [],
};

/** What a figure is over: some concepts of a catalogue. */
export interface Scope {
  /** Those that count: with active items. */
  concepts: readonly string[];
  /** Active items of all of them. */
  items: number;
  /** What each item of a concept weighs, by the concept's place in the catalogue; 0 outside. */
  weights: Float64Array;
}

/** A scope in which each concept counts the same, and so does each item within it. */
export function scopeOf(concepts: Iterable<string>, catalogue: Catalogue): Scope {
  const wanted = new Set(concepts);
  const counted = catalogue.concepts.filter((id) => wanted.has(id));
  const weights = new Float64Array(catalogue.concepts.length);
  let items = 0;
  for (const [place, own] of catalogue.items.entries()) {
    if (!wanted.has(catalogue.concepts[place] ?? "")) continue;
    weights[place] = 1 / counted.length / own;
    items += own;
  }
  return { concepts: counted, items, weights };
}

/** Readiness over a scope: the plain mean of the readiness of its concepts. */
export function readinessIn({ weights }: Scope, { seen, chancesAt }: Memory, at: number): Readiness {
  const chances = chancesAt(at);
  let [chance, coverage] = [0, 0];
  for (let place = 0; place < seen.length; place++) {
    const weight = weights[place] ?? 0;
    chance += weight * (chances[place] ?? 0);
    coverage += weight * (seen[place] ?? 0);
  }
  return { chance, coverage };
}

/** Readiness of each concept of the catalogue, in its order. */
export function readinessByConcept(
  { items }: Catalogue,
  { seen, chancesAt }: Memory,
  at: number,
): Readiness[] {
  const chances = chancesAt(at);
  return items.map((count, place) => ({
    chance: (chances[place] ?? 0) / count,
    coverage: (seen[place] ?? 0) / count,
  }));
}
