import {
  type Answer,
  type AnswerOf,
  type Asked,
  type AskedOf,
  KINDS,
  type Kind,
  type Part,
  type PublishedItem,
  type PublishedItemOf,
  splitCloze,
  type Text,
} from "../questions/index.ts";

/** Kinds that an exam asks: neither flashcards, which learners judge themselves, nor tasks, which take too long. */
export const EXAM_KINDS = KINDS.filter((kind) => kind !== "flashcard" && kind !== "manifest");
export type ExamKind = (typeof EXAM_KINDS)[number];
/** An item that an exam can ask. */
export type ExamItem = PublishedItemOf<ExamKind>;

export const isExamItem = (item: PublishedItem): item is ExamItem =>
  (EXAM_KINDS as Kind[]).includes(item.kind);

/** Ids by other ids: an author's by those that are shown, or the other way round. */
type Names = ReadonlyMap<string, string>;

/** What an answer names: the parts that it is about, and what it puts them to. */
interface AnswerNames {
  parts: Names;
  targets: Names;
}

interface Form<K extends ExamKind> {
  /** What is shown of the kind's own fields, and how the author's ids are called there. */
  hide: (item: PublishedItemOf<K>) => AnswerNames & { shown: Omit<AskedOf<K>, "kind" | "prompt"> };
  /** An answer with its ids replaced; null when it names something that is not there. */
  rename: (answer: AnswerOf<K>, names: AnswerNames) => AnswerOf<K> | null;
}

const NONE: Names = new Map();

/**
 * How each kind is shown without its key. Authors' ids and the order of their files may betray it (`until-recreated`; the
 * steps of an ordering stand in the right order), so parts are put in the order of what they say and named by their place
 * in it: what is shown depends on nothing that is not seen.
 */
const forms: { [K in ExamKind]: Form<K> } = {
  single: {
    hide: ({ options }) => {
      const { shown, names } = byText(options);
      return { shown: { options: shown }, parts: names, targets: NONE };
    },
    rename: ({ option }, { parts }) => {
      const named = parts.get(option);
      return named === undefined ? null : { option: named };
    },
  },
  multiple: {
    hide: ({ options }) => {
      const { shown, names } = byText(options);
      return { shown: { options: shown }, parts: names, targets: NONE };
    },
    rename: ({ options }, { parts }) => {
      const named = renameAll(options, parts);
      return named && { options: named };
    },
  },
  cloze: {
    hide: ({ text, gaps }) => {
      const ids = splitCloze(text.en).flatMap((piece) => ("gap" in piece ? [piece.gap] : []));
      // In order of appearance; a gap that is in no text cannot be filled, whatever it is called.
      const names = number([...new Set([...ids, ...gaps.map(({ id }) => id)])]);
      return {
        shown: {
          text: { ja: renameGaps(text.ja, names), en: renameGaps(text.en, names) },
          gaps: [...names.values()].map((id) => ({ id })),
        },
        parts: names,
        targets: NONE,
      };
    },
    rename: ({ gaps }, { parts }) => {
      const renamed = renameRecord(gaps, parts);
      return renamed && { gaps: renamed };
    },
  },
  ordering: {
    hide: ({ steps }) => {
      const { shown, names } = byText(steps);
      return { shown: { steps: shown }, parts: names, targets: NONE };
    },
    rename: ({ order }, { parts }) => {
      const named = renameAll(order, parts);
      return named && { order: named };
    },
  },
  matching: {
    hide: ({ pairs, extras = [] }) => {
      const lefts = byText(pairs.map(({ id, left }) => ({ id, text: left })));
      const rights = byText([...pairs.map(({ id, right }) => ({ id, text: right })), ...extras]);
      return {
        shown: { pairs: lefts.shown.map(({ id, text }) => ({ id, left: text })), extras: rights.shown },
        parts: lefts.names,
        targets: rights.names,
      };
    },
    rename: ({ matches }, { parts, targets }) => {
      const renamed = renameRecord(matches, parts, targets);
      return renamed && { matches: renamed };
    },
  },
  classify: {
    hide: ({ buckets, cards }) => {
      const labels = byText(buckets.map(({ id, label }) => ({ id, text: label })));
      const texts = byText(cards);
      return {
        shown: {
          buckets: labels.shown.map(({ id, text }) => ({ id, label: text })),
          cards: texts.shown,
        },
        parts: texts.names,
        targets: labels.names,
      };
    },
    rename: ({ buckets }, { parts, targets }) => {
      const renamed = renameRecord(buckets, parts, targets);
      return renamed && { buckets: renamed };
    },
  },
  numeric: {
    hide: ({ unit }) => ({ shown: { unit }, parts: NONE, targets: NONE }),
    rename: (answer) => answer,
  },
};

