/** A server's own work in a process of its own, at the moments that it is told: `{ now }` comes in, `{ done }` goes out. */
import { openDatabase } from "#lib/server/db/client.ts";
import { runDueJobs } from "#lib/server/jobs/runner.ts";

await openDatabase({ databaseUrl: process.env.DATABASE_URL, dataFolder: "" });
process.on("message", async ({ now }: { now: number }) => {
  await runDueJobs({ clock: () => now, signal: new AbortController().signal });
  process.send?.({ done: now });
});
process.send?.("ready");
