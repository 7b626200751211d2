/** `npm run content:new -- CONCEPT KIND`: the skeleton of an item, where it belongs. */
import { addNewItem } from "#lib/server/content/index.ts";
import { SetupError } from "#lib/server/setup-error.ts";
import { runScript } from "./run-script.ts";

await runScript(async () => {
  const [concept, kind, ...more] = process.argv.slice(2);
  if (!concept || !kind || more.length > 0) {
    throw new SetupError("Name a concept and a kind: npm run content:new -- pod-ip single");
  }
  const { file, line } = await addNewItem("content", concept, kind, new Date().toISOString().slice(0, 10));
  console.log(`${file}:${line}: fill in what says TODO, then run npm run content:check`);
});
