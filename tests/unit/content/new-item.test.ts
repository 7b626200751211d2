import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KINDS } from "#lib/core/questions/index.ts";
import { addNewItem, checkContent, loadContent } from "#lib/server/content/index.ts";

const GOOD = path.join(import.meta.dirname, "../../fixtures/content");
const TODAY = "2026-11-24";
let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "podshift-content-"));
  await cp(GOOD, root, { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

const lines = async (file: string) =>
  (await readFile(path.join(root, file.replace(/^content/, "")), "utf8")).split("\n");

/** What the linter says that is not about a line marked TODO. */
async function otherProblems() {
  const { errors, warnings } = checkContent(await loadContent(root), TODAY);
  const marked = await Promise.all(
    [...errors, ...warnings].map(async (problem) =>
      /todo/i.test((await lines(problem.file))[problem.line - 1] ?? "") ? [] : [problem],
    ),
  );
  return marked.flat();
}

/** A concept that has a lesson and no items yet. */
async function addConcept(id: string) {
  const lesson = await readFile(path.join(root, "concepts/pod-ip.yaml"), "utf8");
  await writeFile(path.join(root, `concepts/${id}.yaml`), lesson.replace("id: pod-ip", `id: ${id}`));
  const areas = await readFile(path.join(root, "areas.yaml"), "utf8");
  await writeFile(path.join(root, "areas.yaml"), areas.replace("pod-ip]", `pod-ip, ${id}]`));
}

describe("a new item", () => {
  it.each(KINDS.filter((kind) => kind !== "manifest"))(
    "%s: passes the check except for the blanks it marks",
    async (kind) => {
      const place = await addNewItem(root, "pod-ip", kind, TODAY);
      expect(place.file).toBe("content/banks/basics/pod-ip.yaml");
      expect((await lines(place.file))[place.line - 1]).toBe("  - id: pod-ip-todo");
      const { items, problems } = await loadContent(root);
      expect(problems).toEqual([]);
      expect(items.map(({ value }) => value)).toContainEqual(
        expect.objectContaining({ id: "pod-ip-todo", kind, concept: "pod-ip", asOf: TODAY }),
      );
      expect(await otherProblems()).toEqual([]);
    },
  );

  it("that is a task passes the check in a file of its own, except for the blanks it marks", async () => {
    const place = await addNewItem(root, "pod-ip", "manifest", TODAY);
    expect(place).toEqual({ file: "content/tasks/task-pod-ip-todo.yaml", line: 1 });
    const { items, problems } = await loadContent(root);
    expect(problems).toEqual([]);
    expect(items.at(-1)?.value).toMatchObject({
      id: "task-pod-ip-todo",
      kind: "manifest",
      concept: "pod-ip",
      bank: "basics",
    });
    expect(await otherProblems()).toEqual([]);
  });

  it("gets an id of its own each time", async () => {
    await addNewItem(root, "pod-ip", "single", TODAY);
    await addNewItem(root, "pod-ip", "cloze", TODAY);
    const { items } = await loadContent(root);
    expect(items.map(({ value }) => value.id)).toEqual(
      expect.arrayContaining(["pod-ip-todo", "pod-ip-todo-2"]),
    );
  });

  it("begins its concept's file in the bank of the concept's area", async () => {
    await addConcept("pod-name");
    const place = await addNewItem(root, "pod-name", "flashcard", TODAY);
    expect(place).toEqual({ file: "content/banks/basics/pod-name.yaml", line: 3 });
    expect((await otherProblems()).map(({ rule, file }) => `${rule} ${file}`)).toEqual([
      "few-items content/concepts/pod-name.yaml",
    ]);
  });

  it("has its key where the fewest of the bank stand", async () => {
    const places = async () => {
      const { items } = await loadContent(root);
      return items.flatMap(({ value }) =>
        value.kind === "single" ? [value.options.findIndex((option) => "correct" in option)] : [],
      );
    };
    expect((await places()).sort()).toEqual([0, 1]);
    await addNewItem(root, "pod-ip", "single", TODAY);
    expect((await places()).sort()).toEqual([0, 1, 2]);
  });

  it("is refused in words for a concept, a kind or a bank that is not there", async () => {
    await expect(addNewItem(root, "pod-ipp", "single", TODAY)).rejects.toThrow(
      /no concept `pod-ipp`.*\npod-basics, pod-ip$/,
    );
    await expect(addNewItem(root, "pod-ip", "essay", TODAY)).rejects.toThrow(
      /no kind `essay`: choose one of flashcard, single/,
    );
    await addConcept("pod-name");
    await rm(path.join(root, "banks"), { recursive: true });
    await expect(addNewItem(root, "pod-name", "single", TODAY)).rejects.toThrow(
      /area `mindset` has no bank: make content\/banks\/mindset\/bank.yaml/,
    );
  });
});
