import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readForAuthors, watchFolder } from "#lib/server/content/index.ts";
import { developmentOnly } from "#lib/server/development-only.ts";

const GOOD = path.join(import.meta.dirname, "../../fixtures/content");
const ITEMS = "banks/basics/pod-ip.yaml";
let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "podshift-content-"));
  await cp(GOOD, root, { recursive: true });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

async function edit(file: string, find: string, replacement: string) {
  const before = await readFile(path.join(root, file), "utf8");
  expect(before).toContain(find);
  await writeFile(path.join(root, file), before.replace(find, replacement));
}

const read = async () => {
  const view = await readForAuthors(root, "2026-11-24");
  const concepts = view.areas.flatMap((area) => area.concepts);
  return { ...view, concept: (id: string) => concepts.find((one) => one.id === id) };
};

describe("what authors see", () => {
  it("is every item by concept, with its sources and its place", async () => {
    const { concept, misconceptions, facts, elsewhere } = await read();
    const items = concept("pod-ip")?.items ?? [];
    expect(items.map(({ item }) => item.id)).toEqual([
      "pod-ip-after",
      "pod-ip-order",
      "pod-ip-card",
      "pod-ip-firewall",
    ]);
    expect(items[0]).toMatchObject({
      item: { sources: [{ id: "article-pod", title: "An article" }] },
      place: { file: `content/${ITEMS}`, line: 3 },
      problems: [],
    });
    expect(concept("pod-basics")?.items).toHaveLength(4);
    expect(Object.keys(misconceptions)).toEqual(["pod-ip-is-stable", "pod-moves"]);
    expect([facts, elsewhere]).toEqual([[], []]);
  });

  it("puts what the linter says beside the item or the concept it is about", async () => {
    await edit(ITEMS, "id: traffic", "id: new-made");
    await edit("concepts/pod-ip.yaml", "en: One sentence.", "en: One sentence. Another one.");
    await edit("areas.yaml", "en: Mindset", "en: Mindsett");
    const { concept, elsewhere } = await read();
    const said = concept("pod-ip")?.items.map(({ problems }) => problems.map(({ rule }) => rule));
    expect(said).toEqual([[], ["unique-parts"], [], []]);
    expect(concept("pod-ip")?.problems).toMatchObject([{ rule: "one-sentence" }]);
    expect(elsewhere).toMatchObject([{ rule: "english-spelling", file: "content/areas.yaml" }]);
  });

  it("lists the facts that have expired or soon will", async () => {
    await edit(ITEMS, "reviewBy: 2027-05-31", "reviewBy: 2026-11-01");
    expect((await read()).facts).toEqual([
      { item: "pod-ip-after", concept: "pod-ip", reviewBy: "2026-11-01", expired: true },
    ]);
  });

  it("still shows what is fit to be shown when references are dead and a file does not parse", async () => {
    await edit(ITEMS, "sources: [article-pod] # first", "sources: [nowhere]");
    await edit("banks/basics/pod-basics.yaml", "concept: pod-basics", "concept: [pod-basics");
    const { concept, elsewhere } = await read();
    expect(concept("pod-ip")?.items[0]).toMatchObject({
      item: { sources: [] },
      problems: [{ rule: "dead-reference" }],
    });
    expect(concept("pod-basics")?.items).toEqual([]);
    expect(elsewhere).toContainEqual(expect.objectContaining({ rule: "yaml" }));
  });

  it("is told of a saved file, until nobody watches", async () => {
    const watching = new AbortController();
    const saved = new Promise<void>((resolve) => watchFolder(root, resolve, watching.signal));
    await edit(ITEMS, "It changes", "It is new");
    await saved;
    watching.abort();
  });

  it("is there in development alone", () => {
    vi.stubEnv("NODE_ENV", "production");
    expect(developmentOnly).toThrow(/404/);
    vi.stubEnv("NODE_ENV", "development");
    expect(developmentOnly).not.toThrow();
  });
});
