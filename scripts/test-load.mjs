/** `npm run test:load [-- NAME]`: tests that take a crowd and minutes, some of them with the app as it is built. */
import process from "node:process";
import { bin, main, progress, show, steps } from "./setup.mjs";

await main(async () => {
  const step = progress(3);
  for (const needed of [steps.install, steps.generate, steps.build]) await step(needed);
  const args = ["run", "--project", "load", ...process.argv.slice(2)];
  await show("vitest", [bin("vitest", "vitest.mjs"), ...args]);
});
