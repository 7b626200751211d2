import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { type Tour, tourSchema } from "#lib/core/playground/index.ts";
import type { DrawnFrom, Item, Source } from "#lib/core/questions/index.ts";
import { itemFrom } from "#lib/core/templates/instance.ts";
import { type Place, type Problem, parseYaml } from "./place.ts";
import {
  type Area,
  areasFileSchema,
  type Bank,
  bankFileSchema,
  type Concept,
  conceptFileSchema,
  type GlossaryTerm,
  glossaryFileSchema,
  itemsFileSchema,
  type Misconception,
  misconceptionsFileSchema,
  sourcesFileSchema,
  type TaskFile,
  taskFileSchema,
} from "./schema.ts";

/** A value together with where it is written. Paths are those inside the value. */
export interface Located<T> {
  value: T;
  at(...path: PropertyKey[]): Place;
  /** Where in the text at a path a fragment stands: lessons are long. */
  find(fragment: string, ...path: PropertyKey[]): Place;
}

/** Everything in `content/` but the messages, each piece with its place. */
export interface Content {
  areas: Located<Area>[];
  concepts: Located<Concept>[];
  misconceptions: Located<Misconception & { area: string }>[];
  banks: Located<Bank>[];
  items: Located<Item & { bank: string; concept: string; template?: DrawnFrom }>[];
  /** Manifest tasks as they are written; each is an item too. */
  tasks: Located<TaskFile>[];
  /** Walks through what a cluster does. */
  tours: Located<Tour>[];
  /** The files that items stand in. */
  itemFiles: Located<{ bank: string; concept: string }>[];
  sources: Located<Source>[];
  glossary: Located<GlossaryTerm>[];
  /** Right English words that no dictionary has, from `words.txt`. */
  words: string[];
}

/** What was read, and what could not be: a file that does not parse adds problems and nothing else. */
export interface LoadedContent extends Content {
  problems: Problem[];
}

/**
 * Reads the content folder. Files are read in the order of their names, so the same tree gives the same result.
 * @param root the folder that holds `areas.yaml`, `concepts/`, `banks/` …
 */
