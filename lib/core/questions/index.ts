/**
 * Questions: what an item is, how an answer to it looks, and how it is graded. Pure; the browser grades with it at
 * once and the server grades with it again (manifests: lib/core/tasks). Nothing here knows about schedules, storage or screens.
 */
export type { Asked, AskedOf, Part } from "./asked.ts";
export { normalizeTyped, splitCloze } from "./cloze.ts";
export type { SelfRating } from "./flashcard.ts";
export {
  type Answer,
  type AnswerOf,
  bankItemSchema,
  type DrawnFrom,
  grade,
  hintsOf,
  type Item,
  type ItemOf,
  itemSchema,
  manifestItemSchema,
  misconceptionsOf,
  parseAnswer,
  titleOf,
} from "./item.ts";
export { type ComparedKind, type Grade, KINDS, type Kind } from "./kind.ts";
export { parseTypedNumber } from "./numeric.ts";
export { isKey, misconceptionOf, type Option } from "./option.ts";
export { isSprung } from "./ordering.ts";
export type { PublishedItem, PublishedItemOf, Source } from "./published.ts";
export { hash, randomFrom, shuffle } from "./random.ts";
export { inOneLine, LOCALES, type Locale, localeSchema, slugSchema, type Text, textSchema } from "./text.ts";
