import type { Answer, Question } from "./item.ts";
import { isKey } from "./option.ts";
import type { Locale } from "./text.ts";

/** An answer that is right; of several, the first that the author wrote. */
export function rightAnswer(question: Question, locale: Locale): Answer {
  switch (question.kind) {
    case "flashcard":
      return { recall: "good" };
    case "single":
      return { option: question.options.find(isKey)?.id ?? "" };
    case "multiple":
      return { options: question.options.filter(isKey).map(({ id }) => id) };
    case "cloze":
      return {
        gaps: Object.fromEntries(question.gaps.map(({ id, accept }) => [id, accept[locale][0] ?? ""])),
      };
    case "ordering":
      return { order: question.steps.map(({ id }) => id) };
    case "matching":
      return { matches: Object.fromEntries(question.pairs.map(({ id }) => [id, id])) };
    case "classify":
      return { buckets: Object.fromEntries(question.cards.map(({ id, bucket }) => [id, bucket])) };
    case "numeric":
      return { number: String(question.value) };
    case "manifest":
      return { manifests: question.solution };
  }
}
