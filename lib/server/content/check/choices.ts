/** Whether a choice can be made without knowing the answer: by length, by place, by an echo of the question. */
import { type ItemOf, isKey, LOCALES, type Locale, type Option } from "#lib/core/questions/index.ts";
import type { Content, Located } from "../load.ts";
import type { Checked } from "./rule.ts";
import { widthOf } from "./texts.ts";
import { distinctiveWords } from "./words.ts";

/** An option this many times as long as the others are on average stands out; so does the one key, if half as long … */
const LONG = 1.5;
const SHORT = 0.5;
/** … but none by so few characters. */
const SMALL_DIFFERENCE = 8;
/** How far, in standard deviations of chance, the keys in one place may be from their fair share … */
const MAX_DEVIATIONS = 2;
/** … but so few keys are no pattern, however small the bank. */
const FEW_KEYS = 2;
/** The share of questions whose longest option may be the key: what chance gives among three, and little more. */
const MAX_LONGEST_KEYS = 0.35;
/** Fewer questions have no share to speak of. */
const MIN_QUESTIONS = 6;

/** What is drawn is told by one function, key and wrong answers alike; of another seed it has other lengths and places. */
const authored = ({ items }: Pick<Content, "items">) => items.filter(({ value }) => !value.template);

export function* optionStandsOut(content: Checked) {
  for (const { value, at } of authored(content)) {
    if (value.kind !== "single" && value.kind !== "multiple") continue;
    for (const [index, option] of value.options.entries()) {
      for (const locale of LOCALES) {
        // Names and commands are as long as they are.
        if (value.options.every(({ text }) => /^`[^`]+`$/.test(text[locale]))) continue;
        const width = widthOf(option.text[locale], locale);
        const others = value.options.filter((other) => other !== option);
        const mean =
          others.reduce((sum, other) => sum + widthOf(other.text[locale], locale), 0) / others.length;
        if (Math.abs(width - mean) <= SMALL_DIFFERENCE) continue;
        const theKey = value.kind === "single" && isKey(option);
        if (width > mean * LONG || (theKey && width < mean * SHORT)) {
          yield {
            ...at("options", index, "text", locale),
            message: `${isKey(option) ? "the key" : "this option"} is ${Math.round(width)} characters wide in ${locale}, the others ${Math.round(mean)} on average: make them alike`,
          };
        }
      }
    }
  }
}

export function* keyPosition(content: Checked) {
  for (const { bank, questions } of singlesByBank(content)) {
    for (const size of [3, 4]) {
      const places = Array.from({ length: size }, (_, place) =>
        questions.filter(
          ({ value }) => value.options.length === size && value.options.findIndex(isKey) === place,
        ),
      );
      const fair = places.flat().length / size;
      const tolerance = Math.max(FEW_KEYS, MAX_DEVIATIONS * Math.sqrt(fair * (1 - 1 / size)));
      const counts = places.map((there) => there.length);
      const most = counts.indexOf(Math.max(...counts));
      if (counts.some((count) => Math.abs(count - fair) > tolerance)) {
        yield {
          ...bank.at("id"),
          message: `among ${size} options the key stands ${counts.map((count, place) => `${count} times in place ${place + 1}`).join(", ")}: move it in some of ${namesOf(places[most] ?? [])}`,
        };
      }
    }
  }
}

export function* keyIsLongest(content: Checked) {
  for (const { bank, questions } of singlesByBank(content)) {
    for (const locale of LOCALES) {
      const longest = questions.filter(({ value }) => hasLongestKey(value, locale));
      if (questions.length >= MIN_QUESTIONS && longest.length > questions.length * MAX_LONGEST_KEYS) {
        yield {
          ...bank.at("id"),
          message: `in ${locale} the key is the longest option of ${longest.length} of ${questions.length} questions, more than ${MAX_LONGEST_KEYS * 100} %: ${namesOf(longest)}`,
        };
      }
    }
  }
}

export function* echoedWord(content: Checked) {
  const items = authored(content);
  const distinctive = distinctiveWords(items.map(({ value }) => value.prompt));
  for (const { value, at } of items) {
    if (value.kind !== "single") continue;
    const keyIndex = value.options.findIndex(isKey);
    for (const locale of LOCALES) {
      const words = distinctive(value.prompt[locale], locale);
      const echoes = ({ text }: Option) => words.filter((word) => text[locale].toLowerCase().includes(word));
      // Where a wrong option echoes the question too, an echo is no clue.
      if (value.options.some((option) => !isKey(option) && echoes(option).length > 0)) continue;
      const echoed = value.options.filter(isKey).flatMap(echoes);
      if (echoed.length > 0) {
        yield {
          ...at("options", keyIndex, "text", locale),
          severity: "warning" as const,
          message: `only the key repeats ${echoed.map((word) => `「${word}」`).join(", ")} of the question: say it otherwise, or let a wrong option say it too`,
        };
      }
    }
  }
}

type Single = ItemOf<"single">;

function singlesByBank(content: Pick<Content, "banks" | "items">) {
  const items = authored(content);
  return content.banks.map((bank) => ({
    bank,
    questions: items.filter(
      (item): item is Located<Single & { bank: string; concept: string }> =>
        item.value.kind === "single" && item.value.bank === bank.value.id,
    ),
  }));
}

const namesOf = (questions: readonly Located<{ id: string }>[]): string =>
  questions.map(({ value }) => value.id).join(", ");

function hasLongestKey({ options }: Single, locale: Locale): boolean {
  const widths = options.map((option) => widthOf(option.text[locale], locale));
  const longest = Math.max(...widths);
  return options.every((option, index) => isKey(option) === (widths[index] === longest));
}
