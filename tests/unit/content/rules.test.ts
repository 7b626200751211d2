import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { rules } from "#lib/server/content/check.ts";
import { checkContent, loadContent, type Problem } from "#lib/server/content/index.ts";

const GOOD = path.join(import.meta.dirname, "../../fixtures/content");
const TODAY = "2026-11-24";
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** Checks the good tree after one edit of one file: `find` must occur, so an edit that misses fails the test. */
async function checkWith(file: string, find: string, replacement: string) {
  const root = await mkdtemp(path.join(tmpdir(), "podshift-content-"));
  folders.push(root);
  await cp(GOOD, root, { recursive: true });
  const before = await readFile(path.join(root, file), "utf8");
  expect(before).toContain(find);
  await writeFile(path.join(root, file), before.replace(find, replacement));
  const report = checkContent(await loadContent(root), TODAY);
  return [...report.errors, ...report.warnings];
}

const lineOf = async (file: string, find: string) =>
  (await readFile(path.join(GOOD, file), "utf8")).split("\n").findIndex((line) => line.includes(find)) + 1;

const ITEMS = "banks/basics/pod-ip.yaml";

/** One planted error for every rule: where, what is replaced by what, and the text on the line it must point at. */
const planted: Record<
  keyof typeof rules | "yaml" | "schema" | "missing-language",
  { file: string; find: string; replacement: string; rule?: string; line: string; blames?: string }
> = {
  yaml: { file: ITEMS, find: "concept: pod-ip", replacement: "concept: [pod-ip", line: "items:" },
  schema: { file: ITEMS, find: "difficulty: 2", replacement: "difficulty: 9", line: "difficulty: 2" },
  "missing-language": {
    file: ITEMS,
    find: "      en: What happens to the IP address of a Pod that is recreated?\n",
    replacement: "",
    rule: "schema",
    line: "ja: Podが再作成されると",
  },
  "duplicate-id": {
    file: ITEMS,
    find: "id: pod-ip-order",
    replacement: "id: pod-ip-after",
    line: "id: pod-ip-order",
  },
  "dead-reference": {
    file: ITEMS,
    find: "sources: [article-pod] # first",
    replacement: "sources: [nowhere]",
    line: "# first",
  },
  "concept-in-one-area": {
    file: "areas.yaml",
    find: "concepts: [pod-basics, pod-ip]",
    replacement: "concepts: [pod-basics]",
    line: "id: pod-ip",
    blames: "concepts/pod-ip.yaml",
  },
  "circular-needs": {
    file: "concepts/pod-basics.yaml",
    find: "needs: []",
    replacement: "needs: [pod-ip]",
    line: "needs: []",
  },
  "few-items": {
    file: "banks/basics/pod-basics.yaml",
    find: "concept: pod-basics",
    replacement: "concept: pod-ip",
    line: "id: pod-basics",
    blames: "concepts/pod-basics.yaml",
  },
  "unique-parts": { file: ITEMS, find: "id: old-gone", replacement: "id: new-made", line: "id: old-gone" },
  "cloze-gaps": {
    file: "banks/basics/pod-basics.yaml",
    find: "en: The smallest unit is a {{unit}}.",
    replacement: "en: The smallest unit is a Pod.",
    line: "The smallest unit is a {{unit}}.",
  },
  "classify-buckets": {
    file: "banks/basics/pod-basics.yaml",
    find: "bucket: pod # planted",
    replacement: "bucket: cloud",
    line: "bucket: pod # planted",
  },
  "key-stands-out": {
    file: ITEMS,
    find: "en: It changes",
    replacement:
      "en: It changes every time, since the replacement is a new Pod which gets an address of its own",
    line: "en: It changes",
  },
  "glossary-spelling": {
    file: ITEMS,
    find: "ja: 変わらない",
    replacement: "ja: クラスタで変わらない",
    line: "ja: 変わらない",
  },
  "japanese-spacing": {
    file: ITEMS,
    find: "Podが再作成されると",
    replacement: "Pod が再作成されると",
    line: "ja: Podが再作成されると",
  },
  "expired-fact": {
    file: ITEMS,
    find: "reviewBy: 2027-05-31",
    replacement: "reviewBy: 2026-11-23",
    line: "reviewBy: 2027-05-31",
  },
  "near-duplicate": {
    file: ITEMS,
    find: "en: Which object gives a stable address?",
    replacement: "en: What does the word Pod mean here?",
    line: "en: What does the word Pod mean here?",
    blames: "banks/basics/pod-basics.yaml",
  },
};

describe("content rules", () => {
  it("find nothing in a good tree", async () => {
    const report = checkContent(await loadContent(GOOD), TODAY);
    expect([...report.errors, ...report.warnings]).toEqual([]);
    expect(report).toMatchObject({ items: 6, concepts: 2, misconceptions: 2 });
  });

  it.each(Object.entries(planted))(
    "%s: a planted error is found at its file and line",
    async (name, plant) => {
      const problems = await checkWith(plant.file, plant.find, plant.replacement);
      const rule = plant.rule ?? name;
      const file = plant.blames ?? plant.file;
      const found = problems.filter(
        (problem: Problem) => problem.rule === rule && problem.file === `content/${file}`,
      );
      expect(found.map((problem) => problem.line)).toContain(await lineOf(file, plant.line));
    },
  );
});
