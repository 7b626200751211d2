/** What the benchmarks share: a database of their own, and how figures are summed up and printed. */
import { type Database, openPostgres, shareDatabase } from "#lib/server/db/client.ts";
import { migrate, readMigrations } from "#lib/server/db/migrate.ts";
import { startPostgres } from "#tests/integration/harness/postgres.ts";

/** Runs a benchmark on a migrated, empty database on a PostgreSQL server of its own. */
export async function onPostgres(
  work: (database: Database & { url: string }) => Promise<void>,
): Promise<void> {
  const server = await startPostgres();
  try {
    const database = await openPostgres(server.url);
    shareDatabase(database);
    await migrate(database, await readMigrations("prisma/migrations"));
    await work({ ...database, url: server.url });
    await database.close();
  } finally {
    await server.stop();
  }
}

/** How long a piece of work takes, in ms. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** How long a piece of work takes each of several times, in ms; the first run, which warms up, is left out. */
export async function times(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  await work();
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) taken.push(await time(work));
  return taken;
}

/** The value that the given share of values does not exceed (nearest rank). @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Prints a figure in a column, with a word on what it is compared to. */
export function figure(name: string, value: string, remark = ""): void {
  console.log(`  ${name.padEnd(46)} ${value.padStart(16)}  ${remark}`.trimEnd());
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const perSecond = (count: number, milliseconds: number): string =>
  `${Math.round((count / milliseconds) * 1000).toLocaleString("en")}/s`;
