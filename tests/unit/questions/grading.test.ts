import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Answer,
  type Item,
  itemSchema,
  KINDS,
  type Kind,
  LOCALES,
  misconceptionsOf,
  parseAnswer,
  shuffle,
} from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { gradeAny } from "#lib/core/tasks/index.ts";
import { items, keys } from "./items.ts";

const gradeOf = (kind: Kind, answer: Answer, locale: (typeof LOCALES)[number] = "ja") =>
  gradeAny(items[kind], answer as never, locale);

describe.each(KINDS)("%s", (kind) => {
  it("is an item that the schema accepts", () => {
    expect(itemSchema.parse(items[kind])).toEqual(items[kind]);
  });

  it.each(LOCALES)("grades the key as right in %s", (locale) => {
    expect(gradeOf(kind, keys[kind], locale)).toEqual({ correct: true, score: 1, misconceptions: [] });
  });

  it.each(LOCALES)("has a right answer to show in %s", (locale) => {
    const answer = rightAnswer(items[kind], locale);
    expect(parseAnswer(kind, answer)).toEqual(answer);
    expect(gradeOf(kind, answer, locale).correct).toBe(true);
  });

  it("takes answers of its own form alone", () => {
    expect(parseAnswer(kind, keys[kind])).toEqual(keys[kind]);
    for (const other of KINDS.filter((one) => one !== kind)) {
      expect(parseAnswer(kind, keys[other])).toBeNull();
    }
    for (const junk of [null, undefined, "", 1, [], {}, { ...keys[kind], correct: true }]) {
      expect(parseAnswer(kind, junk)).toBeNull();
    }
  });
});

it("takes no text that cannot be kept: with a NUL, or half of a character", () => {
  for (const text of ["a\0b", "a\ud800"]) {
    expect(parseAnswer("manifest", { manifests: text })).toBeNull();
    expect(parseAnswer("cloze", { gaps: { object: text } })).toBeNull();
  }
  expect(parseAnswer("manifest", { manifests: "店 😀 \t\n" })).not.toBeNull();
});

