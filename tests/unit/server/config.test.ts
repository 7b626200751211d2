import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SETTINGS } from "#lib/server/config.ts";

test(".env.example documents every setting, and none that does not exist", () => {
  const example = readFileSync(".env.example", "utf8");
  const documented = [...example.matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name]) => name);
  expect(documented.sort()).toEqual([...SETTINGS].sort());
});
