/**
 * Scheduling: when to show which card. FSRS-6 behind `fsrs.ts`, a card's memory as the fold of its events, study days,
 * and the order of a day's cards. Pure; knows no storage and no clock. What a card asks is in `questions`.
 */
export { addDays, dayOf, endOfDay, isTimeZone, startOfDay } from "./day.ts";
export { applyEvent, foldCard, foldWith } from "./fold.ts";
export { type DayLoad, forecastLoad, minutesPerDay } from "./forecast.ts";
export { type ForgettingCurve, forgettingCurve } from "./forgetting.ts";
export {
  areWeights,
  createScheduler,
  DAY_MS,
  DEFAULT_DECAY,
  MAX_INTERVAL_DAYS,
  type Scheduler,
} from "./fsrs.ts";
export { type CardMemory, type DayBoundary, NEW_MEMORY, type SchedulingParameters } from "./memory.ts";
export { buildQueue, type DailyQueue, isLeech, MAX_ASSIGNED_PER_DAY, type QueueCard } from "./queue.ts";
export { ratingOf } from "./rating.ts";
