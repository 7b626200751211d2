import { z } from "zod";
import { defineKind, gradeParts } from "./kind.ts";
import { textSchema } from "./text.ts";

/** The learner's own judgement of a flashcard, in FSRS's words. */
export const selfRatingSchema = z.enum(["again", "hard", "good", "easy"]);
export type SelfRating = z.infer<typeof selfRatingSchema>;

/** Recall, then turn and judge yourself. What was typed is kept for the learner, never compared by machine. */
export const flashcard = defineKind({
  fields: { answer: textSchema },
  answer: z.strictObject({ recall: selfRatingSchema, typed: z.string().max(2000).optional() }),
  grade: (_question, answer) => gradeParts([answer.recall !== "again"], []),
});
