/**
 * Placement: finding out with a dozen questions where in the curriculum somebody stands. Pure; knows concepts and what
 * they need, nothing of questions, storage or screens. What comes of it are review events like any other.
 */
import { shuffle } from "../questions/random.ts";

/** A placement asks at most this many questions: a quarter of an hour, which is what a doubt about the level is worth. */
export const MAX_QUESTIONS = 12;

/** What placement must know of a concept. */
export interface PlacementConcept {
  id: string;
  /** Ids of the concepts to be learned first. */
  needs: readonly string[];
  /** Whether there is a question to ask about it. */
  askable: boolean;
}

/** What answers say of a concept: directly, or through what it needs and what needs it. */
export type Standing = "known" | "unknown";

/** A placement under way. */
export interface Placement {
  concepts: readonly PlacementConcept[];
  /** All that a concept builds on, and all that builds on it, however far. */
  below: ReadonlyMap<string, ReadonlySet<string>>;
  above: ReadonlyMap<string, ReadonlySet<string>>;
  /** What is settled so far; a concept that is absent is open. */
  standing: ReadonlyMap<string, Standing>;
  /** The concepts asked about, in order. */
  asked: readonly string[];
}

/** A placement before its first question. */
export function startPlacement(concepts: readonly PlacementConcept[]): Placement {
  const ids = new Set(concepts.map(({ id }) => id));
  const needs = new Map(concepts.map((concept) => [concept.id, concept.needs.filter((id) => ids.has(id))]));
  const neededBy = new Map(concepts.map(({ id }) => [id, [] as string[]]));
  for (const [id, needed] of needs) for (const need of needed) neededBy.get(need)?.push(id);
  const reach = (edges: ReadonlyMap<string, readonly string[]>) =>
    new Map(concepts.map(({ id }) => [id, reachable(id, edges)]));
  return { concepts, below: reach(needs), above: reach(neededBy), standing: new Map(), asked: [] };
}

function reachable(from: string, edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const waiting = [...(edges.get(from) ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(edges.get(id) ?? []));
  }
  return found;
}

/**
 * The concept to ask about next: the one whose answer is expected to settle most, ties broken by the seed. `null` when
 * enough was asked or nothing open can be asked.
 *
 * With `a` open concepts up to and including this one and `d` from it on, and the learner equally likely to stand
 * anywhere along the way through it, it is known with probability d / (a + d); a right answer then settles a, a wrong one
 * d. Expected are 2ad / (a + d), the harmonic mean: most in the middle, where either answer settles half.
 */
export function nextConcept(placement: Placement, seed: number): string | null {
  const { concepts, below, above, standing, asked } = placement;
  if (asked.length >= MAX_QUESTIONS) return null;
  const open = (ids: ReadonlySet<string> | undefined) =>
    1 + [...(ids ?? [])].filter((id) => !standing.has(id)).length;
  let best: string | null = null;
  let most = 0;
  for (const { id, askable } of shuffle(concepts, seed)) {
    if (!askable || standing.has(id)) continue;
    const [a, d] = [open(below.get(id)), open(above.get(id))];
    const settles = (2 * a * d) / (a + d);
    if (settles > most) {
      best = id;
      most = settles;
    }
  }
  return best;
}

/**
 * The placement after an answer: a right one says that the concept and all it builds on are known, a wrong one that it and
 * all that builds on it are not. What is settled stays: known is only ever what stands on known ground.
 */
export function settle(placement: Placement, conceptId: string, right: boolean): Placement {
  const { below, above, standing, asked } = placement;
  if (standing.has(conceptId) || !below.has(conceptId)) return placement;
  const reached = [conceptId, ...((right ? below : above).get(conceptId) ?? [])];
  const now = new Map(standing);
  for (const id of reached) if (!now.has(id)) now.set(id, right ? "known" : "unknown");
  return { ...placement, standing: now, asked: [...asked, conceptId] };
}

/** The concepts that an answer made known, itself included. */
export const newlyKnown = (before: Placement, after: Placement): string[] =>
  [...after.standing].flatMap(([id, standing]) =>
    standing === "known" && !before.standing.has(id) ? [id] : [],
  );
