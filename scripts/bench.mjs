/** `npm run bench [-- NAME]`: what is measured, each figure beside its baseline from the same run. */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { main, progress, SetupError, steps, tsx, whenStopped } from "./setup.mjs";

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
    await bench(path.join(FOLDER, file));
  }
});

/** Runs a benchmark, which prints its own figures. @param {string} file */
function bench(file) {
  return new Promise((resolve, reject) => {
    // On the server, which these are, the package `server-only` lets itself be imported.
    const child = spawn(process.execPath, ["--conditions=react-server", ...tsx(file)], {
      stdio: "inherit",
      env: { ...process.env, NODE_ENV: "production" },
    });
    const settled = whenStopped(() => child.kill());
    child.once("error", reject);
    child.once("exit", (code) => {
      settled();
      if (code === 0) resolve(undefined);
      else reject(new SetupError(`${file} failed with code ${code}.`));
    });
  });
}
