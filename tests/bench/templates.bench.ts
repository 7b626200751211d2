/** How long the question of a seed takes, for each template, as a review draws it; no database, no network. */
import { ask } from "#lib/core/templates/index.ts";
import { TEMPLATE_IDS } from "#lib/core/templates/instance.ts";
import { figure, ms, percentile } from "./harness.ts";

const DIFFICULTIES = [1, 2, 3, 4, 5] as const;
/** Seeds of each difficulty. */
const SEEDS = 30;
/** Seeds before those that count, for the engine to compile what is run often. */
const WARM_UP = 10;
/** Each question is drawn so often; the fastest counts, so that what else runs on the machine does not. */
const TIMES = 3;
const LIMIT = "p95: 5 ms at most";

type TemplateId = (typeof TEMPLATE_IDS)[number];

/** ms for each time that a question is drawn. Nothing is kept from one time to the next. */
const timesFor = (id: TemplateId, seed: number, difficulty: (typeof DIFFICULTIES)[number]): number[] =>
  Array.from({ length: TIMES }, () => {
    const begun = performance.now();
    ask(id, seed, difficulty);
    return performance.now() - begun;
  });

const questionsOf = (id: TemplateId): number[][] =>
  Array.from({ length: SEEDS + WARM_UP }, (_, seed) =>
    DIFFICULTIES.map((difficulty) => timesFor(id, seed, difficulty)),
  )
    .slice(WARM_UP)
    .flat();

const taken = TEMPLATE_IDS.map((id) => {
  const questions = questionsOf(id);
  return { id, all: questions.flat(), fastest: questions.map((times) => Math.min(...times)) };
});
const p95 = ({ fastest }: (typeof taken)[number]) => percentile(fastest, 0.95);
for (const one of taken.toSorted((a, b) => p95(b) - p95(a)))
  figure(`${one.id}, p50 and p95`, `${ms(percentile(one.fastest, 0.5))} ${ms(p95(one))}`, LIMIT);
for (const [name, times] of [
  ["any template", taken.flatMap(({ fastest }) => fastest)],
  ["  every time, not the fastest of three", taken.flatMap(({ all }) => all)],
] as const)
  for (const share of [0.5, 0.95]) figure(`${name}, p${share * 100}`, ms(percentile(times, share)), LIMIT);
