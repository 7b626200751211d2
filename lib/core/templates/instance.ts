import type { DrawnFrom, Item, PublishedItem } from "../questions/index.ts";
import { instantiate, TEMPLATES, type TemplateId } from "./index.ts";
import type { Difficulty } from "./template.ts";

/** The ids of templates, as content names them. */
export const TEMPLATE_IDS = Object.keys(TEMPLATES) as [TemplateId, ...TemplateId[]];

/** An item made from a template: what authors write of it … */
export interface MadeItem {
  id: string;
  revision: number;
  template: TemplateId;
  difficulty: Difficulty;
  asOf: string;
}

/** … and all that an item has, with the question of seed 0 as its example. */
export function itemFrom({ template: id, ...own }: MadeItem): Item & { template: DrawnFrom } {
  const { version, sources, beliefs } = TEMPLATES[id];
  const template: DrawnFrom = {
    id,
    version,
    beliefs: beliefs.map((misconception) => ({ misconception })),
  };
  return { ...own, ...instantiate(id, 0, own.difficulty), sources: [...sources], template };
}

/**
 * An item as a seed asks it: drawn anew where it has a template, else as it is. The same seed gives the same question for as long as
 * the version of the template stands; of an earlier version only the example is left.
 */
export function instanceOf<I extends PublishedItem>(item: I, seed: number): I {
  const id = item.template?.id as TemplateId | undefined;
  if (!id || TEMPLATES[id]?.version !== item.template?.version) return item;
  return { ...item, ...instantiate(id, seed, item.difficulty as Difficulty) };
}
