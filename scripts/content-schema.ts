/** `npm run content:schema`: writes `content/schema/*.json`, which editors complete content files from. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { editorSchemaFiles } from "#lib/server/content/editor-schemas.ts";
import { runScript } from "./run-script.ts";

await runScript(async () => {
  await mkdir("content/schema", { recursive: true });
  const files = editorSchemaFiles();
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(path.join("content/schema", name), text)),
  );
  console.log(`Wrote ${Object.keys(files).length} schemas to content/schema`);
});
