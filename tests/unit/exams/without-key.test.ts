import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  EXAM_KINDS,
  type ExamItem,
  fromShown,
  inShownOrder,
  isExamItem,
  toShown,
  withoutKey,
} from "#lib/core/exams/index.ts";
import {
  type Answer,
  type AskedOf,
  grade,
  type PublishedItem,
  type PublishedItemOf,
  parseAnswer,
  shuffle,
} from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { items } from "../questions/items.ts";

/** The small item of a kind with everything that may not be seen, under names that betray it. */
const published = (kind: ExamItem["kind"]) =>
  ({
    ...items[kind],
    id: "secret-id",
    hint: { ja: "secret-hint", en: "secret-hint" },
    vmTwin: { ja: "secret-twin", en: "secret-twin" },
    explanation: { ja: "secret-why", en: "secret-why" },
    diagram: "secret-diagram",
    sources: [{ id: "secret-source", title: "secret-source", read: "2026-11-24" }],
  }) as unknown as ExamItem;

/** The same to look at, with another key: parts in another order, under other names, and others of them right. */
function disguise(item: PublishedItem, seed: number): PublishedItem {
  const rename = (id: string) => `x${seed}-${id}`;
  const mixed = <T extends { id: string }>(parts: readonly T[]): T[] =>
    shuffle(parts, seed).map((part) => ({ ...part, id: rename(part.id) }));
  const base = {
    ...item,
    id: rename(item.id),
    revision: item.revision + seed,
    explanation: { ja: `why ${seed}`, en: `why ${seed}` },
  };
  switch (base.kind) {
    case "single":
    case "multiple": {
      const options = mixed(base.options).map(({ id, text }, index) => {
        const key = base.kind === "single" ? index === 0 : index < 2;
        return key
          ? { id, text, correct: true as const }
          : { id, text, misconception: `belief-${seed}`, why: text };
      });
      return { ...base, options };
    }
    case "cloze": {
      const renamed = (text: string) => text.replace(/\{\{(.+?)\}\}/g, (_, id) => `{{${rename(id)}}}`);
      const gaps = mixed(base.gaps).map(({ id }) => ({ id, accept: { ja: [`${seed}`], en: [`${seed}`] } }));
      return { ...base, text: { ja: renamed(base.text.ja), en: renamed(base.text.en) }, gaps };
    }
    case "ordering":
      return { ...base, steps: mixed(base.steps) };
    case "matching": {
      const lefts = mixed(base.pairs);
      const rights = shuffle(
        [...base.pairs.map(({ right }) => right), ...(base.extras ?? []).map(({ text }) => text)],
        seed + 1,
      );
      return {
        ...base,
        pairs: lefts.map(({ id, left }, index) => ({ id, left, right: rights[index] ?? left })),
        extras: rights.slice(lefts.length).map((text, index) => ({ id: `extra-${index}`, text })),
      };
    }
    case "classify": {
      const buckets = mixed(base.buckets);
      const cards = mixed(base.cards).map((card, i) => ({
        ...card,
        bucket: buckets[(i + seed) % buckets.length]?.id ?? "",
      }));
      return { ...base, buckets, cards };
    }
    case "numeric":
      return { ...base, value: seed, tolerance: seed, traps: [] };
    default:
      return base;
  }
}

const seeds = fc.integer({ min: 1, max: 2 ** 31 });

describe.each(EXAM_KINDS)("%s", (kind) => {
  const item = published(kind);

  it("looks the same whatever is right in it", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const other = disguise(item, seed);
        if (!isExamItem(other)) throw new Error("A disguise keeps the kind");
        expect(withoutKey(other)).toEqual(withoutKey(item));
      }),
    );
  });

  it("shows nothing but what the kind shows", () => {
    const text = JSON.stringify(withoutKey(item));
    expect(text).not.toMatch(/secret|correct|misconception|belief|accept|tolerance|why|"value"|"bucket"/);
  });

  it("takes the right answer back, in the names that were shown", () => {
    for (const locale of ["ja", "en"] as const) {
      const right = rightAnswer(item, locale);
      const shown = toShown(item, right) as Answer;
      expect(parseAnswer(kind, shown)).toEqual(shown);
      const back = fromShown(item, shown) as Answer;
      expect(back).toEqual(right);
      expect(grade(item, back as never, locale).correct).toBe(true);
    }
  });
});

describe("an answer in a final check", () => {
  it("cannot name what was not shown, not even by its true name", () => {
    expect(fromShown(published("single"), { option: "b" })).toBeNull();
    expect(fromShown(published("multiple"), { options: ["1", "9"] })).toBeNull();
    expect(fromShown(published("ordering"), { order: ["a", "b", "c", "d"] })).toBeNull();
    expect(fromShown(published("matching"), { matches: { "1": "a" } })).toBeNull();
    expect(fromShown(published("classify"), { buckets: { a: "1" } })).toBeNull();
    expect(fromShown(published("cloze"), { gaps: { object: "Service" } })).toBeNull();
  });

  it("keeps what belongs together when names are numbers", () => {
    const matches = { "3": "1", "1": "2", "2": "4" };
    const item = published("matching");
    expect(toShown(item, fromShown(item, { matches }) as Answer)).toEqual({ matches });
  });
});

it("options are laid out afterwards as they were during the check", () => {
  const item = published("multiple") as PublishedItemOf<"multiple">;
  const asked = withoutKey(item) as AskedOf<"multiple">;
  const after = inShownOrder({ ...item, options: [...item.options].reverse() }) as typeof item;
  const texts = (options: readonly { text: { en: string } }[]) =>
    shuffle(options, 7).map(({ text }) => text.en);
  expect(texts(after.options)).toEqual(texts(asked.options));
});
