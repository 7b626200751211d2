import {
  type AnswerOf,
  type ComparedKind,
  isKey,
  normalizeTyped,
  type PublishedItem,
  type PublishedItemOf,
  parseTypedNumber,
  type Text,
} from "../questions/index.ts";

/** Something that can be answered to a part of a question, and how many answered it. */
export interface Choice {
  id: string;
  /** Null where the id is a word that the screen knows, such as a rating of one's own. */
  text: Text | null;
  right: boolean;
  count: number;
}

/** A part of a question that is answered for itself, such as a gap. */
export interface AnsweredPart {
  id: string;
  /** Null for the question as a whole. */
  title: Text | null;
  choices: Choice[];
}

/** Different typed answers that are told apart; what fewer people typed is left out. */
const MOST_TYPED = 8;

type Counter<K extends ComparedKind> = (
  item: PublishedItemOf<K>,
  answers: readonly AnswerOf<K>[],
) => AnsweredPart[];

const counters: { [K in ComparedKind]: Counter<K> } = {
  single: ({ options }, answers) => [
    whole(
      options.map((option) => ({
        id: option.id,
        text: option.text,
        right: isKey(option),
        count: countOf(answers, (answer) => answer.option === option.id),
      })),
    ),
  ],
  multiple: ({ options }, answers) => [
    whole(
      options.map((option) => ({
        id: option.id,
        text: option.text,
        right: isKey(option),
        count: countOf(answers, (answer) => answer.options.includes(option.id)),
      })),
    ),
  ],
  classify: ({ buckets, cards }, answers) =>
    cards.map(({ id, text, bucket }) => ({
      id,
      title: text,
      choices: buckets.map((one) => ({
        id: one.id,
        text: one.label,
        right: one.id === bucket,
        count: countOf(answers, (answer) => answer.buckets[id] === one.id),
      })),
    })),
  matching: ({ pairs, extras = [] }, answers) =>
    pairs.map(({ id, left }) => ({
      id,
      title: left,
      choices: [...pairs.map((pair) => ({ id: pair.id, text: pair.right })), ...extras].map((one) => ({
        ...one,
        right: one.id === id,
        count: countOf(answers, (answer) => answer.matches[id] === one.id),
      })),
    })),
  // Of each step, how many put it where it belongs.
  ordering: ({ steps }, answers) => [
    whole(
      steps.map(({ id, text }, place) => ({
        id,
        text,
        right: true,
        count: countOf(answers, (answer) => answer.order[place] === id),
      })),
    ),
  ],
  cloze: ({ gaps }, answers) =>
    gaps.map(({ id, accept }, index) => {
      const accepted = new Set([...accept.ja, ...accept.en].map(normalizeTyped));
      return {
        id,
        title: gaps.length > 1 ? same(`${index + 1}`) : null,
        choices: typed(
          answers.map((answer) => answer.gaps[id] ?? ""),
          normalizeTyped,
          (key) => accepted.has(key),
        ),
      };
    }),
  numeric: ({ value, tolerance }, answers) => [
    whole(
      typed(
        answers.map(({ number }) => number),
        (text) => String(parseTypedNumber(text) ?? text.trim()),
        (key) => Math.abs(Number(key) - value) <= tolerance + 1e-9,
      ),
    ),
  ],
  flashcard: (_item, answers) => [
    whole(
      (["again", "hard", "good", "easy"] as const).map((id) => ({
        id,
        text: null,
        right: id !== "again",
        count: countOf(answers, ({ recall }) => recall === id),
      })),
    ),
  ],
};

/**
 * How often each thing was answered to a question, part by part. What learners typed is counted as grading compares it, most
 * frequent first.
 * @param answers given to this revision of it
 */
export function countAnswers<K extends ComparedKind>(
  item: PublishedItem & { kind: K },
  answers: readonly AnswerOf<K>[],
): AnsweredPart[] {
  const count = counters[item.kind] as unknown as (
    item: PublishedItem,
    answers: readonly AnswerOf<K>[],
  ) => AnsweredPart[];
  return count(item, answers);
}

/**
 * What the answers came to where hardly two are alike: the truth, one of the beliefs that they can show, or neither. An answer may show
 * several beliefs.
 * @param beliefs that answers can show, with what each says
 */
export function countBeliefs(
  beliefs: ReadonlyMap<string, Text>,
  answers: readonly { correct: boolean; misconceptions: readonly string[] }[],
): AnsweredPart[] {
  const shown = [...beliefs].map(([id, text]) => ({
    id,
    text,
    right: false,
    count: countOf(answers, ({ misconceptions }) => misconceptions.includes(id)),
  }));
  const neither = countOf(answers, ({ correct, misconceptions }) => !correct && misconceptions.length === 0);
  return [
    whole([
      { id: "right", text: null, right: true, count: countOf(answers, ({ correct }) => correct) },
      ...shown.sort((a, b) => b.count - a.count),
      { id: "neither", text: null, right: false, count: neither },
    ]),
  ];
}

const whole = (choices: Choice[]): AnsweredPart => ({ id: "all", title: null, choices });

const countOf = <T>(answers: readonly T[], chosen: (answer: T) => boolean): number =>
  answers.filter(chosen).length;

const same = (text: string): Text => ({ ja: text, en: text });

/** Typed texts that compare alike are one, shown as it was typed first. */
function typed(
  texts: readonly string[],
  keyOf: (text: string) => string,
  isRight: (key: string) => boolean,
): Choice[] {
  const counted = new Map<string, Choice>();
  for (const text of texts) {
    const key = keyOf(text);
    const known = counted.get(key);
    if (known) known.count++;
    else counted.set(key, { id: key, text: same(text.trim()), right: isRight(key), count: 1 });
  }
  return [...counted.values()].sort((a, b) => b.count - a.count).slice(0, MOST_TYPED);
}
