import { z } from "zod";
import { slugSchema, textSchema } from "./text.ts";

/**
 * An option of a choice question. A wrong one names the misconception that makes it tempting and says, in `why`,
 * what would have to be true for it.
 */
export const optionSchema = z.union([
  z.strictObject({ id: slugSchema, text: textSchema, correct: z.literal(true), why: textSchema.optional() }),
  z.strictObject({ id: slugSchema, text: textSchema, misconception: slugSchema, why: textSchema }),
]);
export type Option = z.infer<typeof optionSchema>;

export const isKey = (option: Option): boolean => "correct" in option;

export const misconceptionOf = (option: Option): string | undefined =>
  "misconception" in option ? option.misconception : undefined;
