/**
 * Mastery: what a learner would recall, per concept, area and person, now or on a given day. Pure views on card
 * memories; nothing here is stored, and nothing here knows a "completed" tick.
 */
export { conceptReadiness, meanReadiness, type Readiness, weakest } from "./readiness.ts";
export { ENOUGH_COVERAGE, type MeanOfPeople, meanOfPeople } from "./spread.ts";
