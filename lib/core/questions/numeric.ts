import { z } from "zod";
import { defineKind, gradeParts } from "./kind.ts";
import { slugSchema, textSchema } from "./text.ts";

/** What binary fractions can be off by; far below any difference that an answer is asked for. */
const ROUNDING = 1e-9;

/** A number to work out. `steps` shows the way there and is part of the explanation. */
export const numeric = defineKind({
  fields: {
    value: z.number(),
    /** Largest accepted distance from `value`, in the same unit. */
    tolerance: z.number().min(0),
    unit: textSchema,
    steps: textSchema,
    /** Results that a known wrong belief leads to. */
    traps: z
      .array(z.strictObject({ value: z.number(), misconception: slugSchema, why: textSchema }))
      .optional(),
  },
  answer: z.strictObject({ number: z.string().max(40) }),
  grade: ({ value, tolerance, traps }, answer) => {
    const given = parseTypedNumber(answer.number);
    // Binary fractions: 0.4 is a little more than 0.1 away from 0.3.
    const near = (target: number) => given !== null && Math.abs(given - target) <= tolerance + ROUNDING;
    return gradeParts(
      [near(value)],
      [near(value) ? undefined : traps?.find((trap) => near(trap.value))?.misconception],
    );
  },
});

/**
 * Reads a number as people type it: full-width digits, spaces, digit groups with commas, the typographic minus that
 * Japanese keyboards give, and a leading slash as in a prefix length (`/24`). `null` when it is not a number.
 */
export function parseTypedNumber(text: string): number | null {
  const plain = text
    .normalize("NFKC")
    .replace(/[\s,_]/g, "")
    .replace("\u2212", "-")
    .replace(/^\//, "");
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}
