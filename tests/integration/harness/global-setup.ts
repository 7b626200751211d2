import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { fromPGlite, openPostgres } from "#lib/server/db/client.ts";
import { migrate, readMigrations } from "#lib/server/db/migrate.ts";
import { startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What a test database is copied from: a file (PGlite) or the address of a server (PostgreSQL). */
    template: string;
  }
}

/** The database on the server that test databases are copied from. */
export const TEMPLATE_DATABASE = "podshift_template";

/** Prepares a migrated, empty database once per engine; each test file gets a copy of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const migrations = await readMigrations("prisma/migrations");
  if (project.config.env.TEST_ENGINE === "postgres") {
    const server = await startPostgres();
    const admin = new pg.Client(server.url);
    await admin.connect();
    await admin.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
    await admin.end();
    const template = await openPostgres(server.url.replace(/postgres$/, TEMPLATE_DATABASE));
    await migrate(template, migrations);
    await template.close();
    project.provide("template", server.url);
    return () => server.stop();
  }
  const folder = await mkdtemp(path.join(tmpdir(), "podshift-pglite-"));
  const pglite = await PGlite.create();
  const database = fromPGlite(pglite);
  await migrate(database, migrations);
  const file = path.join(folder, "template.tar");
  await writeFile(file, Buffer.from(await (await pglite.dumpDataDir("none")).arrayBuffer()));
  await database.close();
  project.provide("template", file);
  return () => rm(folder, { recursive: true, force: true });
}
