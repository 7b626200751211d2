import { mkdirSync } from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import type { Config } from "../config.ts";
import { explainDiskError, SetupError } from "../setup-error.ts";
import { copyOut, type Packed } from "./copy-out.ts";
import { type Prisma, PrismaClient } from "./generated/client.ts";
import { lockDataFolder } from "./lock.ts";

/** An open database, whichever engine it runs on. */
export interface Database {
  client: PrismaClient;
  engine: "pglite" | "postgres";
  /** Reads rows past Prisma, which copies each several times: for dashboards, which read thousands. Outside of transactions. */
  query<Row>(sql: Prisma.Sql): Promise<Row[]>;
  /** Reads values of many kilobytes likewise: `sql` selects `key` (text) and `packed` (bytea). */
  readPacked(sql: Prisma.Sql): Promise<Packed[]>;
  /** Runs a script of several statements outside of Prisma, as migrations need. */
  exec(sql: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * One process, one database. The server opens it before it serves, scripts before they work; the bundle that Next
 * builds is another module instance in the same process, so the open database is kept where both find it.
 */
const KEY = Symbol.for("podshift.database");
const shared = globalThis as { [KEY]?: Database };

/** The database of this process. Throws if none was opened: nothing may touch it while building. */
export function database(): Database {
  const open = shared[KEY];
  if (!open) throw new Error("The database is not open");
  return open;
}

/** The Prisma client of this process's database. */
export const db = (): PrismaClient => database().client;

/** Opens the database that the configuration names and makes it this process's. */
export async function openDatabase(config: Pick<Config, "databaseUrl" | "dataFolder">): Promise<Database> {
  const opened = config.databaseUrl
    ? await openPostgres(config.databaseUrl)
    : await openEmbedded(config.dataFolder);
  shareDatabase(opened);
  return opened;
}

/** Makes an open database this process's; `null` forgets it. Tests give each file its own. */
export function shareDatabase(open: Database | null): void {
  if (open) shared[KEY] = open;
  else delete shared[KEY];
}

/** PGlite under a data folder, held exclusively until closed. */
async function openEmbedded(dataFolder: string): Promise<Database> {
  const lock = lockDataFolder(dataFolder);
  try {
    const folder = path.join(dataFolder, "pglite");
    mkdirSync(folder, { recursive: true });
    const opened = fromPGlite(await PGlite.create(folder));
    return {
      ...opened,
      async close() {
        await opened.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw explainDiskError(error, dataFolder);
  }
}

/**
 * How long transactions that say nothing else wait for a connection, and may take, in ms. A whole office may sign in within one
 * minute, and Prisma would wait for 2 s.
 */
const transactionOptions = { maxWait: 30_000, timeout: 30_000 };

/** A database over a PGlite instance, which it owns. */
export function fromPGlite(pglite: PGlite): Database {
  const client = new PrismaClient({ adapter: new PrismaPGlite(pglite), transactionOptions });
  const query = async <Row>(sql: Prisma.Sql) => (await pglite.query<Row>(sql.text, sql.values)).rows;
  return {
    client,
    engine: "pglite",
    query,
    readPacked: async (sql) =>
      (await query<{ key: string; packed: Uint8Array }>(sql)).map(({ key, packed }) => ({
        key,
        packed: new DataView(packed.buffer, packed.byteOffset, packed.byteLength),
      })),
    exec: async (sql) => {
      await pglite.exec(sql);
    },
    async close() {
      await client.$disconnect();
      await pglite.close();
    },
  };
}

/** Connections a process holds at most; several processes share a server whose default limit is 100. */
const POOL_SIZE = 10;
/** For a connection; waiting for a free one counts too, and a whole team may begin its final check in one minute. */
const CONNECTION_TIMEOUT_MS = 15_000;

/** A PostgreSQL server. Throws `SetupError` when it cannot be reached or is something else. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
  // An idle connection that the server drops is replaced at its next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  try {
    await pool.query("SELECT version()");
  } catch (error) {
    await pool.end();
    throw new SetupError(
      `The database at ${withoutPassword(url)} does not answer as PostgreSQL: ${reasonOf(error)}.\nCheck DATABASE_URL and that the server runs.`,
    );
  }
  const client = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });
  return {
    client,
    engine: "postgres",
    query: async <Row>(sql: Prisma.Sql) =>
      (await pool.query({ text: sql.text, values: sql.values })).rows as Row[],
    readPacked: (sql) => copyOut(pool, sql),
    exec: async (sql) => {
      await pool.query(sql);
    },
    async close() {
      await client.$disconnect();
      await pool.end();
    },
  };
}

function withoutPassword(url: string): string {
  const parsed = new URL(url);
  return `${parsed.host}${parsed.pathname}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
