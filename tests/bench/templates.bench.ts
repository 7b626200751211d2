/** How long the question of a seed takes, for each template, as a review draws it; no database, no network. */
import { ask } from "#lib/core/templates/index.ts";
import { TEMPLATE_IDS } from "#lib/core/templates/instance.ts";
import { figure, ms, percentile } from "./harness.ts";

const DIFFICULTIES = [1, 2, 3, 4, 5] as const;
/** Seeds of each difficulty. */
const SEEDS = 40;
/** Seeds before those that count, for the engine to compile what is run often. */
const WARM_UP = 5;

/** ms for each question of a template. */
function timesOf(id: (typeof TEMPLATE_IDS)[number]): number[] {
  return Array.from({ length: SEEDS + WARM_UP }, (_, seed) =>
    DIFFICULTIES.map((difficulty) => {
      const begun = performance.now();
      ask(id, seed, difficulty);
      return performance.now() - begun;
    }),
  )
    .slice(WARM_UP)
    .flat();
}

const taken = TEMPLATE_IDS.map((id) => ({ id, times: timesOf(id) }));
const LIMIT = "p95: 5 ms at most";
for (const { id, times } of taken.toSorted((a, b) => percentile(b.times, 0.95) - percentile(a.times, 0.95)))
  figure(`${id}, p50 and p95`, `${ms(percentile(times, 0.5))} ${ms(percentile(times, 0.95))}`, LIMIT);
const every = taken.flatMap(({ times }) => times);
for (const share of [0.5, 0.95]) figure(`any template, p${share * 100}`, ms(percentile(every, share)), LIMIT);
