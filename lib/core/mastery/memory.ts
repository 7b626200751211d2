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

/** What somebody remembers. */
export interface Memory {
  cards: SeenCards;
  /** The chance of recall of each of the cards, in their order, from 0 on, at a moment. */
  chancesAt(at: number): Float64Array;
}

/** Chances are computed once for each moment: several figures are about the same cards. */
export function memoryFrom(cards: SeenCards, recallChance: ForgettingCurve): Memory {
  const known = new Map<number, Float64Array>();
  return {
    cards,
    chancesAt(at) {
      const before = known.get(at);
      if (before) return before;
      const { from, to, stability, lastReview } = cards;
      const chances = new Float64Array(to - from);
      for (let n = from; n < to; n++)
        chances[n - from] = recallChance(stability[n] ?? 0, at - (lastReview[n] ?? 0));
      known.set(at, chances);
      return chances;
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
  chancesAt: () => NOTHING,
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
export function readinessIn({ weights }: Scope, { cards, chancesAt }: Memory, at: number): Readiness {
  const chances = chancesAt(at);
  let [chance, coverage] = [0, 0];
  for (let n = cards.from; n < cards.to; n++) {
    const weight = weights[cards.concept[n] ?? 0] ?? 0;
    chance += weight * (chances[n - cards.from] ?? 0);
    coverage += weight;
  }
  return { chance, coverage };
}

/** Readiness of each concept of the catalogue, in its order. */
export function readinessByConcept(
  { items }: Catalogue,
  { cards, chancesAt }: Memory,
  at: number,
): Readiness[] {
  const cells = items.map(() => ({ chance: 0, coverage: 0 }));
  const chances = chancesAt(at);
  for (let n = cards.from; n < cards.to; n++) {
    const cell = cells[cards.concept[n] ?? 0];
    if (!cell) continue;
    cell.chance += chances[n - cards.from] ?? 0;
    cell.coverage++;
  }
  for (const [place, cell] of cells.entries()) {
    cell.chance /= items[place] ?? 1;
    cell.coverage /= items[place] ?? 1;
  }
  return cells;
}
