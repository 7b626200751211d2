import * as z from "zod/mini";
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
          misconception: z.optional(slugSchema),
        }),
      )
      .check(z.minLength(3), z.maxLength(6)),
    extras: z.optional(z.array(z.strictObject({ id: slugSchema, text: textSchema })).check(z.maxLength(3))),
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
