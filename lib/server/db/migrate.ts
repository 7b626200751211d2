import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { SetupError } from "../setup-error.ts";
import type { Database } from "./client.ts";

/** Any number will do; every version of the app must use the same one. */
const MIGRATION_LOCK = 7_061_000;

/** A migration as Prisma lays them out: a folder with its script. */
export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the script, as `prisma migrate deploy` computes it. */
  checksum: string;
}

/** Reads `prisma/migrations`, oldest first. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/**
 * Applies the migrations that are missing, each in a transaction of its own under a lock that all processes share, and
 * records them as Prisma does, so that `prisma migrate deploy` agrees. A migration that fails leaves the database as it
 * was and throws `SetupError`.
 * @returns the names of the migrations applied now
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<string[]> {
  await database.exec(HISTORY_TABLE);
  const applied = new Map(
    (
      await database.client.$queryRaw<{ migration_name: string; checksum: string }[]>`
        SELECT migration_name, checksum FROM _prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`
    ).map((row) => [row.migration_name, row.checksum]),
  );
  const unknown = [...applied.keys()].find(
    (name) => !migrations.some((migration) => migration.name === name),
  );
  if (unknown) {
    throw new SetupError(
      `The database was made by a newer version: it has the migration ${unknown}.\nStart that version, or restore a backup made by this one.`,
    );
  }
  const changed = migrations.find(
    ({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum,
  );
  if (changed) {
    throw new SetupError(
      `The migration ${changed.name} is not the one that the database was made with.\nRestore the file: an applied migration is never edited.`,
    );
  }
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of missing) {
    try {
      await database.exec(scriptFor(migration));
    } catch (error) {
      // What failed inside the script's transaction has to be ended before the connection is used again.
      await database.exec("ROLLBACK").catch(() => undefined);
      throw new SetupError(
        `The migration ${migration.name} failed, and the database is as it was before: ${error instanceof Error ? error.message : error}.`,
      );
    }
  }
  return missing.map(({ name }) => name);
}

/** One script, one round trip: it runs on one connection, and another process that waited skips what is done by now. */
function scriptFor({ name, sql, checksum }: Migration): string {
  return `BEGIN;
SELECT pg_advisory_xact_lock(${MIGRATION_LOCK});
DO $podshift$ BEGIN
  IF NOT EXISTS (SELECT FROM _prisma_migrations WHERE migration_name = '${name}' AND finished_at IS NOT NULL) THEN
    EXECUTE $migration$${sql}$migration$;
    INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
    VALUES ('${randomUUID()}', '${checksum}', now(), '${name}', now(), 1);
  END IF;
END $podshift$;
COMMIT;`;
}

/** As `prisma migrate` creates it. */
const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
