import type { Answer, Grade, SelfRating } from "../questions/index.ts";
import { RATINGS, type Rating } from "../reviews/event.ts";

/**
 * The FSRS rating of a graded answer: wrong is Again; right after a hint or at the second try is Hard; right is Good;
 * right and marked easy is Easy. A flashcard carries the learner's own rating, which a hint caps at Hard. Speed never
 * counts: it says more about reading than about memory.
 */
export function ratingOf(
  grade: Grade,
  answer: Answer,
  { hinted, easy }: { hinted: boolean; easy: boolean },
): Rating {
  if (!grade.correct) return RATINGS.again;
  const own: SelfRating = "recall" in answer ? answer.recall : easy ? "easy" : "good";
  return hinted ? RATINGS.hard : RATINGS[own];
}
