/**
 * Questions on screen: one file per kind, each with a Player that asks and a Review that shows the outcome. What an
 * answer is worth is decided in `lib/core/questions`; when it comes back, in `lib/core/scheduling`.
 */
import type { ComponentType } from "react";
import type { Answer, Asked, Kind, Locale, PublishedItem } from "#lib/core/questions/index.ts";
import type { Misconceptions } from "#lib/core/study/index.ts";
import * as classify from "./classify.tsx";
import * as cloze from "./cloze.tsx";
import * as flashcard from "./flashcard.tsx";
import * as manifest from "./manifest.tsx";
import * as matching from "./matching.tsx";
import * as multiple from "./multiple.tsx";
import * as numeric from "./numeric.tsx";
import * as ordering from "./ordering.tsx";
import * as single from "./single.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";

const components = {
  flashcard,
  single,
  multiple,
  cloze,
  ordering,
  matching,
  classify,
  numeric,
  manifest,
} satisfies {
  [K in Kind]: { Player: ComponentType<PlayerProps<K>>; Review: ComponentType<ReviewProps<K>> };
};

interface Layout {
  locale: Locale;
  seed: number;
}
interface AnyPlayerProps extends Layout {
  item: Asked;
  onAnswer: (answer: Answer) => void;
  given?: Answer | null;
  onChange?: (answer: Answer | null) => void;
  submit?: string;
}
interface AnyReviewProps extends Layout {
  item: PublishedItem;
  answer: Answer;
  misconceptions: Misconceptions;
}

/** Asks a question of any kind. Give it a `key` per showing: its state is one answer. */
export function QuestionPlayer(props: AnyPlayerProps) {
  // The registry pairs each kind with its player; the compiler cannot follow an item's kind through the look-up.
  const Player = components[props.item.kind].Player as unknown as ComponentType<AnyPlayerProps>;
  return <Player {...props} />;
}

/** Shows how a question of any kind was answered. */
export function QuestionReview(props: AnyReviewProps) {
  const Review = components[props.item.kind].Review as unknown as ComponentType<AnyReviewProps>;
  return <Review {...props} />;
}
