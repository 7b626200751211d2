import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { SetupError } from "../setup-error.ts";
import type { Database } from "./client.ts";
import { Prisma } from "./generated/client.ts";

/**
 * Backups: one gzipped file of JSON lines, the same from either engine and for either. First a header, then a line per
 * row, tables in an order in which each finds what it refers to.
 */

/** Every table with its primary key. A table missing here would be missing from backups: a test compares. */
const TABLES = {
  User: ["id"],
  Account: ["id"],
  VerificationToken: ["tokenHash"],
  MergedGuest: ["guestId"],
  RateLimit: ["key"],
  Area: ["id"],
  Concept: ["id"],
  ConceptNeed: ["conceptId", "needsId"],
  Misconception: ["id"],
  Bank: ["id"],
  Tour: ["id"],
  Item: ["id"],
  ItemRevision: ["itemId", "revision"],
  Enrollment: ["userId", "bankId"],
  LessonRead: ["userId", "conceptId"],
  CardState: ["userId", "itemId"],
  Review: ["id"],
  Team: ["id"],
  Membership: ["teamId", "userId"],
  MemberAnswers: ["teamId", "userId", "itemId"],
  MemberDigest: ["teamId", "userId"],
  MemberWeek: ["teamId", "userId", "week"],
  TeamGroup: ["id"],
  GroupMember: ["groupId", "userId"],
  Invite: ["id"],
  Assignment: ["id"],
  AssignmentScope: ["assignmentId", "kind", "refId"],
  AssignmentTarget: ["id"],
  Assignee: ["assignmentId", "userId"],
  Exam: ["assignmentId"],
  ExamAttempt: ["id"],
  ExamAnswer: ["id"],
  ReadinessSnapshot: ["userId", "day"],
  AuditEvent: ["id"],
  ReminderMail: ["id"],
  ReminderMatter: ["userId", "key"],
  Job: ["name"],
  ContentSync: ["id"],
} as const;
type Table = keyof typeof TABLES;

const FORMAT = "podshift-backup";
const VERSION = 1;
/** Rows read or written at a time. */
const BATCH = 2000;

const headerSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** The migrations of the database it was made from. */
  migrations: z.array(z.string()),
  counts: z.record(z.string(), z.int()),
});
const rowSchema = z.object({
  table: z.enum(Object.keys(TABLES) as [Table, ...Table[]]),
  row: z.looseObject({}),
});

/** Rows by table. */
export type Counts = Record<string, number>;

