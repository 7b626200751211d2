import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { rules } from "#lib/server/content/check/index.ts";
import { checkContent, findBroken, loadContent, type Problem } from "#lib/server/content/index.ts";

const GOOD = path.join(import.meta.dirname, "../../fixtures/content");
/** A tree has one of these only where a plant stands in it: items of other trees are counted. */
const TASKS = path.join(import.meta.dirname, "../../fixtures/tasks");
const TODAY = "2026-11-24";
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** One edit of one file: `find` must occur, so an edit that misses fails the test. */
interface Edit {
  file: string;
  find: string;
  replacement: string;
}

/** A mistake, and the text on the line of the good file that must be blamed for it. */
interface Plant extends Edit {
  line: string;
  /** The rule that finds it, where that is not the one it is planted for. */
  rule?: string;
  /** The file that is blamed, where that is another. */
  blames?: string;
}

/** The good tree after an edit, and with files of its own. */
async function treeWith({ file, find, replacement }: Edit) {
  const root = await mkdtemp(path.join(tmpdir(), "podshift-content-"));
  folders.push(root);
  await cp(GOOD, root, { recursive: true });
  if (file.startsWith("tasks/")) await cp(TASKS, path.join(root, "tasks"), { recursive: true });
  const before = await readFile(path.join(root, file), "utf8");
  expect(before).toContain(find);
  await writeFile(path.join(root, file), before.replace(find, replacement));
  return loadContent(root);
}

async function checkWith(edit: Edit): Promise<Problem[]> {
  const report = checkContent(await treeWith(edit), TODAY);
  return [...report.errors, ...report.warnings];
}

const sourceOf = (file: string) =>
  file.startsWith("tasks/") ? path.join(TASKS, path.basename(file)) : path.join(GOOD, file);

const lineOf = async (file: string, find: string) =>
  (await readFile(sourceOf(file), "utf8")).split("\n").findIndex((line) => line.includes(find)) + 1;

const ITEMS = "banks/basics/pod-ip.yaml";
const BASICS = "banks/basics/pod-basics.yaml";
const TASK = "tasks/task-fixed-name.yaml";
const TOUR = "tours/basics.yaml";
const LESSON = "concepts/pod-ip.yaml";
const BANK = { file: ITEMS, find: "items:\n", blames: "banks/basics/bank.yaml", line: "id: basics" };

/** Six choice questions; a text and a place for each key. */
const questions = (key: string, place: (index: number) => number) =>
  Array.from({ length: 6 }, (_, index) => {
    const wrong = ["stays", "moves"].map(
      (id) =>
        `      - { id: ${id}, text: { ja: 変わらないもの, en: It ${id} }, misconception: pod-moves, why: { ja: VMなら, en: A VM } }`,
    );
    const options = wrong.toSpliced(
      place(index),
      0,
      `      - { id: key, text: { ja: ${key}, en: ${key} }, correct: true }`,
    );
    return [
      `  - id: pod-ip-many-${index}`,
      "    revision: 1",
      "    kind: single",
      "    difficulty: 1",
      `    prompt: { ja: 問い, en: Ask }`,
      "    options:",
      ...options,
      "    explanation: { ja: 解説, en: Because }",
      "    sources: [article-pod]",
      "    asOf: 2026-11-24\n",
    ].join("\n");
  }).join("");

