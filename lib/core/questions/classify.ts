import { z } from "zod";
import { defineKind, gradeParts, namesOnly } from "./kind.ts";
import { slugSchema, textSchema } from "./text.ts";

/** Cards to sort into two to four buckets. */
export const classify = defineKind({
  fields: {
    buckets: z
      .array(z.strictObject({ id: slugSchema, label: textSchema }))
      .min(2)
      .max(4),
    cards: z
      .array(
        z.strictObject({
          id: slugSchema,
          text: textSchema,
          bucket: slugSchema,
          /** The belief that a wrong bucket for this card shows. */
          misconception: slugSchema.optional(),
        }),
      )
      .min(3)
      .max(8),
  },
  /** Card id → bucket id. */
  answer: z.strictObject({ buckets: z.record(slugSchema, slugSchema) }),
  grade: ({ cards }, answer) => {
    const parts = cards.map((card) => answer.buckets[card.id] === card.bucket);
    const known = namesOnly(Object.keys(answer.buckets), cards);
    return gradeParts(
      known ? parts : [...parts, false],
      cards.map((card, index) => (parts[index] ? undefined : card.misconception)),
    );
  },
});
