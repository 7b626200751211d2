import type { DayBoundary, SchedulingParameters } from "#lib/core/scheduling/index.ts";
import { isPerson, type Viewer } from "./viewer.ts";

/** What studying goes by before anybody has chosen: the defaults of `User` in the schema. */
const DEFAULTS: DayBoundary & SchedulingParameters & { newPerDay: number } = {
  timeZone: "Asia/Tokyo",
  dayStartHour: 4,
  weights: null,
  desiredRetention: 0.9,
  newPerDay: 12,
};

/** The study settings of whoever asks. */
export function studySettings(viewer: Viewer): typeof DEFAULTS {
  if (!isPerson(viewer)) return DEFAULTS;
  const { timeZone, dayStartHour, weights, desiredRetention, newPerDay } = viewer;
  return { timeZone, dayStartHour, weights, desiredRetention, newPerDay };
}
