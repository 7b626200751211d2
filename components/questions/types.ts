import type { AnswerOf, AskedOf, Kind, Locale, PublishedItemOf } from "#lib/core/questions/index.ts";
import type { Misconceptions } from "#lib/core/study/index.ts";

/** What a player gets: the question, how to lay it out, and where the answer goes. */
export interface PlayerProps<K extends Kind> {
  item: AskedOf<K>;
  locale: Locale;
  /** Decides the layout; the same seed lays out the same. */
  seed: number;
  onAnswer: (answer: AnswerOf<K>) => void;
  /** What was answered before, where an answer may be changed. */
  given?: AnswerOf<K> | null | undefined;
  /** Hears of each change what the answer is by now: null while it is not complete. */
  onChange?: ((answer: AnswerOf<K> | null) => void) | undefined;
  /** What the button says that gives the answer. */
  submit?: string | undefined;
}

/** What a review gets: the question as it was laid out, and what was answered. */
export interface ReviewProps<K extends Kind> {
  item: PublishedItemOf<K>;
  locale: Locale;
  seed: number;
  answer: AnswerOf<K>;
  misconceptions: Misconceptions;
}
