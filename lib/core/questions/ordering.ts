import { z } from "zod";
import { defineKind, gradeParts } from "./kind.ts";
import { slugSchema, textSchema } from "./text.ts";

/** Steps to put in order; the file lists them in the right order. */
export const ordering = defineKind({
  fields: {
    steps: z
      .array(z.strictObject({ id: slugSchema, text: textSchema }))
      .min(3)
      .max(7),
    /** The belief that an order other than the right one usually shows. */
    misconception: slugSchema.optional(),
  },
  answer: z.strictObject({ order: z.array(slugSchema).max(7) }),
  grade: ({ steps, misconception }, answer) => {
    const places = steps.map((step, index) => answer.order[index] === step.id);
    const parts = answer.order.length > steps.length ? [...places, false] : places;
    return gradeParts(parts, [parts.every(Boolean) ? undefined : misconception]);
  },
});
