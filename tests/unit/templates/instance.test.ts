import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { misconceptionsOf, type PublishedItem } from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { gradeAny } from "#lib/core/tasks/index.ts";
import { TEMPLATES } from "#lib/core/templates/index.ts";
import { instanceOf, itemFrom, TEMPLATE_IDS } from "#lib/core/templates/instance.ts";

const made = (template: (typeof TEMPLATE_IDS)[number]) =>
  ({
    ...itemFrom({ id: `x-${template}`, revision: 1, template, difficulty: 3, asOf: "2026-11-25" }),
    sources: [],
  }) as unknown as PublishedItem;

describe.each(TEMPLATE_IDS.map((template) => ({ template })))(
  "an item made from $template",
  ({ template }) => {
    const item = made(template);

    it("is drawn anew by each seed, and the same by the same", () => {
      const prompts = Array.from({ length: 8 }, (_, seed) => instanceOf(item, seed).prompt.en);
      expect(new Set(prompts).size).toBeGreaterThan(4);
      expect(instanceOf(item, 5)).toEqual(instanceOf(structuredClone(item), 5));
    });

    it("keeps what it is, and is drawn as well from what was drawn", () => {
      const { id, revision, difficulty, template: from } = instanceOf(item, 77);
      expect({ id, revision, difficulty, template: from }).toEqual({
        id: item.id,
        revision: item.revision,
        difficulty: item.difficulty,
        template: item.template,
      });
      expect(instanceOf(instanceOf(item, 77), 78)).toEqual(instanceOf(item, 78));
    });

    it("is right by its key under every seed, and shows no belief that it does not name", () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
          const asked = instanceOf(item, seed);
          expect(gradeAny(asked, rightAnswer(asked, "ja"), "ja")).toMatchObject({
            correct: true,
            misconceptions: [],
          });
          const known = new Set(misconceptionsOf(item));
          for (const belief of misconceptionsOf(asked)) expect(known).toContain(belief);
        }),
        { numRuns: 20 },
      );
    });

    it("shows its example where its template has another version", () => {
      const old = { ...item, template: { ...item.template!, version: TEMPLATES[template].version + 1 } };
      expect(instanceOf(old, 5)).toBe(old);
    });
  },
);

it("leaves an item without a template as it is", () => {
  const { template: _, ...plain } = made("receiving-pods");
  expect(instanceOf(plain as PublishedItem, 5)).toBe(plain);
});
