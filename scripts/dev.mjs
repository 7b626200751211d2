/** `npm run dev`: the app with hot reload, on a data folder of its own. */
import { spawn } from "node:child_process";
import process from "node:process";
import { main, prepare, steps, tsx } from "./setup.mjs";

await main(async () => {
  await prepare([steps.install, steps.generate]);
  const server = spawn(process.execPath, tsx("scripts/serve.ts"), {
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "development", PODSHIFT_DATA: process.env.PODSHIFT_DATA ?? ".data-dev" },
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill("SIGTERM"));
  return new Promise((resolve) => server.once("exit", (code) => resolve(code ?? 1)));
});
