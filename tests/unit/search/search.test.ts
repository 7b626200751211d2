import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldForSearch, markMatches, plainText, snippet, wordsOf } from "#lib/core/search.ts";

const marked = (text: string, query: string) =>
  markMatches(text, wordsOf(query))
    .filter(({ match }) => match)
    .map(({ text: part }) => part);

describe("marking what was searched", () => {
  it.each([
    ["サーバーを止める", "サーバ", ["サーバー"]],
    ["ロードバランサの仮想IP", "ロードバランサー", ["ロードバランサ"]],
    ["ＡＫＳのPod", "aks pod", ["ＡＫＳ", "Pod"]],
    ["ﾎﾟｯﾄﾞとPod", "ポッド", ["ﾎﾟｯﾄﾞ"]],
    ["ClusterIP, clusterip", "ClusterIP", ["ClusterIP", "clusterip"]],
    ["Nothing here", "pod", []],
  ])("in %s finds %s", (text, query, found) => {
    expect(marked(text, query)).toEqual(found);
  });

  it("never changes the text, and finds a word exactly where folding does", () => {
    const text = fc.string({ unit: fc.constantFrom(..."aAbＢ ーサｻﾊﾞ。é".split("")), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), (whole, queries) => {
        const words = queries.flatMap(wordsOf);
        const segments = markMatches(whole, words);
        expect(segments.map((segment) => segment.text).join("")).toBe(whole);
        const found = segments.some(({ match }) => match);
        expect(found).toBe(words.some((word) => foldForSearch(whole).includes(word)));
      }),
    );
  });
});

describe("a snippet", () => {
  it("is the text around the first match, and none where there is none", () => {
    const text = `${"a ".repeat(200)}needle${" b".repeat(200)}`;
    const shown = snippet(text, ["needle"])?.segments ?? [];
    expect(shown.map((segment) => segment.text).join("")).toMatch(/^….*needle.*…$/);
    expect(shown.filter(({ match }) => match)).toEqual([{ text: "needle", match: true }]);
    expect(shown.reduce((sum, segment) => sum + segment.text.length, 0)).toBeLessThan(170);
    expect(snippet(text, ["thread"])).toBeNull();
    expect(snippet("short", ["short"])?.segments).toEqual([{ text: "short", match: true }]);
  });

  it("is where most of the words are, and begins with a whole one", () => {
    const text = `One pod alone. ${"filler ".repeat(40)}Here a pod meets a service. ${"filler ".repeat(40)}`;
    const found = snippet(text, ["pod", "service"]);
    expect(found?.found).toBe(2);
    expect(found?.segments.map((segment) => segment.text).join("")).toMatch(
      /^… filler .*pod meets a service/,
    );
  });

  it("is of the text without its Markdown", () => {
    const lesson =
      "## Here\nA **Pod** has `one` [address](https://example.com).\n\n```yaml\nkind: Pod\n```\n- a\n1. b\n| x | y |\n|---|---|\n| 1 | 2 |";
    expect(plainText(lesson)).toBe("Here A Pod has one address. kind: Pod a b x y 1 2");
  });
});
