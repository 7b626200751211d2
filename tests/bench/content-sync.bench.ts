/** Bringing the content into a fresh embedded database, and finding that nothing changed; beside reading it alone. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadContent, publishContent, syncContent } from "#lib/server/content/index.ts";
import { openDatabase } from "#lib/server/db/client.ts";
import { migrate, readMigrations } from "#lib/server/db/migrate.ts";
import { figure, ms, percentile, time, times } from "./harness.ts";

const RUNS = 5;

const folder = await mkdtemp(path.join(tmpdir(), "podshift-bench-"));
const database = await openDatabase({ databaseUrl: undefined, dataFolder: folder });
try {
  await migrate(database, await readMigrations("prisma/migrations"));
  const sync = async () =>
    syncContent(database.client, publishContent(await loadContent("content")), new Date());
  const fresh = await time(sync);
  const unchanged = percentile(await times(RUNS, sync), 0.5);
  const reading = percentile(await times(RUNS, () => loadContent("content")), 0.5);
  const items = await database.client.item.count();
  figure(
    "content sync, fresh database",
    ms(fresh),
    `${items} items; baseline, reading alone: ${ms(reading)}`,
  );
  figure("content sync, unchanged", ms(unchanged), `baseline, reading alone: ${ms(reading)}`);
} finally {
  await database.close();
  await rm(folder, { recursive: true });
}
