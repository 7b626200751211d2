import type { ExamRules } from "./draft.ts";

/** What an assignment can be, and what it is usually: for its form as for what is stored. */

export const MAX_TITLE_LENGTH = 120;
export const MAX_NOTE_LENGTH = 2000;
export const MAX_DAYS = 365;
/** Readiness that can be aimed at. Above, reviews at the usual desired retention would never get there. */
export const TARGETS = { min: 0.5, max: 0.95, usual: 0.85 } as const;

/** The least and the most that each figure of a final check can be. */
export const EXAM_RANGES = {
  itemsPerConcept: [1, 5],
  minutes: [1, 240],
  passMark: [0.1, 1],
  maxAttempts: [1, 20],
  waitHours: [0, 336],
} as const;

/** What a final check begins with in a form. */
export const USUAL_EXAM: ExamRules = {
  itemsPerConcept: 1,
  minutes: 30,
  passMark: 0.8,
  maxAttempts: 3,
  waitHours: 24,
  drawnPerAttempt: true,
  reviewable: true,
};
