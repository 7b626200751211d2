import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES, withVariant } from "#lib/core/cluster/index.ts";
import { itemSchema } from "#lib/core/questions/item.ts";
import { LOCALES, type Text } from "#lib/core/questions/text.ts";
import { ask, TEMPLATES, type TemplateId } from "#lib/core/templates/index.ts";
import type { Asked, Difficulty } from "#lib/core/templates/template.ts";
import { EVALUATORS, read } from "./naive.ts";

/** Templates whose key is worked out a second time; more is better, and these must be. */
const READ_AT_LEAST = 8;

/** Seeds of each template, spread over the difficulties; all 500 on request. */
const SEEDS = Number(process.env.SEEDS ?? 3);
const DIFFICULTIES: readonly Difficulty[] = [1, 2, 3, 4, 5];
const TIMEOUT = 3_600_000;
/** Seeds of every difficulty after which a belief that has not come up is taken for one that never does. */
const SEEDS_FOR_BELIEFS = 60;

const ids = Object.keys(TEMPLATES) as TemplateId[];

/** Ids that stand in the files of a folder of content. */
const idsIn = (folder: string, pattern: RegExp): Set<string> =>
  new Set(
    readdirSync(`content/${folder}`).flatMap((file) =>
      [...readFileSync(`content/${folder}/${file}`, "utf8").matchAll(pattern)].map(([, id]) => id ?? ""),
    ),
  );
const misconceptions = idsIn("misconceptions", /^- id: (.+)$/gm);
const sources = idsIn("sources", /^([a-z0-9-]+):/gm);
const concepts = new Set(readdirSync("content/concepts").map((file) => file.replace(".yaml", "")));

const both = (text: Text) => LOCALES.map((locale) => text[locale]);

const drawn = new Map<TemplateId, { asked: Asked; seed: number; difficulty: Difficulty }[]>();

/** The questions of a template, drawn once for all tests. */
function questionsOf(id: TemplateId) {
  const known = drawn.get(id);
  if (known) return known;
  const made = DIFFICULTIES.flatMap((difficulty) =>
    Array.from({ length: SEEDS }, (_, n) => ({ asked: ask(id, n + 1, difficulty), seed: n + 1, difficulty })),
  );
  drawn.set(id, made);
  return made;
}

/** Looks at every question of a template, and says which one it was when it fails. */
function eachQuestion(id: TemplateId, look: (asked: Asked, seed: number, difficulty: Difficulty) => void) {
  for (const { asked, seed, difficulty } of questionsOf(id)) {
    try {
      look(asked, seed, difficulty);
    } catch (error) {
      throw new Error(`${id}, seed ${seed}, difficulty ${difficulty}: ${String(error)}`, { cause: error });
    }
  }
}

