import { KINDS } from "#lib/core/questions/index.ts";
import type { Content } from "./load.ts";

const DIFFICULTIES = [1, 2, 3, 4, 5];

/** How many items each area has, of each kind and of each difficulty: a heading, a row for each area, and the sum. */
export function countCoverage({ areas, items }: Pick<Content, "areas" | "items">): (string | number)[][] {
  const row = (name: string, concepts: readonly string[]) => {
    const own = items.map(({ value }) => value).filter(({ concept }) => concepts.includes(concept));
    return [
      name,
      concepts.length,
      own.length,
      ...KINDS.map((kind) => own.filter((item) => item.kind === kind).length),
      ...DIFFICULTIES.map((difficulty) => own.filter((item) => item.difficulty === difficulty).length),
    ];
  };
  return [
    ["area", "concepts", "items", ...KINDS, ...DIFFICULTIES.map((difficulty) => `level ${difficulty}`)],
    ...areas.map(({ value }) => row(value.id, value.concepts)),
    row(
      "all",
      areas.flatMap(({ value }) => value.concepts),
    ),
  ];
}
