import { z } from "zod";
import { defineKind, gradeParts, namesOnly } from "./kind.ts";
import { isKey, misconceptionOf, optionSchema } from "./option.ts";
import { slugSchema } from "./text.ts";

/** Any number of keys among four to six options. Each option rightly taken or left is one part of the score. */
export const multiple = defineKind({
  fields: {
    options: z
      .array(optionSchema)
      .min(4)
      .max(6)
      .refine((options) => options.some(isKey), "at least one option has `correct: true`")
      .refine((options) => !options.every(isKey), "at least one option is wrong"),
  },
  answer: z.strictObject({ options: z.array(slugSchema).max(6) }),
  grade: ({ options }, answer) => {
    const chosen = new Set(answer.options);
    const known = namesOnly(answer.options, options);
    const parts = options.map((option) => chosen.has(option.id) === isKey(option));
    const beliefs = options.filter((option) => chosen.has(option.id)).map(misconceptionOf);
    return gradeParts(known ? parts : [...parts, false], beliefs);
  },
});
