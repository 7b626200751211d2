/**
 * Mastery: what a learner would recall, per concept, area and person, now or on a given day. Pure views on card
 * memories; nothing here is stored, and nothing here knows a "completed" tick.
 */
export { type AnsweredPart, type Choice, countAnswers, countBeliefs } from "./count-answers.ts";
export {
  type Discrimination,
  type FirstAnswer,
  type FirstTry,
  flagsOf,
  type ItemFigures,
  type ItemFlag,
  MIN_DISCRIMINATION_COUNT,
  MIN_FLAG_COUNT,
  pointBiserial,
  SLOW_FACTOR,
  shownDiscrimination,
  sumsOf,
  TOO_EASY,
  TOO_HARD,
  tallyItems,
  usualTimes,
} from "./item-statistics.ts";
export {
  type Catalogue,
  type Memory,
  memoryFrom,
  NO_MEMORY,
  readinessByConcept,
  readinessIn,
  type Scope,
  type SeenCards,
  scopeOf,
} from "./memory.ts";
export { FRESH_HOURS, HELD_AT, LAST_QUESTIONS, type RevealingAnswer, stancesOf } from "./misconceptions.ts";
export { conceptReadiness, meanReadiness, type Readiness, weakest } from "./readiness.ts";
export { ENOUGH_COVERAGE, type MeanOfPeople, meanOfPeople } from "./spread.ts";
