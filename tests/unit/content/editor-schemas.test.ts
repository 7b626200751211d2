import { readdir, readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { editorSchemaFiles } from "#lib/server/content/editor-schemas.ts";

it("the editors' schemas are those of the code (else: npm run content:schema)", async () => {
  const files = editorSchemaFiles();
  expect((await readdir("content/schema")).sort()).toEqual(Object.keys(files).sort());
  for (const [name, text] of Object.entries(files)) {
    expect(await readFile(`content/schema/${name}`, "utf8")).toBe(text);
  }
});