/** One planted error at least for every rule. */
const planted: Record<keyof typeof rules | "yaml" | "schema" | "missing-language" | "task-bank", Plant[]> = {
  yaml: [{ file: ITEMS, find: "concept: pod-ip", replacement: "concept: [pod-ip", line: "items:" }],
  schema: [{ file: ITEMS, find: "difficulty: 2", replacement: "difficulty: 9", line: "difficulty: 2" }],
  "missing-language": [
    {
      file: ITEMS,
      find: "      en: What happens to the IP address of a Pod that is recreated?\n",
      replacement: "",
      rule: "schema",
      line: "ja: Podが再作成されると",
    },
  ],
  "task-bank": [{ file: TASK, find: "concept: pod-ip", replacement: "concept: pod-name", line: "concept:" }],
  "task-belief": [
    { file: TASK, find: "beliefs: []", replacement: "beliefs: [pod-moves]", line: "beliefs:" },
    { file: TASK, find: "beliefs: []", replacement: "beliefs: [ip-is-identity]", line: "beliefs:" },
  ],
  "task-name": [{ file: TASK, find: "id: task-fixed-name", replacement: "id: task-name", line: "id: task-" }],
  "task-scene": [
    { file: TASK, find: "    kind: Pod", replacement: "    kind: Pods", line: "nodes: 1" },
    { file: TASK, find: "{ name: client }", replacement: "{ name: Client }", line: "nodes: 1" },
  ],
  "tour-deeds": [
    {
      file: TOUR,
      find: "kind: Pod, key: app-*",
      replacement: "kind: Pod, key: web-*",
      line: "deed: { do: remove",
    },
    { file: TOUR, find: "name: app }", replacement: "name: App }", line: "nodes: 2" },
  ],
  "tour-predictions": [
    {
      file: TOUR,
      find: "deed: { do: cordon, node: node-1 }",
      replacement: "deed: { do: cordon, node: node-1 }\n    predict: pods",
      line: "- id: restart",
    },
    {
      file: TOUR,
      find: "    deed: { do: remove, kind: Pod, key: app-* }\n",
      replacement: "",
      line: "deed: { do: remove",
    },
  ],
  "tour-focus": [
    {
      file: TOUR,
      find: "focus: [Node/node-1]",
      replacement: "focus: [Node/node-9]",
      line: "focus: [Node/node-1]",
    },
    {
      file: TOUR,
      find: "focus: [Node/node-1]",
      replacement: "focus: [Nodes/a]",
      line: "focus: [Node/node-1]",
    },
  ],
  "task-start": [
    {
      file: TASK,
      find: "  # Nothing yet.",
      replacement:
        "  { apiVersion: v1, kind: Service, metadata: { name: shop }, spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }] } }",
      line: "start:",
    },
  ],
  "task-solutions": [
    // A right one that is wrong, a wrong one that is right, and wrong ones that are wrong otherwise than they say.
    { file: TASK, find: "spec: { sel", replacement: "spec: { type: NodePort, sel", line: "- manifests: |" },
    { file: TASK, find: "{ app: web }", replacement: "{ app: shop }", line: "why: Selects no Pod" },
    { file: TASK, find: "fails: [inside]", replacement: "fails: [answers]", line: "why: Opens a port" },
    {
      file: TASK,
      find: "fails: [inside]",
      replacement: "fails: [inside, answers]",
      line: "why: Opens a port",
    },
    { file: TASK, find: "must be of type string", replacement: "must be a string", line: "why: A selector" },
    {
      file: TASK,
      find: "fails: [inside]",
      replacement: "fails: [inside]\n      belief: pod-moves",
      line: "why: Opens a port",
    },
  ],
  "idle-probe": [
    {
      file: TASK,
      find: "  - id: inside",
      replacement:
        "  - { id: there, text: { ja: ある, en: There }, object: { kind: Service, key: default/shop, has: { kind: Service } } }\n  - id: inside",
      line: "- id: inside",
    },
  ],
  "duplicate-id": [
    { file: ITEMS, find: "id: pod-ip-order", replacement: "id: pod-ip-after", line: "id: pod-ip-order" },
  ],
  "dead-reference": [
    {
      file: ITEMS,
      find: "sources: [article-pod] # first",
      replacement: "sources: [nowhere]",
      line: "# first",
    },
  ],
  "template-concept": [
    {
      file: ITEMS,
      find: "items:\n",
      replacement:
        "made: [{ id: pod-ip-x, revision: 1, template: headless-answer, difficulty: 3, asOf: 2026-11-24 }]\nitems:\n",
      line: "items:",
    },
  ],
  unfilled: [
    { file: ITEMS, find: "en: It is a new Pod.", replacement: "en: TODO", line: "en: It is a new Pod." },
    { file: ITEMS, find: "id: pod-ip-order", replacement: "id: pod-ip-todo-2", line: "id: pod-ip-order" },
  ],
  "lesson-first": [
    { file: ITEMS, find: "concept: pod-ip", replacement: "concept: pod-address", line: "concept: pod-ip" },
  ],
  "concept-in-one-area": [
    {
      file: "areas.yaml",
      find: "concepts: [pod-basics, pod-ip]",
      replacement: "concepts: [pod-basics]",
      line: "id: pod-ip",
      blames: LESSON,
    },
    {
      file: "areas.yaml",
      find: "concepts: [pod-basics, pod-ip]",
      replacement: "concepts: [pod-basics, pod-ip, pod-ip]",
      line: "concepts:",
    },
  ],
  "circular-needs": [
    {
      file: "concepts/pod-basics.yaml",
      find: "needs: []",
      replacement: "needs: [pod-ip]",
      line: "needs: []",
    },
  ],
  "needs-first": [
    {
      file: "areas.yaml",
      find: "concepts: [pod-basics, pod-ip]",
      replacement: "concepts: [pod-ip, pod-basics]",
      line: "needs: [pod-basics]",
      blames: LESSON,
    },
  ],
  "few-items": [
    {
      file: BASICS,
      find: "concept: pod-basics",
      replacement: "concept: pod-ip",
      line: "id: pod-basics",
      blames: "concepts/pod-basics.yaml",
    },
  ],
  "misconception-use": [
    {
      file: ITEMS,
      find: "misconception: pod-ip-is-stable",
      replacement: "misconception: pod-moves",
      line: "id: pod-ip-is-stable",
      blames: "misconceptions/mindset.yaml",
    },
  ],
  "id-of-concept": [
    { file: ITEMS, find: "id: pod-ip-order", replacement: "id: podip-order", line: "id: pod-ip-order" },
  ],
  "unique-parts": [{ file: ITEMS, find: "id: old-gone", replacement: "id: new-made", line: "id: old-gone" }],
  "cloze-gaps": [
    {
      file: BASICS,
      find: "en: The smallest unit is a {{unit}}.",
      replacement: "en: The smallest unit is a Pod.",
      line: "The smallest unit is a {{unit}}.",
    },
  ],
  "classify-buckets": [
    {
      file: BASICS,
      find: "bucket: pod # planted",
      replacement: "bucket: cloud",
      line: "bucket: pod # planted",
    },
  ],
  "ordering-traps": [
    { file: ITEMS, find: "step: old-gone", replacement: "step: gone", line: "step: old-gone" },
    { file: ITEMS, find: "before: new-made", replacement: "before: traffic", line: "step: old-gone" },
  ],
  "option-stands-out": [
    {
      file: ITEMS,
      find: "en: It changes",
      replacement: "en: It changes every time, since the replacement is a new Pod",
      line: "en: It changes",
    },
    {
      file: ITEMS,
      find: "ja: 変わらない",
      replacement: "ja: 割り当てが残るので、どのノードでも変わらない",
      line: "ja: 変わらない",
    },
  ],
  "key-position": [{ ...BANK, replacement: `items:\n${questions("It changes", () => 0)}` }],
  "key-is-longest": [{ ...BANK, replacement: `items:\n${questions("It changes", (index) => index % 3)}` }],
  "echoed-word": [
    {
      file: ITEMS,
      find: "en: Until it is recreated",
      replacement: "en: As the firewall says",
      line: "en: Until it is recreated",
    },
    {
      file: ITEMS,
      find: "ja: 再作成まで",
      replacement: "ja: 許可されるまで",
      line: "ja: 再作成まで",
    },
  ],
  "glossary-spelling": [
    { file: ITEMS, find: "ja: 変わらない", replacement: "ja: クラスタで変わらない", line: "ja: 変わらない" },
  ],
  "english-spelling": [
    { file: LESSON, find: "lasts as long", replacement: "lasts as lnog", line: "lasts as long" },
    {
      file: ITEMS,
      find: "en: The Pod does not return.",
      replacement: "en: The colors differ.",
      line: "The Pod does not return.",
    },
    { file: "words.txt", find: "Kubernetes", replacement: "", line: "lasts as long", blames: LESSON },
  ],
  "japanese-spacing": [
    {
      file: ITEMS,
      find: "Podが再作成されると",
      replacement: "Pod が再作成されると",
      line: "ja: Podが再作成されると",
    },
  ],
  "japanese-punctuation": [
    { file: LESSON, find: "IPは、Pod", replacement: "IPは,Pod", line: "のようなIPは" },
    { file: LESSON, find: "続きます（", replacement: "続きます(", line: "のようなIPは" },
    { file: LESSON, find: "要点です。", replacement: "要点です。。", line: "要点です。" },
  ],
  "japanese-width": [
    { file: LESSON, find: "IPは、Pod", replacement: "ＩＰは、Pod", line: "のようなIPは" },
    { file: ITEMS, find: "ファイアウォールの", replacement: "ﾌｧｲｱｳｫｰﾙの", line: "許可リスト" },
  ],
  "japanese-brackets": [
    { file: ITEMS, find: "ja: 変わらない", replacement: "ja: 「変わらない", line: "ja: 変わらない" },
    { file: ITEMS, find: "ja: 変わらない", replacement: "ja: 」変わらない「", line: "ja: 変わらない" },
  ],
  "too-long": [
    {
      file: ITEMS,
      find: "en: It is a new Pod.",
      replacement: `en: ${"So it is. ".repeat(41)}`,
      line: "en: It is a new Pod.",
    },
    {
      file: BASICS,
      find: "ja: 最小の単位は{{unit}}です。",
      replacement: `ja: 最小の単位は{{unit}}です。${"同じです。".repeat(50)}`,
      line: "ja: 最小の単位は{{unit}}です。",
    },
  ],
  "one-sentence": [
    {
      file: LESSON,
      find: "en: One sentence.",
      replacement: "en: One sentence. Another one.",
      line: "One sentence.",
    },
    {
      file: LESSON,
      find: "ja: 一文の要約です。",
      replacement: "ja: 一文です。要約です。",
      line: "一文の要約です。",
    },
  ],
  "banned-form": [
    {
      file: ITEMS,
      find: "en: What happens to the IP address",
      replacement: "en: Which of the following happens to the IP address",
      line: "en: What happens to the IP address",
    },
    { file: ITEMS, find: "en: It moves", replacement: "en: None of the above", line: "en: It moves" },
    {
      file: ITEMS,
      find: "IPアドレスはどうなりますか",
      replacement: "どうなりますか。次のうち正しいものを選んでください",
      line: "IPアドレスはどうなりますか",
    },
    { file: ITEMS, find: "ja: 移っていく", replacement: "ja: 上記すべて", line: "ja: 移っていく" },
  ],
  "near-duplicate": [
    {
      file: ITEMS,
      find: "en: Which object gives a stable address?",
      replacement: "en: What does the word Pod mean here?",
      line: "en: What does the word Pod mean here?",
      blames: BASICS,
    },
    {
      file: ITEMS,
      find: "ja: 宛先には何を使いますか。",
      replacement: "ja: 同じPodのコンテナが共有するものは何ですか。",
      line: "ja: 同じPodのコンテナ",
      blames: BASICS,
    },
  ],
  "expired-fact": [
    {
      file: ITEMS,
      find: "reviewBy: 2027-05-31",
      replacement: "reviewBy: 2026-11-23",
      line: "reviewBy: 2027-05-31",
    },
  ],
  "expiring-fact": [
    {
      file: ITEMS,
      find: "reviewBy: 2027-05-31",
      replacement: "reviewBy: 2027-01-23",
      line: "reviewBy: 2027-05-31",
    },
  ],
  "review-after-check": [
    {
      file: ITEMS,
      find: "reviewBy: 2027-05-31",
      replacement: "reviewBy: 2026-11-24",
      line: "reviewBy: 2027-05-31",
    },
  ],
  links: [
    ...[
      "http://kubernetes.io/docs",
      "https://learn.microsoft.com/en-us/azure/aks",
      "https://kubernetes.io/ja/docs",
      "https://learn.microsoft.com/azure/aks?WT.mc_id=letter",
    ].map((url) => ({
      file: "sources/article.yaml",
      find: "section: Pod",
      replacement: `url: ${url}`,
      line: "section: Pod",
      ...(url.startsWith("http:") ? { rule: "schema" } : {}),
    })),
    {
      file: LESSON,
      find: "([Kubernetes](https:",
      replacement: "([Kubernetes](http:",
      line: "lasts as long",
    },
    { file: LESSON, find: "（[文書](https://", replacement: "（[文書](", line: "のようなIPは" },
  ],
  "unused-source": [
    {
      file: "sources/article.yaml",
      find: "article-pod:",
      replacement: "other:\n  title: Unused\n  section: Pod\n  read: 2026-11-24\narticle-pod:",
      line: "title:",
    },
  ],
};

