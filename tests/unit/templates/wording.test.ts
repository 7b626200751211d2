import { expect, it } from "vitest";
import type { Item, Text } from "#lib/core/questions/index.ts";
import { instantiate, TEMPLATES, type TemplateId } from "#lib/core/templates/index.ts";
import type { Difficulty } from "#lib/core/templates/template.ts";
import { rules } from "#lib/server/content/check/index.ts";
import type { Rule } from "#lib/server/content/check/rule.ts";
import { type LoadedContent, loadContent } from "#lib/server/content/load.ts";

/** What is written by hand is held to these rules; what is drawn reads no worse. */
const HELD: readonly (keyof typeof rules)[] = [
  "glossary-spelling",
  "english-spelling",
  "japanese-spacing",
  "japanese-punctuation",
  "japanese-width",
  "japanese-brackets",
  "too-long",
  "banned-form",
  "echoed-word",
  "option-stands-out",
  "key-is-longest",
];
const SEEDS = 3;

/** Names and addresses are as long as they are, and so are lists of them: each is taken for one name. */
const withoutNames = (text: string): string =>
  text.replace(/`[^`]*`(?:(?:、|／|, | \+ | \| )`[^`]*`)*/g, "`name`");

/** Options as they read with all names alike. */
function namesAlike<T extends object>(question: T): T {
  if (!("options" in question)) return question;
  const options = (question.options as { text: Text }[]).map((option) => ({
    ...option,
    text: { ja: withoutNames(option.text.ja), en: withoutNames(option.text.en) },
  }));
  return { ...question, options };
}

/** Instances of every template, as if somebody had written them. */
function withInstances(content: LoadedContent): LoadedContent {
  const items = (Object.keys(TEMPLATES) as TemplateId[]).flatMap((id) =>
    ([1, 2, 3, 4, 5] as Difficulty[]).flatMap((difficulty) =>
      Array.from({ length: SEEDS }, (_, seed) => {
        const { concept, sources, version } = TEMPLATES[id];
        const value = {
          ...namesAlike(instantiate(id, seed, difficulty)),
          id: `${id}-${difficulty}-${seed}`,
          revision: version,
          difficulty,
          sources: [...sources],
          asOf: "2026-11-24",
          bank: "generated",
          concept,
        } as Item & { bank: string; concept: string };
        const at = (...path: PropertyKey[]) => ({ file: `${value.id} ${path.join(".")}`, line: 1 });
        return { value, at, find: (_fragment: string, ...path: PropertyKey[]) => at(...path) };
      }),
    ),
  );
  return { ...content, items, concepts: [], misconceptions: [], banks: [], areas: [] };
}

it("reads by the rules that hold for what is written by hand", async () => {
  const checked = { ...withInstances(await loadContent("content")), today: "2026-11-24" };
  const found = HELD.flatMap((name) =>
    [...(rules[name] as Rule)(checked)].map(({ file, message }) => `${name}: ${file}: ${message}`),
  );
  expect(found).toEqual([]);
});
