import { DIAGRAM_IDS } from "#lib/core/diagrams.ts";
import {
  type Item,
  isKey,
  KINDS,
  LOCALES,
  misconceptionsOf,
  splitCloze,
  type Text,
} from "#lib/core/questions/index.ts";
import type { Content, LoadedContent, Located } from "./load.ts";
import type { Place, Problem } from "./place.ts";

/** What `content:check` says: the counts that show coverage, and everything found. */
export interface ContentReport {
  items: number;
  concepts: number;
  lessons: number;
  misconceptions: number;
  diagrams: number;
  byKind: Record<string, number>;
  byArea: Record<string, number>;
  byDifficulty: Record<string, number>;
  errors: Problem[];
  warnings: Problem[];
}

/** What a rule sees: the content, and the day it is checked on. */
interface Checked extends Content {
  /** `YYYY-MM-DD`. */
  today: string;
}

type Finding = Place & { message: string; severity?: "warning" };
type Rule = (content: Checked) => Iterable<Finding>;

/** A concept with fewer items cannot be told from luck. */
const MIN_ITEMS_PER_CONCEPT = 2;
/** A key this much longer than the mean of its rivals gives itself away. */
const MAX_KEY_LENGTH_RATIO = 1.5;
/** Prompts whose character trigrams overlap by more than this (Jaccard) are probably one question twice. */
const NEAR_DUPLICATE = 0.8;

