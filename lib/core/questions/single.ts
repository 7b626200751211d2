import { z } from "zod";
import { defineKind, gradeParts } from "./kind.ts";
import { isKey, misconceptionOf, optionSchema } from "./option.ts";
import { slugSchema } from "./text.ts";

/** One key among three or four options. */
export const single = defineKind({
  fields: {
    options: z
      .array(optionSchema)
      .min(3)
      .max(4)
      .refine((options) => options.filter(isKey).length === 1, "exactly one option has `correct: true`"),
  },
  answer: z.strictObject({ option: slugSchema }),
  grade: ({ options }, answer) => {
    const chosen = options.find((option) => option.id === answer.option);
    return gradeParts([chosen !== undefined && isKey(chosen)], chosen ? [misconceptionOf(chosen)] : []);
  },
});
