import { z } from "zod";
import { classify } from "./classify.ts";
import { cloze, splitCloze } from "./cloze.ts";
import { flashcard } from "./flashcard.ts";
import type { ComparedKind, Grade, Kind } from "./kind.ts";
import { manifest } from "./manifest.ts";
import { matching } from "./matching.ts";
import { multiple } from "./multiple.ts";
import { numeric } from "./numeric.ts";
import { ordering } from "./ordering.ts";
import { single } from "./single.ts";
import { daySchema, inOneLine, type Locale, slugSchema, type Text, textSchema } from "./text.ts";

/** Every kind and its module. A kind missing here does not compile. */
export const kinds = {
  flashcard,
  single,
  multiple,
  cloze,
  ordering,
  matching,
  classify,
  numeric,
  manifest,
} satisfies Record<Kind, unknown>;

/** What every item has, whatever its kind. */
const base = {
  id: slugSchema,
  /** Raised by the author when the meaning changes; learners keep their card states. */
  revision: z.int().min(1),
  difficulty: z.int().min(1).max(5),
  prompt: textSchema,
  /** Why the key is right, and what it adds to the stem. */
  explanation: textSchema,
  /** The same thing in the VM world, and where the likeness ends. */
  vmTwin: textSchema.optional(),
  /** The id of a diagram component shown with the explanation. */
  diagram: slugSchema.optional(),
  /** Items with the same family are siblings: answering one buries the others until tomorrow. */
  family: slugSchema.optional(),
  /** Ids in `content/sources.yaml`. */
  sources: z.array(slugSchema).min(1),
  /** The day on which the facts were checked. */
  asOf: daySchema,
  /** Facts that expire are to be checked again by this day. */
  reviewBy: daySchema.optional(),
};

const compared = {
  ...base,
  /** A nudge the learner may ask for; using it makes a right answer count as Hard. */
  hint: textSchema.optional(),
};

const comparedItems = [
  z.strictObject({ ...compared, kind: z.literal("flashcard"), ...flashcard.fields }),
  z.strictObject({ ...compared, kind: z.literal("single"), ...single.fields }),
  z.strictObject({ ...compared, kind: z.literal("multiple"), ...multiple.fields }),
  z.strictObject({ ...compared, kind: z.literal("cloze"), ...cloze.fields }),
  z.strictObject({ ...compared, kind: z.literal("ordering"), ...ordering.fields }),
  z.strictObject({ ...compared, kind: z.literal("matching"), ...matching.fields }),
  z.strictObject({ ...compared, kind: z.literal("classify"), ...classify.fields }),
  z.strictObject({ ...compared, kind: z.literal("numeric"), ...numeric.fields }),
] as const;

/** An item as authors write it in a bank; its concept is that of the file. */
export const bankItemSchema = z.discriminatedUnion("kind", comparedItems);

/** A task as an item. Authors write it in a file of its own, with the solutions that prove it. */
export const manifestItemSchema = z.strictObject({
  ...base,
  kind: z.literal("manifest"),
  ...manifest.fields,
});

/** An item of any kind. */
export const itemSchema = z.discriminatedUnion("kind", [...comparedItems, manifestItemSchema]);
export type Item = z.infer<typeof itemSchema>;
export type ItemOf<K extends Kind> = Extract<Item, { kind: K }>;

/** What an item is drawn anew from each time it is asked; its own text and answers are then an example. */
export interface DrawnFrom {
  /** Of the template (`lib/core/templates`) … */
  id: string;
  version: number;
  /** … and what its wrong answers can show, whatever is drawn. */
  beliefs: readonly { misconception: string }[];
}

type WithoutSources<I extends Item> = I extends Item ? Omit<I, "sources"> & { template?: DrawnFrom } : never;

/** What of an item can be graded: all but its sources, which authors name and publishing resolves. */
export type Question = WithoutSources<Item>;
export type QuestionOf<K extends Kind> = Extract<Question, { kind: K }>;

/** The answers of each kind, by kind. */
export type AnswerOf<K extends Kind> = z.infer<(typeof kinds)[K]["answer"]>;
export type Answer = { [K in Kind]: AnswerOf<K> }[Kind];

/** Parses an answer as the item's kind expects it; `null` when it has another form, or text that is none. */
export function parseAnswer<K extends Kind>(kind: K, answer: unknown): AnswerOf<K> | null {
  const parsed = kinds[kind].answer.safeParse(answer);
  return parsed.success && isWellFormed(parsed.data) ? (parsed.data as AnswerOf<K>) : null;
}

/** Whether all text in a value is text: no database keeps a NUL, or half of a surrogate pair. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return !value.includes("\0") && !/\p{Surrogate}/u.test(value);
  return typeof value !== "object" || value === null || Object.values(value).every(isWellFormed);
}

/** Grades a parsed answer that is compared, in the browser as on the server. `lib/core/tasks/grade.ts` grades those of all kinds. */
export function grade<K extends ComparedKind>(
  item: QuestionOf<K>,
  answer: AnswerOf<K>,
  locale: Locale,
): Grade {
  const module = kinds[(item as QuestionOf<ComparedKind>).kind] as unknown as {
    grade: (item: QuestionOf<K>, answer: AnswerOf<K>, locale: Locale) => Grade;
  };
  return module.grade(item, answer, locale);
}

/** The misconceptions an item can reveal, without repeats. */
export function misconceptionsOf(item: Question): string[] {
  const slugs = (() => {
    switch (item.kind) {
      case "single":
      case "multiple":
        return item.options.map((option) => ("misconception" in option ? option.misconception : undefined));
      case "cloze":
        return item.gaps.flatMap((gap) => gap.traps?.map((trap) => trap.misconception) ?? []);
      case "numeric":
      case "ordering":
        return item.traps?.map((trap) => trap.misconception) ?? [];
      case "matching":
        return item.pairs.map((pair) => pair.misconception);
      case "classify":
        return item.cards.map((card) => card.misconception);
      case "manifest":
        return item.task.beliefs;
      case "flashcard":
        return [];
    }
  })();
  const drawn = item.template?.beliefs.map(({ misconception }) => misconception) ?? [];
  return [...new Set([...slugs.filter((slug) => slug !== undefined), ...drawn])];
}

/** What an item is called in a list: its prompt; a cloze by its text, since clozes are all prompted for alike. */
export function titleOf(item: Question, locale: Locale): string {
  if (item.kind !== "cloze") return inOneLine(item.prompt[locale]);
  return inOneLine(
    splitCloze(item.text[locale])
      .map((piece) => ("gap" in piece ? "____" : piece.literal))
      .join(""),
  );
}

/** What helps, in the order in which it is shown. Whoever took any of it answered with help. */
export function hintsOf(item: Question): readonly Text[] {
  if (item.kind === "manifest") return item.hints;
  return item.hint ? [item.hint] : [];
}
