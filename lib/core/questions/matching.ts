import { z } from "zod";
import { defineKind, gradeParts, namesOnly } from "./kind.ts";
import { slugSchema, textSchema } from "./text.ts";

/** Pairs to join, left to right; `extras` are right-hand sides that belong to nothing. */
export const matching = defineKind({
  fields: {
    pairs: z
      .array(
        z.strictObject({
          id: slugSchema,
          left: textSchema,
          right: textSchema,
          /** The belief that joining this left side wrongly shows. */
          misconception: slugSchema.optional(),
        }),
      )
      .min(3)
      .max(6),
    extras: z
      .array(z.strictObject({ id: slugSchema, text: textSchema }))
      .max(3)
      .optional(),
  },
  /** Left pair id → id of the pair (or extra) whose right side was chosen. */
  answer: z.strictObject({ matches: z.record(slugSchema, slugSchema) }),
  grade: ({ pairs }, answer) => {
    const parts = pairs.map((pair) => answer.matches[pair.id] === pair.id);
    const known = namesOnly(Object.keys(answer.matches), pairs);
    return gradeParts(
      known ? parts : [...parts, false],
      pairs.map((pair, index) => (parts[index] ? undefined : pair.misconception)),
    );
  },
});
