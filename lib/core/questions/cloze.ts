import { z } from "zod";
import { defineKind, gradeParts, namesOnly } from "./kind.ts";
import { slugSchema, textSchema } from "./text.ts";

const acceptedSchema = z.array(z.string().trim().min(1)).min(1);

/** A text with gaps written `{{gap-id}}`; each gap lists what an expert would type, per language. */
export const cloze = defineKind({
  fields: {
    text: textSchema,
    gaps: z
      .array(
        z.strictObject({
          id: slugSchema,
          accept: z.strictObject({ ja: acceptedSchema, en: acceptedSchema }),
          /** Wrong answers that show a belief. Compared like accepted ones, in both languages. */
          traps: z
            .array(z.strictObject({ answer: z.string().trim().min(1), misconception: slugSchema }))
            .optional(),
        }),
      )
      .min(1)
      .max(4),
  },
  answer: z.strictObject({ gaps: z.record(slugSchema, z.string().max(200)) }),
  grade: ({ gaps }, answer, locale) => {
    const filled = gaps.map((gap) => {
      const typed = normalizeTyped(answer.gaps[gap.id] ?? "");
      // English terms are what a Japanese engineer types too, and the reverse costs nothing.
      const accepted = [...gap.accept[locale], ...gap.accept.en, ...gap.accept.ja];
      const trap = gap.traps?.find((candidate) => normalizeTyped(candidate.answer) === typed);
      return { right: accepted.some((text) => normalizeTyped(text) === typed), belief: trap?.misconception };
    });
    const parts = filled.map(({ right }) => right);
    const known = namesOnly(Object.keys(answer.gaps), gaps);
    return gradeParts(
      known ? parts : [...parts, false],
      filled.map(({ right, belief }) => (right ? undefined : belief)),
    );
  },
});

/**
 * Folds away what does not matter in a typed answer: full-width and half-width forms (NFKC), letter case,
 * all white space, and the long-vowel mark at the end of a katakana word (サーバ = サーバー).
 */
export function normalizeTyped(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/gu, "")
    .replace(/(?<=\p{Script=Katakana})ー(?!\p{Script=Katakana})/gu, "");
}

/** Splits a cloze text into literal pieces and gap ids, in reading order. */
export function splitCloze(text: string): ({ literal: string } | { gap: string })[] {
  return text
    .split(/(\{\{[a-z0-9-]+\}\})/)
    .filter((piece) => piece !== "")
    .map((piece) => {
      const gap = /^\{\{([a-z0-9-]+)\}\}$/.exec(piece)?.[1];
      return gap === undefined ? { literal: piece } : { gap };
    });
}
