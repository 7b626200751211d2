import type { CardMemory, Scheduler } from "../scheduling/index.ts";

/** How ready a learner is, and on how much evidence that rests. */
export interface Readiness {
  /** Mean chance of recall over all cards, 0 to 1; a card never seen counts as 0. */
  chance: number;
  /** Share of the cards that were seen at all, 0 to 1. */
  coverage: number;
}

const NONE: Readiness = { chance: 0, coverage: 0 };

/**
 * Readiness of a concept at a moment: the mean recall chance (FSRS-6 forgetting curve) over its active items. A tick
 * for having seen a card would say what was done; this says what would be remembered.
 */
export function conceptReadiness(
  memories: readonly CardMemory[],
  scheduler: Scheduler,
  at: number,
): Readiness {
  if (memories.length === 0) return NONE;
  const seen = memories.filter(({ lastReview }) => lastReview !== null);
  const total = seen.reduce((sum, memory) => sum + scheduler.recallChance(memory, at), 0);
  return { chance: total / memories.length, coverage: seen.length / memories.length };
}

/** Readiness of an area: the mean of its concepts, so that a concept with many items does not outweigh the others. */
export function meanReadiness(parts: readonly Readiness[]): Readiness {
  if (parts.length === 0) return NONE;
  const mean = (value: (part: Readiness) => number) =>
    parts.reduce((sum, part) => sum + value(part), 0) / parts.length;
  return { chance: mean(({ chance }) => chance), coverage: mean(({ coverage }) => coverage) };
}

/** The concepts that were begun and are remembered worst, worst first. Those not begun are not weak, only new. */
export function weakest<T extends { readiness: Readiness }>(concepts: readonly T[], count: number): T[] {
  return concepts
    .filter(({ readiness }) => readiness.coverage > 0)
    .sort((a, b) => a.readiness.chance - b.readiness.chance)
    .slice(0, count);
}