const plants = Object.entries(planted).flatMap(([name, list]) => list.map((plant) => [name, plant] as const));

describe("content rules", () => {
  it("find nothing in a good tree", async () => {
    const report = checkContent(await loadContent(GOOD), TODAY);
    expect([...report.errors, ...report.warnings]).toEqual([]);
    expect(report).toMatchObject({ items: 8, concepts: 2, misconceptions: 2, tasks: 0 });
  });

  it("find nothing in a good task", async () => {
    const report = checkContent(await treeWith({ file: TASK, find: "", replacement: "" }), TODAY);
    expect([...report.errors, ...report.warnings]).toEqual([]);
    expect(report).toMatchObject({ items: 9, tasks: 1, byKind: { manifest: 1 } });
  });

  it("are explained to authors", async () => {
    const explained = await readFile("content/README.md", "utf8");
    expect(Object.keys(rules).filter((rule) => !explained.includes(`\`${rule}\``))).toEqual([]);
  });

  it.each(plants)("%s: a planted error is found at its file and line", async (name, plant) => {
    const problems = await checkWith(plant);
    const rule = plant.rule ?? name;
    const file = plant.blames ?? plant.file;
    const found = problems.filter((problem) => problem.rule === rule && problem.file === `content/${file}`);
    expect(found.map((problem) => problem.line)).toContain(await lineOf(file, plant.line));
  });

  it.each<[string, Edit]>([
    [
      "code is quoted as machines write it",
      { file: LESSON, find: "`10.0.0.4`のよう", replacement: "`pod, a(b) ａ`のよう" },
    ],
    [
      "half-width brackets may stand among Latin letters",
      { file: LESSON, find: "のようなIPは", replacement: "のようなIP (v4)" },
    ],
    [
      "a point inside a number ends no sentence",
      { file: LESSON, find: "en: One sentence.", replacement: "en: Since 1.33 one sentence." },
    ],
    [
      "a possessive and a plural are spelt like their word",
      { file: LESSON, find: "lasts as long as the Pod", replacement: "outlasts Kubernetes' and the Pod's" },
    ],
    [
      "capitals are not spelt",
      { file: LESSON, find: "lasts as long as the Pod", replacement: "is no VRRP of two VMs" },
    ],
    [
      "a word that a wrong option repeats too tells nothing",
      { file: ITEMS, find: "For how long", replacement: "Until when" },
    ],
    [
      "among Japanese, Latin letters are half as wide",
      { file: ITEMS, find: "ja: 移っていく", replacement: "ja: IPの`10.244.1.5`も変わる" },
    ],
    [
      "flags, paths and host names are not spelt",
      { file: LESSON, find: "lasts as long", replacement: "of svc.example.io or --podcidr lasts as long" },
    ],
    [
      "a fact has 60 days",
      { file: ITEMS, find: "reviewBy: 2027-05-31", replacement: "reviewBy: 2027-01-24" },
    ],
  ])("leave alone what is right: %s", async (_, edit) => {
    expect(await checkWith(edit)).toEqual([]);
  });

  it("count how far the six keys of a bank are from their fair share", async () => {
    const balanced = { ...BANK, replacement: `items:\n${questions("It acts", (index) => index % 3)}` };
    const found = (await checkWith(balanced)).map(({ rule }) => rule);
    expect(found).not.toContain("key-position");
    expect(found).not.toContain("key-is-longest");
  });

  it("keep learners out for what cannot be served, not for what could be better", async () => {
    const outdated = { file: ITEMS, find: "reviewBy: 2027-05-31", replacement: "reviewBy: 2026-11-23" };
    expect(findBroken(await treeWith(outdated))).toEqual([]);
    const dead = { file: ITEMS, find: "sources: [article-pod] # first", replacement: "sources: [nowhere]" };
    expect(findBroken(await treeWith(dead))).toMatchObject([{ rule: "dead-reference" }]);
  });
});
