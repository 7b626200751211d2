import { describe, expect, it } from "vitest";
import { EXAM_KINDS, type ExamItem, isExamItem, withoutKey } from "#lib/core/exams/index.ts";
import { LOCALES } from "#lib/core/questions/index.ts";
import { loadContent, publishContent } from "#lib/server/content/index.ts";
import { isInOrderOfText, keysIn, keysOf, questionsIn } from "#tests/integration/exams/keys.ts";

const { items } = publishContent(await loadContent("content"));
const bank = items.map(({ payload }) => payload).filter(isExamItem);

/** A page as React streams it: its data in scripts, each of which holds so much of it. */
function pageOf(data: string, length: number): string {
  const pieces = data.match(new RegExp(`[^]{1,${length}}`, "g")) ?? [];
  return pieces.map((piece) => `<script>self.__next_f.push([1,${JSON.stringify(piece)}])</script>`).join("");
}

describe("the search for keys in what a server answers", () => {
  it.each(EXAM_KINDS)("finds all of a %s, and nothing in what is asked", (kind) => {
    for (const item of bank.filter((one) => one.kind === kind)) {
      const keys = keysOf([item]);
      const names = new Set(keys.map(({ name }) => name));
      for (const locale of LOCALES) expect(names, item.id).toContain(`${item.id}: explanation.${locale}`);
      for (const body of [JSON.stringify({ item }), pageOf(JSON.stringify({ item }), 50)])
        expect(new Set(keysIn(body, keys)), item.id).toEqual(names);
      expect(keysIn(JSON.stringify(withoutKey(item)), keys), item.id).toEqual([]);
    }
  });

  it("finds what a page shows as text, around the elements of its Markdown", () => {
    const item = bank.find(({ explanation }) => explanation.en.includes("`")) as ExamItem;
    const html = item.explanation.en
      .replaceAll("&", "&amp;")
      .replaceAll("'", "&#x27;")
      .replace(/`(.*?)`/g, "<code>$1</code>")
      .replace(/\*\*(.*?)\*\*/g, "<strong>$1</strong>");
    expect(keysIn(`<p>${html}</p>`, keysOf([item]))).toContain(`${item.id}: explanation.en`);
  });

  it("sees steps that stand in the order of their author", () => {
    const told = bank.flatMap((item) => (item.kind === "ordering" ? [isInOrderOfText(item)] : []));
    expect(told).toContain(false);
    const shown = bank.map(withoutKey);
    const questions = shown.map((item, position) => ({ position, item }));
    const read = questionsIn(pageOf(JSON.stringify({ open: { questions }, more: [[1]] }), 1000));
    expect(read).toEqual(questions);
    expect(read.every(({ item }) => isInOrderOfText(item))).toBe(true);
  });
});
