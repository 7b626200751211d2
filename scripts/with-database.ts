import { config } from "#lib/server/config.ts";
import { type Database, openDatabase } from "#lib/server/db/client.ts";
import { migrate, readMigrations } from "#lib/server/db/migrate.ts";
import { runScript } from "./run-script.ts";

/** Runs a script's work on the configured database, brought up to date; closes it and ends the process. */
export function withDatabase(work: (database: Database) => Promise<void>): Promise<never> {
  return runScript(async () => {
    const database = await openDatabase(config());
    try {
      await migrate(database, await readMigrations("prisma/migrations"));
      await work(database);
    } finally {
      await database.close();
    }
  });
}
