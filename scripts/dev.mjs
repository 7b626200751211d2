/** `npm run dev`: the app with hot reload, on a data folder of its own. */
import process from "node:process";
import { main, progress, readTypeScript, steps, whenStopped } from "./setup.mjs";

process.env.NODE_ENV = "development";
process.env.PODSHIFT_DATA ??= ".data-dev";

await main(async () => {
  const step = progress(5);
  await step(steps.install);
  await step(steps.generate);
  await readTypeScript();
  const { serve } = await import("./serve.ts");
  await serve({ step, whenStopped });
});
