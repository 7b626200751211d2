/** Texts as words, in both languages. */
import { LOCALES, type Locale, type Text } from "#lib/core/questions/index.ts";
import { withoutBlocks } from "./texts.ts";

/** English grammar, as far as it has long words. */
const GRAMMAR = new Set(
  "about after again before being between cannot could during every might other shall should since their there these those through under until where whether which while whose within without would".split(
    " ",
  ),
);

/** A word that more texts than this use is what they are all about. */
const COMMON_SHARE = 0.03;
/** In a small collection every word is rare: so many uses are always allowed. */
const COMMON_COUNT = 2;

/** Japanese has no spaces: its terms are runs of one script. Hiragana is grammar. */
const WORD: Record<Locale, RegExp> = {
  en: /[a-z][a-z-]{4,}/g,
  ja: /[a-z][a-z-]{2,}|[\p{Script=Katakana}ー]{3,}|\p{Script=Han}{2,}/gu,
};

/** The words of a text that say what it is about, without repeats, in lower case. */
function wordsOf(markdown: string, locale: Locale): string[] {
  const prose = withoutBlocks(markdown).toLowerCase();
  return [...new Set(prose.match(WORD[locale]) ?? [])].filter((word) => !GRAMMAR.has(word));
}

/** A function that picks the words of a text that few of the given texts share. */
export function distinctiveWords(texts: readonly Text[]): (markdown: string, locale: Locale) => string[] {
  const uses = new Map<string, number>();
  for (const text of texts) {
    for (const locale of LOCALES) {
      for (const word of wordsOf(text[locale], locale)) uses.set(word, (uses.get(word) ?? 0) + 1);
    }
  }
  const common = Math.max(COMMON_COUNT, texts.length * COMMON_SHARE);
  return (markdown, locale) => wordsOf(markdown, locale).filter((word) => (uses.get(word) ?? 0) <= common);
}
