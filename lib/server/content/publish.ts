import { createHash } from "node:crypto";
import type { Tour } from "#lib/core/playground/index.ts";
import type { PublishedItem, Source } from "#lib/core/questions/index.ts";
import type { Content } from "./load.ts";
import type { Area, Bank, Concept, Misconception } from "./schema.ts";

/** Content as the database holds it: references resolved, orders computed, each piece with its hash. */
export interface PublishedContent {
  areas: (Omit<Area, "concepts"> & { position: number })[];
  concepts: (Omit<Concept, "sources"> & {
    area: string;
    position: number;
    sources: Source[];
    hash: string;
  })[];
  misconceptions: (Misconception & { area: string; hash: string })[];
  banks: Bank[];
  tours: { id: string; position: number; payload: Omit<Tour, "sources"> & { sources: Source[] } }[];
  items: { payload: PublishedItem; bank: string; concept: string; position: number; hash: string }[];
  /** Of all of the above. */
  hash: string;
}

/** Prepares checked content for the database. Pure; throws on a dead reference, which `checkContent` has ruled out. */
export function publishContent(content: Content): PublishedContent {
  const sources = new Map(content.sources.map(({ value }) => [value.id, value]));
  const resolve = (ids: readonly string[]) => ids.map((id) => get(sources, id));
  const areaOf = new Map(
    content.areas.flatMap(({ value }) => value.concepts.map((id) => [id, value.id] as const)),
  );
  const order = teachingOrder(content);

  const areas = content.areas.map(({ value: { concepts: _, ...area } }, position) => ({ ...area, position }));
  const concepts = content.concepts.map(({ value }) =>
    withHash({
      ...value,
      area: get(areaOf, value.id),
      position: get(order, value.id),
      sources: resolve(value.sources),
    }),
  );
  const misconceptions = content.misconceptions.map(({ value }) => withHash(value));
  const banks = content.banks.map(({ value }) => value);
  const items = content.items.map(({ value: { bank, concept, ...item } }, position) => ({
    ...withHash({ payload: { ...item, sources: resolve(item.sources) } as PublishedItem, bank, concept }),
    position,
  }));
  const tours = content.tours.map(({ value }) => ({
    id: value.id,
    position: value.position,
    payload: { ...value, sources: resolve(value.sources) },
  }));
  return {
    areas,
    concepts,
    misconceptions,
    banks,
    tours,
    items,
    hash: hashOf([areas, concepts, misconceptions, banks, tours, items]),
  };
}

/**
 * The place of each concept in the curriculum: the order of `areas.yaml`, except that a concept waits for all it
 * needs (Kahn's algorithm, taking the first concept that is ready).
 */
export function teachingOrder({ areas, concepts }: Pick<Content, "areas" | "concepts">): Map<string, number> {
  const needs = new Map(concepts.map(({ value }) => [value.id, value.needs]));
  let waiting = areas.flatMap(({ value }) => value.concepts).filter((id) => needs.has(id));
  const order = new Map<string, number>();
  while (waiting.length > 0) {
    const next = waiting.find((id) => (needs.get(id) ?? []).every((need) => order.has(need)));
    if (next === undefined) throw new Error(`Circular needs among ${waiting.join(", ")}`);
    order.set(next, order.size);
    waiting = waiting.filter((id) => id !== next);
  }
  return order;
}

function withHash<T extends object>(value: T): T & { hash: string } {
  return { ...value, hash: hashOf(value) };
}

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

function get<V>(map: Map<string, V>, key: string): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`Dead reference to ${key}`);
  return value;
}
