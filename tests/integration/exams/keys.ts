/**
 * What of a question would tell what is right in it, and the search for that in what a server answered. It knows content files and
 * how pages are written, and nothing of how the app leaves keys out.
 */
import type { ExamItem } from "#lib/core/exams/index.ts";
import type { Asked, Text } from "#lib/core/questions/index.ts";

/** One thing that may not be seen. */
export interface Key {
  /** Whose it is and which: `pod-ip-after: options.1.why.ja`. */
  name: string;
  /** As a field stands in JSON, or as the letters of a text, whatever marks stand between them. */
  form: "json" | "letters";
  text: string;
}

/** Fields of an item that tell nothing of what is right in it. */
const TELLS_NOTHING = new Set(["kind", "revision", "difficulty", "family", "sources", "asOf", "reviewBy"]);
/** What has to be seen of an item, and of its options, steps, pairs, cards and buckets, before it can be answered. */
const IS_ASKED = new Set(["prompt", "text", "left", "right", "label", "unit"]);
/** Fields whose names are nobody else's, wherever they stand. */
const IS_NAME = new Set(["misconception", "diagram"]);

/** Shorter pieces of a text may be said anywhere. In letters: one of Japanese says as much as two of English. */
const ENOUGH_LETTERS = { ja: 8, en: 14 };

/**
 * All that may not be seen of questions while they are asked: names that their author gave (`until-recreated`), which are right,
 * what is accepted, where cards and numbers belong, the beliefs behind wrong answers, and every piece of text that is not asked:
 * explanations, hints, reasons.
 */
export function keysOf(items: readonly ExamItem[]): Key[] {
  const asked = lettersOf(
    items.flatMap((item) => [...leavesOf(item)].filter(isAsked).map(textOf)).join("\n"),
  );
  return items.flatMap((item) =>
    [...leavesOf(item)]
      .filter((leaf) => !isAsked(leaf) && !TELLS_NOTHING.has(leaf.path[0] ?? ""))
      .flatMap((leaf) =>
        keysOfLeaf(leaf, asked).map((key) => ({ ...key, name: `${item.id}: ${leaf.path.join(".")}` })),
      ),
  );
}

interface Leaf {
  path: string[];
  value: unknown;
}

function* leavesOf(value: unknown, path: string[] = []): Generator<Leaf> {
  if (typeof value !== "object" || value === null) yield { path, value };
  else for (const [name, part] of Object.entries(value)) yield* leavesOf(part, [...path, name]);
}

const isAsked = ({ path }: Leaf): boolean => localeOf(path) !== null && IS_ASKED.has(path.at(-2) ?? "");
const textOf = ({ value }: Leaf): string => String(value);

const localeOf = (path: readonly string[]) => {
  const last = path.at(-1);
  return last === "ja" || last === "en" ? last : null;
};

function keysOfLeaf({ path, value }: Leaf, asked: string): Omit<Key, "name">[] {
  const locale = localeOf(path);
  const field = path.at(-1) ?? "";
  const json = JSON.stringify(value);
  if (locale === null) {
    // An element of a list, or a name that is nobody else's.
    const alone = /^\d+$/.test(field) || IS_NAME.has(field) || (path.length === 1 && field === "id");
    return [{ form: "json", text: alone ? json : `${JSON.stringify(field)}:${json}` }];
  }
  return piecesOf(String(value), ENOUGH_LETTERS[locale])
    .filter((piece) => !asked.includes(piece))
    .map((text) => ({ form: "letters", text }));
}

/** The pieces between the marks of Markdown, around which a page puts elements of its own. */
const piecesOf = (text: string, enough: number): string[] =>
  text
    .split(/[`*_|\n{}]+/)
    .map(lettersOf)
    .filter((piece) => piece.length >= enough);

const lettersOf = (text: string): string => text.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "");

/** @param body a page, the data of one, or what an action answered @returns the names of the keys that can be read in it */
export function keysIn(body: string, keys: readonly Key[]): string[] {
  const data = dataOf(body);
  const read = {
    json: data,
    letters: lettersOf(`${withoutTags(body)}\n${unescapeJson(data)}`),
  };
  return [...new Set(keys.filter(({ form, text }) => read[form].includes(text)).map(({ name }) => name))];
}

/** React's data in a body: in a page it stands in scripts, cut into strings anywhere; else it is the body. */
export function dataOf(body: string): string {
  const pieces = [...body.matchAll(/self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)/g)];
  return pieces.length === 0 ? body : pieces.map(([, text = '""']) => JSON.parse(text) as string).join("");
}

const unescapeJson = (text: string): string =>
  text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[nrt"\\/]/g, " ");

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };

const withoutTags = (html: string): string =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(\w+);/g, (entity, name) => ENTITIES[name] ?? entity);

/** The questions of the attempt that a page, or its data, has in it. */
export function questionsIn(body: string): { position: number; item: Asked }[] {
  const data = dataOf(body);
  // The words of the interface have a list of that name too.
  const begin = data.search(/(?<="questions":)\[\{"position"/);
  if (begin === -1) return [];
  let [depth, end] = [0, begin];
  for (const [token] of data.slice(begin).matchAll(/"(?:[^"\\]|\\.)*"|[[\]]|[^"[\]]+/g)) {
    end += token.length;
    if (token === "[") depth++;
    if (token === "]" && --depth === 0) break;
  }
  return JSON.parse(data.slice(begin, end));
}

/** Whether parts stand in the order of what they say: in that of their author, steps would be in the right one. */
export function isInOrderOfText(asked: Asked): boolean {
  const lists: (readonly { text?: Text; left?: Text; label?: Text }[])[] =
    asked.kind === "ordering"
      ? [asked.steps]
      : asked.kind === "matching"
        ? [asked.pairs, asked.extras ?? []]
        : asked.kind === "classify"
          ? [asked.buckets, asked.cards]
          : "options" in asked
            ? [asked.options]
            : [];
  return lists.every((parts) => {
    const said = parts.map(({ text, left, label }) => (text ?? left ?? label)?.en ?? "");
    return said.every((one, index) => index === 0 || (said[index - 1] ?? "") <= one);
  });
}