/** The rules by name. Each yields its findings with file and line; a test plants an error for every one. */
export const rules = {
  "duplicate-id": function* ({ concepts, misconceptions, banks, items, sources, areas }) {
    for (const [what, things] of Object.entries({ areas, concepts, misconceptions, banks, items, sources })) {
      const first = new Map<string, Place>();
      for (const thing of things as Located<{ id: string }>[]) {
        const earlier = first.get(thing.value.id);
        if (earlier) {
          yield {
            ...thing.at("id"),
            message: `\`${thing.value.id}\` is already used in ${what} at ${earlier.file}:${earlier.line}; give it another id`,
          };
        } else first.set(thing.value.id, thing.at("id"));
      }
    }
  },

  "dead-reference": function* ({ areas, concepts, misconceptions, banks, items, sources }) {
    const known = {
      concept: ids(concepts),
      misconception: ids(misconceptions),
      source: ids(sources),
      area: ids(areas),
      diagram: new Set<string>(DIAGRAM_IDS),
    };
    const missing = (kind: keyof typeof known, id: string, place: Place): Finding[] =>
      known[kind].has(id) ? [] : [{ ...place, message: `no ${kind} has the id \`${id}\`` }];

    for (const { value, at } of areas) {
      for (const [index, id] of value.concepts.entries())
        yield* missing("concept", id, at("concepts", index));
    }
    for (const { value, at } of concepts) {
      for (const [index, id] of value.needs.entries()) yield* missing("concept", id, at("needs", index));
      for (const [index, id] of value.sources.entries()) yield* missing("source", id, at("sources", index));
      if (value.diagram) yield* missing("diagram", value.diagram, at("diagram"));
    }
    for (const { value, at } of misconceptions) yield* missing("area", value.area, at());
    for (const { value, at } of items) {
      yield* missing("concept", value.concept, at());
      for (const [index, id] of value.sources.entries()) yield* missing("source", id, at("sources", index));
      if (value.diagram) yield* missing("diagram", value.diagram, at("diagram"));
      for (const slug of misconceptionsOf(value)) yield* missing("misconception", slug, at());
    }
    if (banks.length === 0) yield { file: "content/banks", line: 1, message: "there is no bank" };
  },

  "concept-in-one-area": function* ({ areas, concepts }) {
    const homes = new Map<string, string>();
    for (const { value, at } of areas) {
      for (const [index, id] of value.concepts.entries()) {
        const home = homes.get(id);
        if (home)
          yield {
            ...at("concepts", index),
            message: `\`${id}\` is already in the area \`${home}\`; keep one`,
          };
        homes.set(id, value.id);
      }
    }
    for (const { value, at } of concepts) {
      if (!homes.has(value.id)) {
        yield {
          ...at("id"),
          message: `\`${value.id}\` is in no area; add it to the \`concepts\` of one in content/areas.yaml`,
        };
      }
    }
  },

  "circular-needs": function* ({ concepts }) {
    const needs = new Map(concepts.map(({ value }) => [value.id, value.needs]));
    for (const { value, at } of concepts) {
      const circle = findPath(needs, value.id, value.id);
      if (circle) yield { ...at("needs"), message: `needs itself: ${circle.join(" → ")}` };
    }
  },

  "few-items": function* ({ concepts, items }) {
    for (const { value, at } of concepts) {
      const count = items.filter((item) => item.value.concept === value.id).length;
      if (count < MIN_ITEMS_PER_CONCEPT) {
        yield {
          ...at("id"),
          message: `has ${count} item(s); a concept needs at least ${MIN_ITEMS_PER_CONCEPT}`,
        };
      }
    }
  },

  "unique-parts": function* ({ items }) {
    for (const { value, at } of items) {
      for (const [field, parts] of Object.entries(partsOf(value))) {
        const seen = new Set<string>();
        for (const [index, part] of parts.entries()) {
          if (seen.has(part.id))
            yield { ...at(field, index, "id"), message: `\`${part.id}\` occurs twice in \`${field}\`` };
          seen.add(part.id);
        }
      }
    }
  },

  "cloze-gaps": function* ({ items }) {
    for (const { value, at } of items) {
      if (value.kind !== "cloze") continue;
      const declared = value.gaps.map((gap) => gap.id).sort();
      for (const locale of LOCALES) {
        const used = splitCloze(value.text[locale])
          .flatMap((piece) => ("gap" in piece ? [piece.gap] : []))
          .sort();
        if (used.join() !== declared.join()) {
          yield {
            ...at("text", locale),
            message: `the text uses the gaps [${used}], but \`gaps\` declares [${declared}]; each exactly once`,
          };
        }
      }
    }
  },

  "classify-buckets": function* ({ items }) {
    for (const { value, at } of items) {
      if (value.kind !== "classify") continue;
      const buckets = new Set(value.buckets.map((bucket) => bucket.id));
      for (const [index, card] of value.cards.entries()) {
        if (!buckets.has(card.bucket))
          yield { ...at("cards", index, "bucket"), message: `no bucket \`${card.bucket}\` here` };
      }
    }
  },

  "key-stands-out": function* ({ items }) {
    for (const { value, at } of items) {
      if (value.kind !== "single") continue;
      const keyIndex = value.options.findIndex(isKey);
      const key = value.options[keyIndex];
      if (!key) continue;
      for (const locale of LOCALES) {
        const rivals = value.options.filter((option) => option !== key);
        const mean = rivals.reduce((sum, option) => sum + option.text[locale].length, 0) / rivals.length;
        const length = key.text[locale].length;
        if (length > mean * MAX_KEY_LENGTH_RATIO && length > mean + 8) {
          yield {
            ...at("options", keyIndex, "text", locale),
            message: `the key has ${length} characters, the others ${Math.round(mean)} on average: shorten it or lengthen them`,
          };
        }
      }
    }
  },

  "glossary-spelling": function* ({ items, concepts, misconceptions, banks, areas, glossary }) {
    const avoided = glossary.flatMap(({ value }) =>
      (value.avoid ?? []).map((spelling) => ({ spelling, use: value })),
    );
    const everything = [...items, ...concepts, ...misconceptions, ...banks, ...areas];
    for (const { value, at } of everything) {
      for (const { path, text } of textsIn(value)) {
        for (const locale of LOCALES) {
          for (const { spelling, use } of avoided) {
            const preferred = use[locale];
            if (contains(text[locale], spelling, preferred)) {
              yield {
                ...at(...path, locale),
                message: `「${spelling}」 is spelt 「${preferred}」 in the glossary`,
              };
            }
          }
        }
      }
    }
  },

  "japanese-spacing": function* ({ items, concepts, misconceptions, banks, areas }) {
    const spaced =
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}] [A-Za-z0-9]|[A-Za-z0-9] [\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
    for (const { value, at } of [...items, ...concepts, ...misconceptions, ...banks, ...areas]) {
      for (const { path, text } of textsIn(value)) {
        const found = spaced.exec(withoutCode(text.ja))?.[0];
        if (found)
          yield {
            ...at(...path, "ja"),
            message: `no space between Latin and Japanese characters: 「${found}」`,
          };
      }
    }
  },

  "expired-fact": function* ({ items, today }) {
    for (const { value, at } of items) {
      if (value.reviewBy && value.reviewBy < today) {
        yield {
          ...at("reviewBy"),
          message: `was to be checked again by ${value.reviewBy}: look it up, then raise \`asOf\` and \`reviewBy\``,
        };
      }
    }
  },

  "near-duplicate": function* ({ items }) {
    const prints = items.map((item) => ({ item, grams: trigrams(askedText(item.value)) }));
    for (const [index, one] of prints.entries()) {
      for (const other of prints.slice(index + 1)) {
        const overlap = jaccard(one.grams, other.grams);
        if (overlap > NEAR_DUPLICATE) {
          const place = other.item.at("prompt");
          yield {
            ...one.item.at("prompt"),
            severity: "warning",
            message: `asks nearly the same as ${place.file}:${place.line} (${Math.round(overlap * 100)} % alike)`,
          };
        }
      }
    }
  },
} satisfies Record<string, Rule>;

