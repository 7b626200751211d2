import * as z from "zod/mini";
import { defineKind, gradeParts } from "./kind.ts";
import { slugSchema, textSchema } from "./text.ts";

/** Steps to put in order; the file lists them in the right order. */
export const ordering = defineKind({
  fields: {
    steps: z
      .array(z.strictObject({ id: slugSchema, text: textSchema }))
      .check(z.minLength(3), z.maxLength(7)),
    /** The belief that an order other than the right one usually shows. */
    misconception: z.optional(slugSchema),
  },
  answer: z.strictObject({ order: z.array(slugSchema).check(z.maxLength(7)) }),
  grade: ({ steps, misconception }, answer) => {
    const places = steps.map((step, index) => answer.order[index] === step.id);
    const parts = answer.order.length > steps.length ? [...places, false] : places;
    return gradeParts(parts, [parts.every(Boolean) ? undefined : misconception]);
  },
});