/** Writes the whole database into a file, as of one moment. The file appears when it is complete. */
export async function backUp(database: Database, file: string): Promise<Counts> {
  const partial = `${file}.partial`;
  try {
    return await database.client.$transaction(
      async (tx) => {
        const counts: Counts = {};
        for (const table of Object.keys(TABLES)) counts[table] = await countRows(tx, table as Table);
        const header = { format: FORMAT, version: VERSION, migrations: await appliedMigrations(tx), counts };
        await pipeline(
          Readable.from(lines(tx, header)),
          createGzip(),
          createWriteStream(partial, { mode: 0o600 }),
        );
        await rename(partial, file);
        return counts;
      },
      { isolationLevel: "RepeatableRead", timeout: 3_600_000, maxWait: 60_000 },
    );
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function* lines(tx: Prisma.TransactionClient, header: object): AsyncGenerator<string> {
  yield `${JSON.stringify(header)}\n`;
  for (const [table, key] of Object.entries(TABLES)) {
    let last: object | null = null;
    for (;;) {
      const rows: { row: object }[] = await readBatch(tx, table as Table, key, last);
      for (const { row } of rows) yield `${JSON.stringify({ table, row })}\n`;
      if (rows.length < BATCH) break;
      last = rows.at(-1)?.row ?? null;
    }
  }
}

/** The rows that follow `last` in the order of the primary key. Names come from the list above, never from a file. */
function readBatch(tx: Prisma.TransactionClient, table: Table, key: readonly string[], last: object | null) {
  const name = Prisma.raw(`"${table}"`);
  const columns = (alias: string) => Prisma.raw(key.map((column) => `${alias}."${column}"`).join(", "));
  const following = last
    ? Prisma.sql`WHERE (${columns("t")}) > (SELECT ${columns("l")} FROM jsonb_populate_record(NULL::${name}, ${JSON.stringify(last)}::jsonb) l)`
    : Prisma.empty;
  return tx.$queryRaw<{ row: object }[]>`
    SELECT to_jsonb(t) AS row FROM ${name} t ${following} ORDER BY ${columns("t")} LIMIT ${BATCH}`;
}

/**
 * Puts a backup into a migrated database, all of it or nothing. Refuses a database that has people in it unless `force`,
 * which replaces everything, and a file that is incomplete or from a version with other migrations.
 */
export async function restore(
  database: Database,
  file: string,
  { force }: { force: boolean },
): Promise<Counts> {
  return database.client.$transaction(
    async (tx) => {
      if (!force && (await countRows(tx, "User")) > 0) {
        throw new SetupError(
          "The database is not empty, and restoring replaces all of it.\nTo do so anyway: npm run restore -- FILE --force",
        );
      }
      await empty(tx);
      const counts: Counts = {};
      let header: z.infer<typeof headerSchema> | null = null;
      let batch: { table: Table; rows: object[] } | null = null;
      const flush = async () => {
        if (!batch) return;
        await insertBatch(tx, batch.table, batch.rows);
        counts[batch.table] = (counts[batch.table] ?? 0) + batch.rows.length;
        batch = null;
      };
      for await (const line of createInterface({
        input: readBackup(file),
        crlfDelay: Number.POSITIVE_INFINITY,
      })) {
        if (!header) {
          header = await readHeader(tx, line);
          continue;
        }
        const { table, row } = rowSchema.parse(JSON.parse(line));
        if (batch && (batch.table !== table || batch.rows.length >= BATCH)) await flush();
        batch ??= { table, rows: [] };
        batch.rows.push(row);
      }
      await flush();
      // Rows bring their numbers with them; the next new item or concept gets the one after.
      await tx.$executeRaw`SELECT setval(pg_get_serial_sequence('"Item"', 'number'), max(number)) FROM "Item" HAVING count(*) > 0`;
      await tx.$executeRaw`SELECT setval(pg_get_serial_sequence('"Concept"', 'number'), max(number)) FROM "Concept" HAVING count(*) > 0`;
      for (const [table, count] of Object.entries(header?.counts ?? { header: 1 })) {
        if ((counts[table] ?? 0) !== count) {
          throw new SetupError(
            `${file} is incomplete: ${counts[table] ?? 0} of ${count} rows of ${table}.\nUse another backup; the database is as it was.`,
          );
        }
      }
      return counts;
    },
    { timeout: 3_600_000, maxWait: 60_000 },
  );
}

function readBackup(file: string): Readable {
  const source = createReadStream(file);
  const text = createGunzip();
  // An error of either ends the reading with that error.
  source.once("error", (error) => text.destroy(new SetupError(`${file} cannot be read: ${error.message}.`)));
  return source.pipe(text);
}

async function readHeader(tx: Prisma.TransactionClient, line: string): Promise<z.infer<typeof headerSchema>> {
  const parsed = headerSchema.safeParse(JSON.parse(line));
  if (!parsed.success)
    throw new SetupError("This file is not a Podshift backup.\nGive one made by: npm run backup -- FILE");
  const applied = await appliedMigrations(tx);
  if (parsed.data.migrations.join() !== applied.join()) {
    throw new SetupError(
      `The backup was made with other migrations (up to ${parsed.data.migrations.at(-1)}) than this version has (up to ${applied.at(-1)}).\nRestore it with the version that made it, then update.`,
    );
  }
  return parsed.data;
}

/** Empties every table. The guards on reviews and audit entries step aside for this transaction only. */
async function empty(tx: Prisma.TransactionClient): Promise<void> {
  const all = Prisma.raw(
    Object.keys(TABLES)
      .map((table) => `"${table}"`)
      .join(", "),
  );
  await tx.$executeRaw`ALTER TABLE "Review" DISABLE TRIGGER podshift_guard_review_truncate`;
  await tx.$executeRaw`ALTER TABLE "AuditEvent" DISABLE TRIGGER podshift_guard_audit_truncate`;
  await tx.$executeRaw`TRUNCATE ${all}`;
  await tx.$executeRaw`ALTER TABLE "AuditEvent" ENABLE TRIGGER podshift_guard_audit_truncate`;
  await tx.$executeRaw`ALTER TABLE "Review" ENABLE TRIGGER podshift_guard_review_truncate`;
}

async function insertBatch(tx: Prisma.TransactionClient, table: Table, rows: object[]): Promise<void> {
  const name = Prisma.raw(`"${table}"`);
  await tx.$executeRaw`INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, ${JSON.stringify(rows)}::jsonb)`;
}

async function countRows(tx: Prisma.TransactionClient, table: Table): Promise<number> {
  const [row] = await tx.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM ${Prisma.raw(`"${table}"`)}`;
  return row?.count ?? 0;
}

async function appliedMigrations(tx: Prisma.TransactionClient): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name`;
  return rows.map(({ name }) => name);
}