/**
 * Checks loaded content by every rule.
 * @param today the day that facts must not have expired on, `YYYY-MM-DD`
 */
export function checkContent(content: LoadedContent, today: string): ContentReport {
  const found = Object.entries(rules as Record<string, Rule>).flatMap(([rule, check]) =>
    [...check({ ...content, today })].map((finding): Problem => ({ rule, severity: "error", ...finding })),
  );
  const problems = [...content.problems, ...found].sort((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
  const areaOf = new Map(
    content.areas.flatMap(({ value }) => value.concepts.map((id) => [id, value.id] as const)),
  );
  const values = content.items.map((item) => item.value);
  return {
    items: values.length,
    concepts: content.concepts.length,
    lessons: content.concepts.length,
    misconceptions: content.misconceptions.length,
    diagrams: DIAGRAM_IDS.length,
    byKind: {
      ...Object.fromEntries(KINDS.map((kind) => [kind, 0])),
      ...countBy(values, (item) => item.kind),
    },
    byArea: countBy(values, (item) => areaOf.get(item.concept) ?? "none"),
    byDifficulty: countBy(values, (item) => String(item.difficulty)),
    errors: problems.filter((problem) => problem.severity === "error"),
    warnings: problems.filter((problem) => problem.severity === "warning"),
  };
}

const ids = (things: Located<{ id: string }>[]): Set<string> => new Set(things.map(({ value }) => value.id));

function countBy<T>(values: readonly T[], key: (value: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[key(value)] = (counts[key(value)] ?? 0) + 1;
  return counts;
}

/** The first way from `from` along `edges` back to `target`, both ends named. */
function findPath(edges: Map<string, string[]>, from: string, target: string): string[] | null {
  const visited = new Set<string>();
  const walk = (id: string): string[] | null => {
    for (const next of edges.get(id) ?? []) {
      if (next === target) return [id, next];
      if (visited.has(next)) continue;
      visited.add(next);
      const rest = walk(next);
      if (rest) return [id, ...rest];
    }
    return null;
  };
  return walk(from);
}

/** The lists of an item whose entries have ids. */
function partsOf(item: Item): Record<string, readonly { id: string }[]> {
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
    case "flashcard":
    case "numeric":
      return {};
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

/** Code is quoted as machines write it and follows no spelling rule of ours. */
const withoutCode = (markdown: string): string => markdown.replace(/```[\s\S]*?```|`[^`]*`/g, "｀");

/** Whether prose uses a spelling to avoid, other than inside the preferred one (ロードバランサ in ロードバランサー). */
function contains(markdown: string, spelling: string, preferred: string): boolean {
  return withoutCode(markdown).replaceAll(preferred, "").includes(spelling);
}

/** What an item asks, in English, with its parts: the same stem over other options is another question. */
function askedText(item: Item): string {
  const parts = Object.values(partsOf(item))
    .flat()
    .map((part) => ("text" in part ? (part.text as Text).en : ""));
  return [item.prompt.en, item.kind === "cloze" ? item.text.en : "", ...parts].join(" ").toLowerCase();
}

function trigrams(text: string): Set<string> {
  const folded = text.replace(/\s+/g, " ");
  return new Set(Array.from({ length: Math.max(0, folded.length - 2) }, (_, i) => folded.slice(i, i + 3)));
}

function jaccard(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared++;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}