describe.each(ids)("The template %s", (id) => {
  const { concept, sources: named, beliefs, kind } = TEMPLATES[id];

  it("refers to a concept, sources and misconceptions that exist", () => {
    expect(concepts).toContain(concept);
    for (const source of named) expect(sources).toContain(source);
    for (const belief of beliefs) expect(misconceptions).toContain(belief);
  });

  it("makes questions that are items like all others", { timeout: TIMEOUT }, () => {
    eachQuestion(id, ({ question }, _seed, difficulty) => {
      const made = { id, revision: 1, difficulty, sources: [...named], asOf: "2026-11-24", ...question };
      expect(itemSchema.safeParse(made).error?.message).toBeUndefined();
      expect(question.kind).toBe(kind);
    });
  });

  it("tells everything in both languages, with nothing left over", { timeout: TIMEOUT }, () => {
    eachQuestion(id, ({ question }) => {
      const texts = [question.prompt, question.explanation];
      if (question.kind === "numeric")
        texts.push(question.steps, question.unit, ...(question.traps ?? []).map(({ why }) => why));
      else
        texts.push(
          ...question.options.flatMap((option) => [option.text, ...(option.why ? [option.why] : [])]),
        );
      for (const text of texts.flatMap(both)) {
        expect(text.trim()).not.toBe("");
        expect(text).not.toMatch(/undefined|null|NaN|\[object|\{\d\}|(?<!`)``(?!`)|<unset>/);
      }
      for (const { ja } of texts)
        expect(ja).not.toMatch(/[ぁ-んァ-ヶ一-龠] [A-Za-z`]|[A-Za-z`] [ぁ-んァ-ヶ一-龠]/);
      const prose = question.prompt.en.replace(/```[\s\S]*?```/g, "");
      expect(prose).not.toMatch(/[ぁ-んァ-ヶ一-龠、。]/);
    });
  });

  it("answers as the model does, and each wrong answer as the belief that it names", {
    timeout: TIMEOUT,
  }, () => {
    eachQuestion(id, ({ question, answerUnder }) => {
      const truth = answerUnder(RULES);
      if (question.kind === "numeric") {
        expect(question.value).toBe(truth);
        for (const { value, misconception } of question.traps ?? [])
          expect(answerUnder(withVariant(misconception as never))).toBe(value);
        return;
      }
      for (const option of question.options) {
        if ("correct" in option) expect(truth).toContainEqual(option.text);
        else {
          expect(truth).not.toContainEqual(option.text);
          expect(answerUnder(withVariant(option.misconception as never))).toContainEqual(option.text);
        }
      }
    });
  });

  it("has one key and answers that differ, in either language", { timeout: TIMEOUT }, () => {
    eachQuestion(id, ({ question }) => {
      if (question.kind === "numeric") {
        const values = [question.value, ...(question.traps ?? []).map(({ value }) => value)];
        expect(new Set(values).size).toBe(values.length);
        expect(values.length).toBeGreaterThanOrEqual(3);
        return;
      }
      const keys = question.options.filter((option) => "correct" in option);
      expect(keys.length).toBeGreaterThanOrEqual(1);
      if (question.kind === "single") expect(keys).toHaveLength(1);
      for (const locale of LOCALES)
        expect(new Set(question.options.map(({ text }) => text[locale])).size).toBe(question.options.length);
    });
  });

  it("asks each belief that it names, in one question or another", { timeout: TIMEOUT }, () => {
    const left = new Set<string>(beliefs);
    for (let seed = 1; seed <= SEEDS_FOR_BELIEFS && left.size > 0; seed++)
      for (const difficulty of DIFFICULTIES) {
        const { question } = ask(id, seed, difficulty);
        const wrong = question.kind === "numeric" ? (question.traps ?? []) : question.options;
        for (const one of wrong) if ("misconception" in one) left.delete(one.misconception);
      }
    expect([...left]).toEqual([]);
  });

  if (EVALUATORS[id])
    it("has the key that a reader comes to who knows nothing of the model", { timeout: TIMEOUT }, () => {
      eachQuestion(id, ({ question }) => {
        const found = EVALUATORS[id]?.(read(question.prompt.en));
        if (question.kind === "numeric") expect(found).toBe(question.value);
        else
          for (const option of question.options)
            expect([option.text.en, (found as string[]).includes(option.text.en)]).toEqual([
              option.text.en,
              "correct" in option,
            ]);
      });
    });

  it("names in its explanation what it is about", { timeout: TIMEOUT }, () => {
    eachQuestion(id, ({ question, about }) => {
      expect(about.length).toBeGreaterThan(0);
      const explanation =
        question.kind === "numeric"
          ? paragraphsOf(question.explanation, question.steps)
          : question.explanation;
      for (const name of about)
        for (const locale of LOCALES) {
          expect(explanation[locale]).toContain(name);
          expect(question.prompt[locale]).toContain(name);
        }
    });
  });

  it("gives the same question for the same seed, and others for others", { timeout: TIMEOUT }, () => {
    const shown = new Set<string>();
    eachQuestion(id, ({ question }, seed, difficulty) => {
      if (seed <= 2) expect(ask(id, seed, difficulty).question).toEqual(question);
      shown.add(question.prompt.en);
    });
    // Draws of a template may coincide, but rarely.
    expect(shown.size).toBeGreaterThan(0.6 * Math.min(100, SEEDS * DIFFICULTIES.length));
  });

  it("grows with difficulty", { timeout: TIMEOUT }, () => {
    const size = (difficulty: Difficulty) =>
      questionsOf(id)
        .filter((one) => one.difficulty === difficulty)
        .reduce((sum, { asked }) => sum + asked.question.prompt.en.length, 0);
    expect(size(5)).toBeGreaterThan(1.05 * size(1));
  });
});

it("At least eight templates have a reader of their own", () => {
  expect(Object.keys(EVALUATORS).length).toBeGreaterThanOrEqual(READ_AT_LEAST);
});

const paragraphsOf = (a: Text, b: Text): Text => ({ ja: `${a.ja}\n${b.ja}`, en: `${a.en}\n${b.en}` });