describe("grading", () => {
  const id = fc.constantFrom("a", "b", "c", "d", "x", "vm", "pod", "unknown", "constructor");
  const typed = fc.constantFrom("", "EndpointSlice", "Pod IP", "サーバ", "nonsense", "250", "256", "-1");
  const answers: { [K in Kind]: fc.Arbitrary<Answer> } = {
    flashcard: fc.record({ recall: fc.constantFrom("again" as const, "hard" as const, "good" as const) }),
    single: fc.record({ option: id }),
    multiple: fc.record({ options: fc.array(id, { maxLength: 6 }) }),
    cloze: fc.record({ gaps: fc.dictionary(fc.constantFrom("object", "server", "unknown"), typed) }),
    ordering: fc.record({ order: fc.array(id, { maxLength: 7 }) }),
    matching: fc.record({ matches: fc.dictionary(id, id) }),
    classify: fc.record({ buckets: fc.dictionary(id, id) }),
    numeric: fc.record({ number: typed }),
    manifest: fc.record({
      manifests: fc.constantFrom(
        "",
        keys.manifest.manifests,
        items.manifest.task.start,
        "kind: Nonsense",
        "a: [",
      ),
    }),
  };
  const attempt = fc
    .constantFrom(...KINDS)
    .chain((kind) => answers[kind].map((answer) => ({ kind, answer })));

  it("is right just when every part is, and blames only beliefs that the item names", () => {
    fc.assert(
      fc.property(attempt, fc.constantFrom(...LOCALES), ({ kind, answer }, locale) => {
        const { correct, score, misconceptions } = gradeOf(kind, answer, locale);
        expect(correct).toBe(score === 1);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(misconceptionsOf(items[kind])).toEqual(expect.arrayContaining(misconceptions));
        expect(new Set(misconceptions).size).toBe(misconceptions.length);
        if (correct) expect(misconceptions).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it("does not depend on how the question was laid out", () => {
    const { single, multiple, matching, classify } = items;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seed) => {
        const laidOut: Item[] = [
          { ...single, options: shuffle(single.options, seed) },
          { ...multiple, options: shuffle(multiple.options, seed) },
          { ...matching, pairs: shuffle(matching.pairs, seed) },
          { ...classify, cards: shuffle(classify.cards, seed), buckets: shuffle(classify.buckets, seed) },
        ];
        for (const item of laidOut) expect(gradeAny(item, keys[item.kind] as never, "ja").correct).toBe(true);
        const taken = { options: shuffle(keys.multiple.options, seed) };
        expect(gradeOf("multiple", taken).correct).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[Kind, Answer]>([
    ["single", { option: "unknown" }],
    ["multiple", { options: ["a", "c", "unknown"] }],
    ["cloze", { gaps: { ...keys.cloze.gaps, unknown: "server" } }],
    ["ordering", { order: ["a", "b", "c", "d", "unknown"] }],
    ["ordering", { order: ["a", "b", "c", "unknown"] }],
    ["matching", { matches: { ...keys.matching.matches, unknown: "a" } }],
    ["matching", { matches: { ...keys.matching.matches, a: "unknown" } }],
    ["classify", { buckets: { ...keys.classify.buckets, unknown: "vm" } }],
    ["classify", { buckets: { ...keys.classify.buckets, a: "unknown" } }],
  ])("holds a %s answer wrong that names what the question does not have", (kind, answer) => {
    expect(gradeOf(kind, answer).correct).toBe(false);
  });

  it.each<[Kind, Answer]>([
    ["multiple", { options: [] }],
    ["cloze", { gaps: {} }],
    ["ordering", { order: [] }],
    ["matching", { matches: {} }],
    ["classify", { buckets: {} }],
    ["numeric", { number: "" }],
  ])("holds an empty %s answer wrong", (kind, answer) => {
    expect(gradeOf(kind, answer)).toMatchObject({ correct: false });
  });
});

describe("each kind says how far an answer is right, and what belief it shows", () => {
  it.each<{ kind: Kind; answer: Answer; score: number; misconceptions: string[] }>([
    { kind: "flashcard", answer: { recall: "hard" }, score: 1, misconceptions: [] },
    { kind: "flashcard", answer: { recall: "again", typed: "Service" }, score: 0, misconceptions: [] },
    { kind: "single", answer: { option: "a" }, score: 0, misconceptions: ["belief-a"] },
    { kind: "multiple", answer: { options: ["a"] }, score: 0.75, misconceptions: [] },
    { kind: "multiple", answer: { options: ["a", "b", "c"] }, score: 0.75, misconceptions: ["belief-b"] },
    { kind: "multiple", answer: { options: ["b", "d"] }, score: 0, misconceptions: ["belief-b", "belief-d"] },
    {
      kind: "cloze",
      answer: { gaps: { object: "pod ip", server: "server" } },
      score: 0.5,
      misconceptions: ["belief-pod-ip"],
    },
    { kind: "cloze", answer: { gaps: { server: "server" } }, score: 0.5, misconceptions: [] },
    {
      kind: "ordering",
      answer: { order: ["b", "a", "c", "d"] },
      score: 0.5,
      misconceptions: ["belief-order"],
    },
    {
      kind: "ordering",
      answer: { order: ["a", "b", "d", "c"] },
      score: 0.5,
      misconceptions: [],
    },
    { kind: "ordering", answer: { order: ["b"] }, score: 0, misconceptions: [] },
    {
      kind: "matching",
      answer: { matches: { a: "b", b: "a", c: "c" } },
      score: 1 / 3,
      misconceptions: ["belief-a", "belief-b"],
    },
    {
      kind: "matching",
      answer: { matches: { a: "x", b: "b", c: "c" } },
      score: 2 / 3,
      misconceptions: ["belief-a"],
    },
    {
      kind: "classify",
      answer: { buckets: { a: "pod", b: "pod", c: "vm" } },
      score: 1 / 3,
      misconceptions: ["belief-a"],
    },
    { kind: "numeric", answer: { number: "256" }, score: 0, misconceptions: ["belief-no-reserve"] },
    { kind: "numeric", answer: { number: "300" }, score: 0, misconceptions: [] },
  ])("$kind $answer: $score", ({ kind, answer, score, misconceptions }) => {
    const graded = gradeOf(kind, answer);
    expect(graded.score).toBeCloseTo(score, 9);
    expect(graded.misconceptions).toEqual(misconceptions);
  });
});
