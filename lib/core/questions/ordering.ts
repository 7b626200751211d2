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
    /** Two steps whose being turned round shows a belief: `step` put somewhere before `before`. */
    traps: z
      .array(z.strictObject({ step: slugSchema, before: slugSchema, misconception: slugSchema }))
      .optional(),
  },
  answer: z.strictObject({ order: z.array(slugSchema).max(7) }),
  grade: ({ steps, traps = [] }, { order }) => {
    const places = steps.map((step, index) => order[index] === step.id);
    const parts = order.length > steps.length ? [...places, false] : places;
    return gradeParts(
      parts,
      traps.map((trap) => (isSprung(trap, order) ? trap.misconception : undefined)),
    );
  },
});

/** Whether an order has both steps of a trap, turned round. */
export const isSprung = ({ step, before }: { step: string; before: string }, order: readonly string[]) =>
  order.includes(step) && order.indexOf(step) < order.indexOf(before);
