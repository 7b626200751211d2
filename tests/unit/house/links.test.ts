import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const documents = [
  ...readdirSync("."),
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => path.join("docs", file)),
  "content/README.md",
].filter((file) => file.endsWith(".md"));

it.each(documents)("what %s links to in this repository is there", (document) => {
  const text = readFileSync(document, "utf8");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target.split("#")[0] ?? "");
  const missing = targets
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target))
    .filter((target) => !existsSync(path.join(path.dirname(document), target)));
  expect(missing).toEqual([]);
});