export async function loadContent(root: string): Promise<LoadedContent> {
  const problems: Problem[] = [];

  async function read<S extends z.ZodType>(file: string, schema: S): Promise<Located<z.infer<S>> | null> {
    const text = await readFile(path.join(root, file), "utf8").catch(() => null);
    const shown = path.posix.join("content", file);
    if (text === null) {
      problems.push({
        rule: "missing-file",
        severity: "error",
        file: shown,
        line: 1,
        message: "this file is missing",
      });
      return null;
    }
    const yaml = parseYaml(shown, text);
    problems.push(...yaml.problems);
    if (yaml.problems.length > 0) return null;
    const parsed = schema.safeParse(yaml.data);
    if (!parsed.success) {
      problems.push(
        ...parsed.error.issues.flatMap(describeIssue).map(
          ({ path: where, message }): Problem => ({
            rule: "schema",
            severity: "error",
            file: shown,
            line: yaml.lineOf(where),
            message: `${where.join(".") || "the file"}: ${message}`,
          }),
        ),
      );
      return null;
    }
    return {
      value: parsed.data,
      at: (...where) => ({ file: shown, line: yaml.lineOf(where) }),
      find: (fragment, ...where) => ({ file: shown, line: yaml.lineOf(where, fragment) }),
    };
  }

  const filesIn = async (folder: string) =>
    (await readdir(path.join(root, folder)).catch(() => []))
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .map((name) => path.posix.join(folder, name));

  async function readAll<S extends z.ZodType>(files: string[], schema: S) {
    const read_ = await Promise.all(files.map(async (file) => ({ file, located: await read(file, schema) })));
    return read_.flatMap(({ file, located }) => (located ? [{ file, located }] : []));
  }

  const areas = await read("areas.yaml", areasFileSchema);
  const glossary = await read("glossary.yaml", glossaryFileSchema);
  const concepts = await readAll(await filesIn("concepts"), conceptFileSchema);
  const misconceptions = await readAll(await filesIn("misconceptions"), misconceptionsFileSchema);
  const sources = await readAll(await filesIn("sources"), sourcesFileSchema);

  const banks: Content["banks"] = [];
  const items: Content["items"] = [];
  const itemFiles: Content["itemFiles"] = [];
  const bankFolders = (await readdir(path.join(root, "banks"), { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.posix.join("banks", entry.name))
    .sort();
  for (const folder of bankFolders) {
    const bank = await read(path.posix.join(folder, "bank.yaml"), bankFileSchema);
    if (bank) banks.push(bank);
    const files = (await filesIn(folder)).filter((file) => path.basename(file) !== "bank.yaml");
    for (const { located } of await readAll(files, itemsFileSchema)) {
      const { concept, items: written, made = [] } = located.value;
      const home = { bank: path.basename(folder), concept };
      itemFiles.push({ ...located, value: home });
      items.push(...written.map((item, index) => inside(located, { ...item, ...home }, "items", index)));
      items.push(
        ...made.map((item, index) => inside(located, { ...itemFrom(item), ...home }, "made", index)),
      );
    }
  }

  const tours = await readAll(await filesIn("tours"), tourSchema);

  const tasks: Content["tasks"] = [];
  for (const { located } of await readAll(await filesIn("tasks"), taskFileSchema)) {
    tasks.push(located);
    const { concept } = located.value;
    const bank = itemFiles.find(({ value }) => value.concept === concept)?.value.bank;
    if (bank !== undefined) items.push(asItem(located, bank));
    else
      problems.push({
        rule: "task-bank",
        severity: "error",
        ...located.at("concept"),
        message: `no bank asks about \`${concept}\`: write other items about it first`,
      });
  }

  return {
    areas: areas ? each(areas) : [],
    concepts: concepts.map(({ located }) => located),
    misconceptions: misconceptions.flatMap(({ file, located }) =>
      each(located).map((one) => ({ ...one, value: { ...one.value, area: path.basename(file, ".yaml") } })),
    ),
    banks: banks.sort((a, b) => a.value.position - b.value.position),
    items,
    tasks,
    tours: tours.map(({ located }) => located).sort((a, b) => a.value.position - b.value.position),
    itemFiles,
    sources: sources.flatMap(({ located }) =>
      Object.entries(located.value).map(([id, source]) => inside(located, { id, ...source }, id)),
    ),
    glossary: glossary ? each(glossary) : [],
    words: await readWords(path.join(root, "words.txt")),
    problems,
  };
}

/** A task as the item that learners get: all but the solutions that only prove it. What is said of its `task` stands in the file itself. */
function asItem(file: Located<TaskFile>, bank: string): Content["items"][number] {
  const { scene, start, probes, beliefs, solutions, ...own } = file.value;
  const task = { scene, start, probes, beliefs };
  const inFile = (path: PropertyKey[]) => (path[0] === "task" ? path.slice(1) : path);
  return {
    value: { ...own, bank, kind: "manifest", task, solution: solutions.right[0]?.manifests ?? "" },
    at: (...path) => file.at(...inFile(path)),
    find: (fragment, ...path) => file.find(fragment, ...inFile(path)),
  };
}

/** A part of a located value, with its own places. */
function inside<T>(whole: Located<unknown>, value: T, ...prefix: PropertyKey[]): Located<T> {
  return {
    value,
    at: (...where) => whole.at(...prefix, ...where),
    find: (fragment, ...where) => whole.find(fragment, ...prefix, ...where),
  };
}

/** A list's entries. */
function each<T>(list: Located<T[]>): Located<T>[] {
  return list.value.map((value, index) => inside(list, value, index));
}

/** One word a line; `#` begins a remark. The file may be missing: then there are none. */
async function readWords(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((word) => word !== "");
}

/** One line an author can act on for each zod issue; unions are opened up to the closest alternative. */
function describeIssue(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
    return closest
      .flatMap(describeIssue)
      .map((inner) => ({ path: [...issue.path, ...inner.path], message: inner.message }));
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `\`${key}\` is not a field here; remove it or check its spelling`,
    }));
  }
  return [{ path: issue.path, message: issue.message }];
}