/** The registry pairs each kind with its form; the compiler cannot follow an item's kind through the look-up. */
const formOf = (item: ExamItem) => forms[item.kind] as unknown as Form<ExamKind>;

/**
 * An item as it may be seen before the last word was said: what is asked, without key, explanation, beliefs, hint, tolerance,
 * sources and diagram, and without the item's own name. Two items that look the same are the same here, whatever is right
 * in them.
 */
export function withoutKey(item: ExamItem): Asked {
  const { shown } = formOf(item).hide(item);
  return { kind: item.kind, prompt: item.prompt, ...shown } as Asked;
}

/** An answer in the ids of what was shown as one in the item's own; null when it names what was not shown. */
export function fromShown(item: ExamItem, answer: Answer): Answer | null {
  const form = formOf(item);
  const { parts, targets } = form.hide(item);
  return form.rename(answer as AnswerOf<ExamKind>, { parts: invert(parts), targets: invert(targets) });
}

/** An answer in the item's own ids as one in those of what was shown. */
export function toShown(item: ExamItem, answer: Answer): Answer | null {
  const form = formOf(item);
  return form.rename(answer as AnswerOf<ExamKind>, form.hide(item));
}

/** An item whose options a seed lays out as it did in the exam, where they were shuffled without their key. */
export function inShownOrder(item: PublishedItem): PublishedItem {
  if (item.kind !== "single" && item.kind !== "multiple") return item;
  return { ...item, options: inOrderOfText(item.options) };
}

/** Parts in the order of what they say, named by their place in it. */
function byText(parts: readonly Part[]): { shown: Part[]; names: Names } {
  const sorted = inOrderOfText(parts);
  const names = number(sorted.map(({ id }) => id));
  return { shown: sorted.map(({ id, text }) => ({ id: names.get(id) ?? "", text })), names };
}

const inOrderOfText = <P extends { text: Text }>(parts: readonly P[]): P[] =>
  [...parts].sort((a, b) => compare(a.text.en, b.text.en) || compare(a.text.ja, b.text.ja));

/** By code units: the same on every machine, in every language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const number = (ids: readonly string[]): Names => new Map(ids.map((id, index) => [id, String(index + 1)]));

const invert = (names: Names): Names => new Map([...names].map(([id, name]) => [name, id]));

const renameGaps = (text: string, names: Names): string =>
  splitCloze(text)
    .map((piece) => ("gap" in piece ? `{{${names.get(piece.gap)}}}` : piece.literal))
    .join("");

function renameAll(ids: readonly string[], names: Names): string[] | null {
  const renamed = ids.flatMap((id) => names.get(id) ?? []);
  return renamed.length === ids.length ? renamed : null;
}

/** A record with its keys replaced, and its values too where there are names for them. */
function renameRecord(
  record: Readonly<Record<string, string>>,
  keyNames: Names,
  valueNames?: Names,
): Record<string, string> | null {
  const keys = renameAll(Object.keys(record), keyNames);
  const values = valueNames ? renameAll(Object.values(record), valueNames) : Object.values(record);
  return keys && values && Object.fromEntries(keys.map((key, index) => [key, values[index] ?? ""]));
}
