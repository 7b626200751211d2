/**
 * The linter of `content/`. One rule is one function, which yields what it finds with file and line; the registry below
 * names them all, and a test plants an error for each.
 */
import { DIAGRAM_IDS } from "#lib/core/diagrams.ts";
import { KINDS } from "#lib/core/questions/index.ts";
import { TEMPLATE_IDS } from "#lib/core/templates/instance.ts";
import type { LoadedContent } from "../load.ts";
import type { Problem } from "../place.ts";
import { echoedWord, keyIsLongest, keyPosition, optionStandsOut } from "./choices.ts";
import { fewItems, idOfConcept, misconceptionUse, needsFirst } from "./curriculum.ts";
import { englishSpelling } from "./english.ts";
import { expiredFact, expiringFact, links, reviewAfterCheck, unusedSource } from "./facts.ts";
import { japaneseBrackets, japanesePunctuation, japaneseSpacing, japaneseWidth } from "./japanese.ts";
import type { Rule } from "./rule.ts";
import {
  circularNeeds,
  classifyBuckets,
  clozeGaps,
  conceptInOneArea,
  deadReference,
  duplicateId,
  lessonFirst,
  orderingTraps,
  templateConcept,
  unfilled,
  uniqueParts,
} from "./structure.ts";
import { idleProbe, taskBelief, taskName, taskScene, taskSolutions, taskStart } from "./tasks.ts";
import { tourDeeds, tourFocus, tourPredictions } from "./tours.ts";
import { bannedForm, glossarySpelling, nearDuplicate, oneSentence, tooLong } from "./wording.ts";

/** What `content:check` says: the counts that show coverage, and everything found. */
export interface ContentReport {
  items: number;
  concepts: number;
  lessons: number;
  misconceptions: number;
  diagrams: number;
  /** What draws questions anew each time. */
  templates: number;
  /** Clusters to write manifests for. */
  tasks: number;
  /** Walks through what a cluster does. */
  tours: number;
  byKind: Record<string, number>;
  byArea: Record<string, number>;
  byDifficulty: Record<string, number>;
  errors: Problem[];
  warnings: Problem[];
}

/** Content that breaks one of these cannot be served. */
const structure = {
  "duplicate-id": duplicateId,
  "dead-reference": deadReference,
  "template-concept": templateConcept,
  unfilled,
  "lesson-first": lessonFirst,
  "concept-in-one-area": conceptInOneArea,
  "circular-needs": circularNeeds,
  "unique-parts": uniqueParts,
  "cloze-gaps": clozeGaps,
  "classify-buckets": classifyBuckets,
  "ordering-traps": orderingTraps,
  "task-belief": taskBelief,
} satisfies Record<string, Rule>;

/** All rules by name. */
export const rules = {
  ...structure,
  "few-items": fewItems,
  "misconception-use": misconceptionUse,
  "id-of-concept": idOfConcept,
  "needs-first": needsFirst,
  "task-name": taskName,
  "task-scene": taskScene,
  "task-start": taskStart,
  "task-solutions": taskSolutions,
  "idle-probe": idleProbe,
  "tour-deeds": tourDeeds,
  "tour-predictions": tourPredictions,
  "tour-focus": tourFocus,
  "option-stands-out": optionStandsOut,
  "key-position": keyPosition,
  "key-is-longest": keyIsLongest,
  "echoed-word": echoedWord,
  "glossary-spelling": glossarySpelling,
  "english-spelling": englishSpelling,
  "japanese-spacing": japaneseSpacing,
  "japanese-punctuation": japanesePunctuation,
  "japanese-width": japaneseWidth,
  "japanese-brackets": japaneseBrackets,
  "too-long": tooLong,
  "one-sentence": oneSentence,
  "banned-form": bannedForm,
  "near-duplicate": nearDuplicate,
  "expired-fact": expiredFact,
  "expiring-fact": expiringFact,
  "review-after-check": reviewAfterCheck,
  links,
  "unused-source": unusedSource,
} satisfies Record<string, Rule>;

/**
 * Checks loaded content by every rule.
 * @param today the day that facts must not have expired on, `YYYY-MM-DD`
 */
export function checkContent(content: LoadedContent, today: string): ContentReport {
  const problems = findProblems(content, today, rules);
  const areaOf = new Map(
    content.areas.flatMap(({ value }) => value.concepts.map((id) => [id, value.id] as const)),
  );
  const values = content.items.map((item) => item.value);
  return {
    items: values.length,
    concepts: content.concepts.length,
    lessons: content.concepts.length,
    misconceptions: content.misconceptions.length,
    diagrams: DIAGRAM_IDS.length,
    templates: TEMPLATE_IDS.length,
    tasks: content.tasks.length,
    tours: content.tours.length,
    byKind: {
      ...Object.fromEntries(KINDS.map((kind) => [kind, 0])),
      ...countBy(values, (item) => item.kind),
    },
    byArea: countBy(values, (item) => areaOf.get(item.concept) ?? "none"),
    byDifficulty: countBy(values, (item) => String(item.difficulty)),
    errors: problems.filter((problem) => problem.severity === "error"),
    warnings: problems.filter((problem) => problem.severity === "warning"),
  };
}

/**
 * What keeps content from being served: files that do not parse, pieces that do not fit together. What else there is to
 * mend wants an author's attention; it is no reason to keep learners out.
 */
export function findBroken(content: LoadedContent): Problem[] {
  return findProblems(content, "", structure);
}

function findProblems(content: LoadedContent, today: string, by: Record<string, Rule>): Problem[] {
  const found = Object.entries(by).flatMap(([rule, check]) =>
    [...check({ ...content, today })].map((finding): Problem => ({ rule, severity: "error", ...finding })),
  );
  return [...content.problems, ...found].sort((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
}

function countBy<T>(values: readonly T[], key: (value: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[key(value)] = (counts[key(value)] ?? 0) + 1;
  return counts;
}
