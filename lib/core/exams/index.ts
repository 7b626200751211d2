/**
 * The final check of an assignment: what is asked, how it can be asked without giving anything away, when it may be taken,
 * and what an attempt is worth. Pure. Nothing here knows of accounts, storage or screens.
 */
export { type Attempt, type ExamRules, type ExamStanding, isOver, scoreOf, standingOf } from "./attempts.ts";
export { distributionOf } from "./distribution.ts";
export { drawItems } from "./draw.ts";
export {
  EXAM_KINDS,
  type ExamItem,
  fromShown,
  inShownOrder,
  isExamItem,
  toShown,
  withoutKey,
} from "./without-key.ts";
