import type { PublishedItem, Text } from "../questions/index.ts";
import type { QueueCard } from "../scheduling/queue.ts";

/** A card with everything that studying it needs: nothing is fetched between one card and the next. */
export interface StudyCard extends QueueCard {
  item: PublishedItem;
  conceptTitle: Text;
  areaId: string;
}

/** A wrong belief as it is explained to whoever shows it. */
export interface MisconceptionText {
  belief: Text;
  model: Text;
  symptom: Text;
}

/** By slug: those that the cards at hand can reveal. */
export type Misconceptions = Record<string, MisconceptionText>;
