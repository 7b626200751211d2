import type { Question } from "./item.ts";
import type { Kind } from "./kind.ts";

/** Where a fact comes from, as a learner sees it. The article has sections, documentation has addresses. */
export interface Source {
  id: string;
  title: string;
  section?: string;
  url?: string;
  /** The day on which it was read, `YYYY-MM-DD`. */
  read: string;
}

type WithSources<Q extends Question> = Q extends Question ? Q & { sources: Source[] } : never;

/** An item as it is stored, sent to the browser and shown in history: its sources resolved, its revision assigned. */
export type PublishedItem = WithSources<Question>;
export type PublishedItemOf<K extends Kind> = Extract<PublishedItem, { kind: K }>;
