/** How texts are worded, in either language: terms, length, forms of asking, and what was asked before. */
import { type Item, LOCALES, type Locale, type Text } from "#lib/core/questions/index.ts";
import type { Checked } from "./rule.ts";
import { partsOf, proseOf, withoutBlocks, withoutCode } from "./texts.ts";

/** How long texts may be: English in words, Japanese in characters, blocks of code apart. */
const LIMITS: Record<string, Record<Locale, number>> = {
  title: { en: 8, ja: 40 },
  label: { en: 6, ja: 24 },
  description: { en: 30, ja: 80 },
  summary: { en: 30, ja: 90 },
  // Two to three minutes, at the speed of somebody who learns.
  lesson: { en: 450, ja: 1200 },
  // Read before anything can be answered, in one go.
  prompt: { en: 80, ja: 240 },
  // Options, steps and cards are compared: each must be seen at a glance.
  text: { en: 16, ja: 55 },
  left: { en: 16, ja: 55 },
  right: { en: 16, ja: 55 },
  answer: { en: 40, ja: 110 },
  hint: { en: 25, ja: 70 },
  hints: { en: 40, ja: 110 },
  why: { en: 40, ja: 110 },
  vmTwin: { en: 40, ja: 110 },
  steps: { en: 60, ja: 160 },
  explanation: { en: 120, ja: 300 },
  // Beside what it tells of.
  narration: { en: 60, ja: 160 },
  belief: { en: 20, ja: 60 },
  model: { en: 25, ja: 70 },
  symptom: { en: 25, ja: 70 },
};

/** Questions that ask to read the options, or whose options speak of each other. */
const BANNED_FORMS: Record<Locale, RegExp> = {
  en: /\b(which|what)( one)? of the following\b|\b(all|none) of the (above|others)\b|\bboth of the above\b|\bwhich (of these|statement|option|answer)s? (is|are) (true|false|right|wrong|(in)?correct)\b/i,
  ja: /次の(うち|中で|中から)|以下の(うち|中で|中から)|(正しい|誤っている|間違っている|適切な|不適切な)(もの|記述|説明|選択肢)(は|を|の)|(上記|以上)の?(すべて|全て|いずれ|どれ)|どれも(正し|誤)|該当なし/,
};

/** Texts whose character trigrams overlap by more than this (Jaccard) are probably one question twice. */
const NEAR_DUPLICATE = 0.8;

export function* glossarySpelling(content: Checked) {
  const avoided = content.glossary.flatMap(({ value }) =>
    (value.avoid ?? []).map((spelling) => ({ spelling, use: value })),
  );
  for (const { locale, markdown, at } of proseOf(content)) {
    for (const { spelling, use } of avoided) {
      const preferred = use[locale];
      if (contains(markdown, spelling, preferred)) {
        yield { ...at(spelling), message: `「${spelling}」 is spelt 「${preferred}」 in the glossary` };
      }
    }
  }
}

export function* tooLong(content: Checked) {
  for (const { locale, markdown, path, at } of proseOf(content)) {
    // The text of a cloze is its question; elsewhere a `text` is a part among others.
    const name = path.findLast((part) => typeof part === "string");
    const field = path.length === 1 && name === "text" ? "prompt" : String(name);
    const limit = LIMITS[field]?.[locale];
    const length = lengthOf(markdown, locale);
    if (limit !== undefined && length > limit) {
      const unit = locale === "en" ? "words" : "characters";
      yield { ...at(), message: `\`${field}\` has ${length} ${unit}; ${limit} at most` };
    }
  }
}

export function* oneSentence({ concepts }: Checked) {
  for (const { value, at } of concepts) {
    for (const locale of LOCALES) {
      const ends = withoutCode(value.summary[locale]).match(SENTENCE_END[locale]) ?? [];
      if (ends.length > 1)
        yield { ...at("summary", locale), message: `a summary is one sentence; this is ${ends.length}` };
    }
  }
}

export function* bannedForm({ items }: Checked) {
  for (const { value, at } of items) {
    const asked: [Text, PropertyKey[]][] = [[value.prompt, ["prompt"]]];
    if (value.kind === "single" || value.kind === "multiple") {
      asked.push(
        ...value.options.map(({ text }, index): [Text, PropertyKey[]] => [text, ["options", index, "text"]]),
      );
    }
    for (const [text, path] of asked) {
      for (const locale of LOCALES) {
        const form = BANNED_FORMS[locale].exec(text[locale])?.[0];
        if (form) {
          yield {
            ...at(...path, locale),
            message: `「${form}」 asks about the options: ask what can be answered before they are read`,
          };
        }
      }
    }
  }
}

export function* nearDuplicate({ items }: Checked) {
  const prints = items.map((item) => ({
    item,
    grams: LOCALES.map((locale) => trigrams(askedText(item.value, locale))),
  }));
  for (const [index, one] of prints.entries()) {
    for (const other of prints.slice(index + 1)) {
      const overlap = Math.max(
        ...one.grams.map((grams, language) => overlapOf(grams, other.grams[language]!)),
      );
      if (overlap > NEAR_DUPLICATE) {
        const place = other.item.at("prompt");
        yield {
          ...one.item.at("prompt"),
          severity: "warning" as const,
          message: `asks nearly the same as ${place.file}:${place.line} (${Math.round(overlap * 100)} % alike)`,
        };
      }
    }
  }
}

/** The end of a sentence: not a point inside a number or a name. */
const SENTENCE_END: Record<Locale, RegExp> = { en: /[.!?](?=\s|$)/g, ja: /[。！？]/g };

function lengthOf(markdown: string, locale: Locale): number {
  const prose = withoutBlocks(markdown);
  return locale === "en"
    ? prose.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
    : prose.replace(/\s/g, "").length;
}

/** Whether prose uses a spelling to avoid, other than inside the preferred one (ロードバランサ in ロードバランサー). */
function contains(markdown: string, spelling: string, preferred: string): boolean {
  return withoutCode(markdown).replaceAll(preferred, "").includes(spelling);
}

/** What an item asks, with its parts: the same stem over other options is another question. */
function askedText(item: Item, locale: Locale): string {
  const parts = Object.values(partsOf(item))
    .flat()
    .map((part) => ("text" in part ? (part.text as Text)[locale] : ""));
  return [item.prompt[locale], item.kind === "cloze" ? item.text[locale] : "", ...parts]
    .join(" ")
    .toLowerCase();
}

function trigrams(text: string): Set<string> {
  const folded = text.replace(/\s+/g, " ");
  return new Set(Array.from({ length: Math.max(0, folded.length - 2) }, (_, i) => folded.slice(i, i + 3)));
}

/** The share that two sets have in common; 0 where their sizes alone say that they are no near duplicates. */
function overlapOf(a: Set<string>, b: Set<string>): number {
  if (Math.min(a.size, b.size) <= Math.max(a.size, b.size) * NEAR_DUPLICATE) return 0;
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared++;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}
