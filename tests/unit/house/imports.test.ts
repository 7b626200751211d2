import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/** What each part of the house may import, of the other parts. Arrows go one way (docs/architecture.md). */
const MAY_IMPORT: Record<string, string[]> = {
  "lib/core": [],
  "lib/i18n": ["lib/core", "content/messages"],
  "lib/browser": ["lib/core"],
  "lib/interop": ["lib/core"],
  "lib/server": ["lib/core", "lib/interop", "content/messages"],
  components: ["lib/core", "lib/browser", "lib/i18n", "lib/interop"],
  app: ["components", "lib/core", "lib/i18n", "lib/server", "lib/interop", "package.json"],
};

const PARTS = [...Object.keys(MAY_IMPORT), "content/messages"].sort((a, b) => b.length - a.length);
const partOf = (file: string) => PARTS.find((part) => file.startsWith(`${part}/`)) ?? file;

const sources = Object.keys(MAY_IMPORT).flatMap((part) =>
  readdirSync(part, { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join(part, file))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("/generated/")),
);

/** Every module that a file imports, types too, as a path from the root; packages are left out. */
function importsOf(file: string): string[] {
  const code = readFileSync(file, "utf8");
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'`]([^"'`]+)["'`]/g)].flatMap(([, target = ""]) => {
    if (target.startsWith("#")) return [target.slice(1)];
    return target.startsWith(".") ? [path.posix.join(path.posix.dirname(file), target)] : [];
  });
}

it("imports go one way", () => {
  expect(sources.length).toBeGreaterThan(100);
  const against = sources.flatMap((file) => {
    const from = partOf(file);
    return importsOf(file)
      .filter((target) => partOf(target) !== from && !MAY_IMPORT[from]?.includes(partOf(target)))
      .map((target) => `${file} → ${target}`);
  });
  expect(against).toEqual([]);
});

it("everything in lib/server that reads or writes for a page is kept out of browsers", () => {
  const open = sources
    .filter((file) => /^lib\/server\/(queries|auth\/get-viewer|auth\/session)/.test(file))
    .filter((file) => !readFileSync(file, "utf8").includes('import "server-only"'));
  expect(open).toEqual([]);
});
