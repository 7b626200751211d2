import "server-only";
import type { Locale, Text } from "#lib/core/questions/index.ts";
import { foldForSearch, markMatches, plainText, type Segment, snippet, wordsOf } from "#lib/core/search.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { currentPayloads } from "./banks.ts";

export interface SearchHit {
  kind: "concept" | "item";
  id: string;
  /** Where it is taught. */
  conceptId: string;
  title: Segment[];
  /** What of it matches, and in which language. */
  text: Segment[];
  language: Locale;
}

/** A search gives at most this many of each. */
const MAX_HITS = 30;

/** Lessons and questions whose text, in either language, contains every word of the query. */
export async function search(_viewer: Viewer, query: string, locale: Locale): Promise<SearchHit[]> {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const matches = (...texts: Text[]) => {
    const folded = foldForSearch(texts.flatMap(({ ja, en }) => [ja, en]).join(" "));
    return words.every((word) => folded.includes(word));
  };
  const [concepts, items] = await Promise.all([
    db().concept.findMany({ where: { retiredAt: null }, orderBy: { position: "asc" } }),
    db().item.findMany({
      where: { retiredAt: null },
      orderBy: { position: "asc" },
      include: { concept: { select: { title: true } } },
    }),
  ]);
  const payloads = await currentPayloads(items);
  const lessons = concepts.flatMap((concept): SearchHit[] => {
    const [title, summary, lesson] = [concept.title, concept.summary, concept.lesson] as Text[] as [
      Text,
      Text,
      Text,
    ];
    if (!matches(title, summary, lesson)) return [];
    return [
      {
        kind: "concept",
        id: concept.id,
        conceptId: concept.id,
        title: markMatches(title[locale], words),
        ...bestSnippet([summary, lesson], words, locale),
      },
    ];
  });
  const questions = items.flatMap(({ id, conceptId, concept }): SearchHit[] => {
    const item = payloads.get(id);
    if (!item || !matches(item.prompt, item.explanation)) return [];
    return [
      {
        kind: "item",
        id,
        conceptId,
        title: markMatches((concept.title as Text)[locale], words),
        ...bestSnippet([item.prompt, item.explanation], words, locale),
      },
    ];
  });
  const named = ({ title }: SearchHit) => Number(title.some(({ match }) => match));
  return [
    // A lesson that is called so comes before those that mention it.
    ...lessons.sort((a, b) => named(b) - named(a)).slice(0, MAX_HITS),
    ...questions.slice(0, MAX_HITS),
  ];
}

/** Japanese says in half as many characters what English does, each of them twice as wide. */
const SNIPPET_LENGTH: Record<Locale, number> = { ja: 80, en: 160 };

/**
 * The place that has most of the words, in the reader's language if it has any, and in the first text that has as many;
 * where none has, the beginning of the first.
 */
function bestSnippet(
  texts: readonly [Text, ...Text[]],
  words: readonly string[],
  locale: Locale,
): Pick<SearchHit, "text" | "language"> {
  const other = locale === "ja" ? "en" : "ja";
  for (const language of [locale, other] as const) {
    const [best] = texts
      .flatMap((text) => snippet(plainText(text[language]), words, SNIPPET_LENGTH[language]) ?? [])
      .sort((a, b) => b.found - a.found);
    if (best) return { text: best.segments, language };
  }
  return { text: [{ text: plainText(texts[0][locale]), match: false }], language: locale };
}
