/**
 * Studying: what a session of cards is and how it moves on. Pure: the browser runs it between key presses, tests run it
 * with a clock of their own. Which cards are due is decided in `scheduling`; what they ask, in `questions`.
 */
export type { Misconceptions, MisconceptionText, StudyCard } from "./card.ts";
export {
  advance,
  comesAfterLesson,
  currentCard,
  type Session,
  type Step,
  startSession,
  takeBack,
  tally,
  without,
} from "./session.ts";
