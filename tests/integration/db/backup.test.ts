import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLesson } from "#lib/server/commands/mark-lessons.ts";
import { rebuildCardStates } from "#lib/server/commands/rebuild-card-states.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { backUp, restore } from "#lib/server/db/backup.ts";
import { type Database, db, fromPGlite, shareDatabase } from "#lib/server/db/client.ts";
import { migrate, readMigrations } from "#lib/server/db/migrate.ts";
import { openTestDatabase, useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  cardEvent,
  createPerson,
  NOW,
  syncFixtureContent,
  WRONG,
} from "../harness/factories.ts";

const folder = mkdtempSync(path.join(tmpdir(), "podshift-backup-"));
const file = path.join(folder, "backup");
afterAll(() => rmSync(folder, { recursive: true }));

const database = useDatabase();
beforeAll(async () => {
  await syncFixtureContent();
  for (let i = 0; i < 3; i++) {
    const person = await createPerson({ isGuest: i === 2, name: "山田 太郎" });
    await readLesson(person, { conceptId: "pod-ip" }, NOW);
    const slip = answerEvent({ answer: WRONG.single, at: NOW - 5 * 86_400_000 });
    await recordReviews(person, [slip, answerEvent(), cardEvent({ type: "undo", targetId: slip.id })], NOW);
  }
});

/** An empty database of the other kind, or of the same on PGlite, where a server may not be at hand. */
async function otherDatabase(): Promise<Database> {
  if (database().engine === "pglite") return openTestDatabase();
  const other = fromPGlite(await PGlite.create());
  await migrate(other, await readMigrations("prisma/migrations"));
  return other;
}

describe("a backup", () => {
  it("names every table there is", async () => {
    const tables = await db().$queryRaw<{ name: string }[]>`
      SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`;
    expect(Object.keys(await backUp(database(), file)).sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  it("restores into another database, row for row, whose cards equal the fold", async () => {
    const counts = await backUp(database(), file);
    const other = await otherDatabase();
    try {
      expect(await restore(other, file, { force: false })).toMatchObject({
        User: 3,
        Review: 9,
        CardState: 3,
        LessonRead: 3,
      });
      const again = path.join(folder, "again");
      expect(await backUp(other, again)).toEqual(counts);
      const rows = (name: string) =>
        gunzipSync(readFileSync(name)).toString().split("\n").slice(1).map(canonical).sort();
      expect(rows(again)).toEqual(rows(file));
      shareDatabase(other);
      expect(await rebuildCardStates({ fix: false, now: NOW })).toEqual({
        cards: 3,
        differences: [],
        wrongFigures: 0,
      });
      // A new item or concept gets a number that none has which came with the backup.
      const [next] = await db().$queryRaw<{ item: boolean; concept: boolean }[]>`
        SELECT
          (SELECT nextval(pg_get_serial_sequence('"Item"', 'number')) > max(number) FROM "Item") AS item,
          (SELECT nextval(pg_get_serial_sequence('"Concept"', 'number')) > max(number) FROM "Concept") AS concept`;
      expect(next).toEqual({ item: true, concept: true });
    } finally {
      shareDatabase(database());
      await other.close();
    }
  });

  it("does not replace a database that has people in it, unless told", async () => {
    await backUp(database(), file);
    await expect(restore(database(), file, { force: false })).rejects.toThrow(/not empty/);
    expect(await restore(database(), file, { force: true })).toMatchObject({ User: 3 });
    await expect(db().review.deleteMany()).rejects.toThrow(/append-only/);
  });

  it("that was cut off, or is none, leaves the database as it was", async () => {
    await backUp(database(), file);
    const cut = path.join(folder, "cut");
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split("\n");
    writeFileSync(cut, gzipSync(lines.slice(0, -4).join("\n")));
    await expect(restore(database(), cut, { force: true })).rejects.toThrow(/incomplete/);
    writeFileSync(cut, gzipSync('{"hello":"world"}\n'));
    await expect(restore(database(), cut, { force: true })).rejects.toThrow(/not a Podshift backup/);
    expect(await db().review.count()).toBe(9);
  });
});

describe("rebuilding", () => {
  it("finds a card state that is not the fold, and mends it", async () => {
    const state = await db().cardState.findFirstOrThrow();
    const where = { userId_itemId: { userId: state.userId, itemId: state.itemId } };
    await db().cardState.update({ where, data: { stability: 99 } });
    const found = await rebuildCardStates({ fix: true, now: NOW });
    expect(found.differences).toMatchObject([
      { userId: state.userId, itemId: state.itemId, stored: { stability: 99 } },
    ]);
    expect(await db().cardState.findUnique({ where })).toEqual(state);
    expect((await rebuildCardStates({ fix: false, now: NOW })).differences).toEqual([]);
  });
});

/** The same row whatever the order of its keys and the way a moment is written. */
function canonical(line: string): string {
  if (!line) return "";
  const { table, row } = JSON.parse(line) as { table: string; row: Record<string, unknown> };
  const entries = Object.entries(row).map(([key, value]) => [
    key,
    typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).toISOString() : value,
  ]);
  return JSON.stringify([table, entries.sort()]);
}
