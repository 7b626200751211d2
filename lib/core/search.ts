/** Searching text as people type it, in either language. Pure; what is searched is its caller's. */

/** A piece of a text; `match` where it is what was searched for. */
export interface Segment {
  text: string;
  match: boolean;
}

/** Searches at most this many words. */
const MAX_WORDS = 8;

/** Search finds サーバ and サーバー, full and half width, whatever the case. */
export const foldForSearch = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replaceAll("ー", "").replace(/\s+/g, " ");

/** The words of a query, folded. */
export const wordsOf = (query: string): string[] =>
  foldForSearch(query).split(" ").filter(Boolean).slice(0, MAX_WORDS);

/** A Markdown text without its marks, on one line. */
export const plainText = (markdown: string): string =>
  markdown
    .replace(/^ *(```.*|\|?[-|: ]+\|[-|: ]*)$/gm, "")
    .replace(/^ *(#+|[-*]|\d+\.) +/gm, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\*\*|`/g, "")
    .replace(/ *\| */g, " ")
    .replace(/\s+/g, " ")
    .trim();

const graphemes = new Intl.Segmenter("ja");

/**
 * A text cut into what matches any of the folded words and what does not; the pieces together are the text. Folding
 * shortens texts, so matches are found in the folded one and led back, grapheme by grapheme.
 */
export function markMatches(text: string, words: readonly string[]): Segment[] {
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  // For each character of the folded text, the part that it came from.
  const origin: number[] = [];
  const folded = parts
    .map((part, i) => {
      const short = foldForSearch(part);
      for (const _ of short.split("")) origin.push(i);
      return short;
    })
    .join("");
  const matched = new Set<number>();
  for (const word of words) {
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) {
      const [first, last] = [origin[at] ?? 0, origin[at + word.length - 1] ?? 0];
      for (let i = first; i <= last; i++) matched.add(i);
    }
  }
  const segments: Segment[] = [];
  for (const [i, part] of parts.entries()) {
    const last = segments.at(-1);
    // A long mark that folding leaves out belongs to the word before it.
    const match = matched.has(i) || (part === "ー" && (last?.match ?? false));
    if (last?.match === match) last.text += part;
    else segments.push({ text: part, match });
  }
  return segments;
}

/**
 * The part of a text, about `length` UTF-16 units, that has the most of the folded words, the first of the best; `null`
 * where none of them is in the text.
 */
export function snippet(
  text: string,
  words: readonly string[],
  length = 160,
): { segments: Segment[]; found: number } | null {
  const segments = markMatches(text, words);
  let best: { from: number; found: number } | null = null;
  let at = 0;
  for (const segment of segments) {
    if (segment.match) {
      const from = startBefore(text, at, length / 4);
      const found = wordsIn(text.slice(from, from + length), words);
      if (!best || found > best.found) best = { from, found };
    }
    at += segment.text.length;
  }
  if (!best) return null;
  const to = best.from + length;
  const shown = slice(segments, best.from, to);
  if (best.from > 0) shown.unshift({ text: "… ", match: false });
  if (to < text.length) shown.push({ text: " …", match: false });
  return { segments: shown, found: best.found };
}

/** How many of the folded words are in a text. */
const wordsIn = (text: string, words: readonly string[]): number => {
  const folded = foldForSearch(text);
  return words.filter((word) => folded.includes(word)).length;
};

/** Where to begin to show what is at a place: a little before, not within a word where words have spaces between. */
function startBefore(text: string, at: number, lead: number): number {
  const from = at - Math.floor(lead);
  if (from <= 0) return 0;
  const space = text.indexOf(" ", from);
  return space !== -1 && space < at ? space + 1 : from;
}

/** The segments from one place of the text to another. */
function slice(segments: readonly Segment[], from: number, to: number): Segment[] {
  let at = 0;
  return segments.flatMap(({ text, match }) => {
    const start = at;
    at += text.length;
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    return part ? [{ text: part, match }] : [];
  });
}
