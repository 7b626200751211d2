import { describe, expect, it } from "vitest";
import { migrate, readMigrations } from "#lib/server/db/migrate.ts";
import { SetupError } from "#lib/server/setup-error.ts";
import { useDatabase } from "../harness/database.ts";

const database = useDatabase();

describe("migrations", () => {
  it("are applied once", async () => {
    expect(await migrate(database(), await readMigrations("prisma/migrations"))).toEqual([]);
  });

  it("that fail leave the database as it was", async () => {
    const migrations = await readMigrations("prisma/migrations");
    const broken = {
      name: "99990101000000_broken",
      sql: "CREATE TABLE half (id int); SELECT 1 / 0;",
      checksum: "x",
    };
    await expect(migrate(database(), [...migrations, broken])).rejects.toThrow(SetupError);
    const [half] = await database().client.$queryRaw<
      { table: string | null }[]
    >`SELECT to_regclass('half')::text AS table`;
    expect(half?.table).toBeNull();
    expect(await migrate(database(), migrations)).toEqual([]);
  });

  it("refuse a database from a newer version", async () => {
    await expect(migrate(database(), [])).rejects.toThrow(/newer version/);
  });

  it("refuse a migration that was edited after it was applied", async () => {
    const migrations = await readMigrations("prisma/migrations");
    const edited = migrations.map((migration) => ({ ...migration, checksum: "edited" }));
    await expect(migrate(database(), edited)).rejects.toThrow(/never edited/);
  });
});
