/** `npm run demo`: the app with a made-up company in it, apart from your own data. */
import process from "node:process";
import { main, progress, readTypeScript, steps, whenStopped } from "./setup.mjs";

process.env.NODE_ENV = "production";
process.env.PODSHIFT_DEMO = "true";
process.env.PODSHIFT_DATA ||= ".data-demo";
process.env.PORT ||= "3100";
// Everybody in the demo has the same password, which is no secret.
process.env.HOSTNAME_TO_BIND ||= "127.0.0.1";
// Whatever `.env` says: it has its own database, its own address, and nobody to write to.
process.env.DATABASE_URL = "";
process.env.SMTP_URL = "";
process.env.APP_URL ??= "";

await main(async () => {
  const step = progress(7);
  await step(steps.install);
  await step(steps.generate);
  await readTypeScript();
  const { fillFolder, PASSWORD, SIGN_INS } = await import("./demo/index.ts");
  await step({ name: "Making up a company (about a minute, once)", work: () => fillFolder(Date.now()) });
  const { serve } = await import("./serve.ts");
  await serve({ step, whenStopped, build: steps.build });
  console.log(`\nEverybody in it is made up. Sign in with the password ${PASSWORD} as`);
  for (const { role, email } of SIGN_INS) console.log(`  ${role.padEnd(8)} ${email}`);
});
