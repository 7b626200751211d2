/** `npm start`: everything from a fresh clone to a running app. */
import process from "node:process";
import { main, progress, readTypeScript, steps, whenStopped } from "./setup.mjs";

process.env.NODE_ENV = "production";

await main(async () => {
  const step = progress(6);
  await step(steps.install);
  await step(steps.generate);
  await readTypeScript();
  const { serve } = await import("./serve.ts");
  await serve({ step, whenStopped, build: steps.build });
});
