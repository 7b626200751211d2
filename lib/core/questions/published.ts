import type { DrawnFrom, Item } from "./item.ts";
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

type Publish<I extends Item> = I extends Item
  ? Omit<I, "sources"> & { sources: Source[]; template?: DrawnFrom }
  : never;

/** An item as it is stored, sent to the browser and shown in history: its sources resolved, its revision assigned. */
export type PublishedItem = Publish<Item>;
export type PublishedItemOf<K extends Kind> = Extract<PublishedItem, { kind: K }>;
