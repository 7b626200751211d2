import type { AnswerOf, Kind, Locale, PublishedItemOf } from "#lib/core/questions/index.ts";
import type { Misconceptions } from "#lib/core/study/index.ts";

/** What a player gets: the question, how to lay it out, and where the answer goes. */
export interface PlayerProps<K extends Kind> {
  item: PublishedItemOf<K>;
  locale: Locale;
  /** Decides the layout; the same seed lays out the same. */
  seed: number;
  onAnswer: (answer: AnswerOf<K>) => void;
}

/** What a review gets: the question as it was laid out, and what was answered. */
export interface ReviewProps<K extends Kind> {
  item: PublishedItemOf<K>;
  locale: Locale;
  seed: number;
  answer: AnswerOf<K>;
  misconceptions: Misconceptions;
}
