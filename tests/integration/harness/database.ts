import { readFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, inject } from "vitest";
import { type Database, fromPGlite, openPostgres, shareDatabase } from "#lib/server/db/client.ts";
import { TEMPLATE_DATABASE } from "./global-setup.ts";

/** The engine that this run tests. */
export const engine = process.env.TEST_ENGINE as "pglite" | "postgres";

/**
 * Gives the test file a migrated, empty database of its own and makes it the process's.
 * @returns a function that answers the open database, and for PostgreSQL its address
 */
export function useDatabase(): () => Database & { url?: string } {
  let open: (Database & { url?: string }) | undefined;
  beforeAll(async () => {
    open = await openTestDatabase();
    shareDatabase(open);
  });
  afterAll(async () => {
    shareDatabase(null);
    await open?.close();
  });
  return () => {
    if (!open) throw new Error("The test database opens before the first test");
    return open;
  };
}

/** Another migrated, empty database beside that of the test file. The caller closes it. */
export async function openTestDatabase(): Promise<Database & { url?: string }> {
  const template = inject("template");
  if (engine === "pglite") {
    const snapshot = new Blob([new Uint8Array(await readFile(template))]);
    return fromPGlite(await PGlite.create({ loadDataDir: snapshot }));
  }
  const name = `test_${uuidv7().replaceAll("-", "")}`;
  const admin = new pg.Client(template);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  await admin.end();
  const url = template.replace(/postgres$/, name);
  return { ...(await openPostgres(url)), url };
}
