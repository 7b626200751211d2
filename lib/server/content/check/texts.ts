/** How rules look at content: its texts one by one, without code, as words. */
import { type Item, LOCALES, type Locale, type Text } from "#lib/core/questions/index.ts";
import type { Content, Located } from "../load.ts";
import type { Place } from "../place.ts";

/** One text in one language. */
export interface Prose {
  locale: Locale;
  markdown: string;
  /** Where it stands inside its item, concept …; the language is not part of it. */
  path: PropertyKey[];
  /** Where it begins, or a fragment of it stands. */
  at(fragment?: string): Place;
}

type Texts = Pick<Content, "items" | "concepts" | "misconceptions" | "banks" | "areas" | "tours">;

/** Everything that learners read, one text and language at a time. */
export function* proseOf(content: Texts): Generator<Prose> {
  const { items, concepts, misconceptions, banks, areas, tours } = content;
  for (const one of [...items, ...concepts, ...misconceptions, ...banks, ...areas, ...tours])
    yield* proseIn(one);
}

function* proseIn({ value, find }: Located<unknown>): Generator<Prose> {
  for (const { path, text } of textsIn(value)) {
    for (const locale of LOCALES) {
      yield {
        locale,
        markdown: text[locale],
        path,
        at: (fragment = "") => find(fragment, ...path, locale),
      };
    }
  }
}

/** Every `{ja, en}` in a value, with the path to it. */
function textsIn(value: unknown, path: PropertyKey[] = []): { path: PropertyKey[]; text: Text }[] {
  if (value === null || typeof value !== "object") return [];
  if ("ja" in value && "en" in value && typeof value.ja === "string" && typeof value.en === "string") {
    return [{ path, text: { ja: value.ja, en: value.en } }];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    textsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Code is quoted as machines write it and follows no rule of ours; each piece leaves a mark that is no letter. */
export const withoutCode = (markdown: string): string =>
  markdown.replace(/```[\s\S]*?```|`[^`]*`|\{\{[a-z0-9-]+\}\}/g, "｀");

/** Blocks of code and tables are looked at, not read. */
export const withoutBlocks = (markdown: string): string => markdown.replace(/```[\s\S]*?```|^\|.*$/gm, "");

/** How wide a line of text is on screen, in characters of its language: among Japanese, Latin letters are half as wide. */
export function widthOf(markdown: string, locale: Locale): number {
  const shown = [...markdown.replace(/[`*]/g, "")];
  return locale === "en" ? shown.length : shown.reduce((sum, char) => sum + (char < "\u0100" ? 0.5 : 1), 0);
}

/** The lists of an item whose entries have ids. */
export function partsOf(item: Item): Record<string, readonly { id: string }[]> {
  switch (item.kind) {
    case "single":
    case "multiple":
      return { options: item.options };
    case "cloze":
      return { gaps: item.gaps };
    case "ordering":
      return { steps: item.steps };
    case "matching":
      return { pairs: item.pairs, extras: item.extras ?? [] };
    case "classify":
      return { buckets: item.buckets, cards: item.cards };
    case "manifest":
      return { probes: item.task.probes };
    case "flashcard":
    case "numeric":
      return {};
  }
}
