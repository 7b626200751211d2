/** `npm start`: everything from a fresh clone to a running app. */
import { spawn } from "node:child_process";
import process from "node:process";
import { main, prepare, steps, tsx } from "./setup.mjs";

await main(async () => {
  await prepare([steps.install, steps.generate, steps.build]);
  const server = spawn(process.execPath, tsx("scripts/serve.ts"), {
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "production" },
  });
  // The server ends in its own time when told to; this process only passes the word on and waits.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill("SIGTERM"));
  return new Promise((resolve) => server.once("exit", (code) => resolve(code ?? 1)));
});
