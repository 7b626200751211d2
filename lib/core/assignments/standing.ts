import { type Memory, readinessIn, type Scope } from "../mastery/index.ts";
import { DAY_MS } from "../scheduling/index.ts";
import { PACE_DAYS, type Standing } from "./plan.ts";

/** Somebody's part of an assignment, in ms since the epoch. */
export interface Part {
  assignedAt: number;
  dueAt: number;
  /** Readiness at the due moment, once that was noted. */
  noted: number | null;
}

/** Where somebody stands with an assignment, but for its final check, from what they remember. */
export function standingOf(
  scope: Scope,
  memory: Memory,
  { assignedAt, dueAt, noted }: Part,
  now: number,
): Omit<Standing, "examPassed"> {
  const paceDays = Math.min(PACE_DAYS, Math.max(1, Math.floor((now - assignedAt) / DAY_MS)));
  const since = now - paceDays * DAY_MS;
  const counts = (place: number) => scope.weights[place] !== 0;
  const { from, to, concept, introducedAt } = memory.cards;
  let introducedLately = 0;
  for (let n = from; n < to; n++) {
    if ((introducedAt[n] ?? 0) >= since && counts(concept[n] ?? 0)) introducedLately++;
  }
  const { chance, coverage } = readinessIn(scope, memory, now);
  return {
    items: scope.items,
    seen: memory.seen.reduce((sum, own, place) => (counts(place) ? sum + own : sum), 0),
    coverage,
    readiness: chance,
    readinessAtDue: noted ?? readinessIn(scope, memory, dueAt).chance,
    introducedLately,
    paceDays,
  };
}
