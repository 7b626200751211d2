/** `npm run bench [-- NAME]`: what is measured, each figure beside its baseline from the same run. */
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { main, progress, SetupError, show, steps, tsx } from "./setup.mjs";

const FOLDER = "tests/bench";

await main(async () => {
  const step = progress(3);
  for (const needed of [steps.install, steps.generate, steps.build]) await step(needed);
  const wanted = process.argv[2] ?? "";
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".bench.ts") && file.includes(wanted));
  if (files.length === 0) throw new SetupError(`There is no benchmark named ${wanted} in ${FOLDER}.`);
  // One after the other: they must not disturb each other.
  for (const file of files.sort()) {
    console.log(`\n${file}`);
    // On the server, which these are, the package `server-only` lets itself be imported.
    await show(file, ["--conditions=react-server", ...tsx(path.join(FOLDER, file))], {
      NODE_ENV: "production",
    });
  }
});
