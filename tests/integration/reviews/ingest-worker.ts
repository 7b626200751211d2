/** A process of its own that records batches of events: argv[2] is a file with the person and the batches. */
import { readFileSync } from "node:fs";
import type { Person } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { openDatabase } from "#lib/server/db/client.ts";

const { people, batches, now } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as {
  people: Person[];
  batches: { person: number; events: unknown[] }[];
  now: number;
};
const database = await openDatabase({ databaseUrl: process.env.DATABASE_URL, dataFolder: "" });
// Several at a time, as requests come.
const waiting = [...batches];
await Promise.all(
  Array.from({ length: 4 }, async () => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      const outcome = await recordReviews(people[batch.person] as Person, batch.events, now);
      if (!outcome.ok || outcome.value.results.some(({ status }) => status === "refused"))
        process.exitCode = 1;
    }
  }),
);
await database.close();
