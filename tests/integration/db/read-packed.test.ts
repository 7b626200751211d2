import { expect, it } from "vitest";
import { Prisma } from "#lib/server/db/generated/client.ts";
import { useDatabase } from "../harness/database.ts";

const database = useDatabase();

const found = async (sql: Prisma.Sql) =>
  (await database().readPacked(sql)).map(({ key, packed }) => [
    key,
    [...new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength)],
  ]);

it("hands over bytes as they are, row by row", async () => {
  const bytes = Prisma.sql`SELECT n::text AS key, decode(repeat('00ff27', n), 'hex') AS packed FROM generate_series(0, 2) n`;
  expect(await found(bytes)).toEqual([
    ["0", []],
    ["1", [0, 255, 39]],
    ["2", [0, 255, 39, 0, 255, 39]],
  ]);
  expect(await found(Prisma.sql`SELECT '' AS key, ''::bytea AS packed WHERE false`)).toEqual([]);
});

it("hands over more than comes in one piece", async () => {
  const [[, bytes] = []] = await found(
    Prisma.sql`SELECT 'all' AS key, decode(repeat('01', 3000000), 'hex') AS packed`,
  );
  expect(bytes).toHaveLength(3_000_000);
});

it.each(['\'); DROP TABLE "User"; --', "\\'", "E'\\", "ポッド $1 ?", ""])(
  "takes %j as a value and never as a part of the statement",
  async (value) => {
    expect(await found(Prisma.sql`SELECT ${value}::text AS key, '\\x01'::bytea AS packed`)).toEqual([
      [value, [1]],
    ]);
  },
);

it("takes numbers, moments and nothing as values", async () => {
  const moment = new Date("2026-11-25T01:02:03.004Z");
  const sql = Prisma.sql`
    SELECT concat(${-7}::int + 1, ' ', ${null}::text IS NULL, ' ', extract(epoch FROM ${moment}::timestamptz)) AS key,
      '\\x'::bytea AS packed`;
  expect(await found(sql)).toEqual([["-6 t 1795568523.004000", []]]);
});

it("says what is wrong with a statement, and reads on after that", async () => {
  await expect(database().readPacked(Prisma.sql`SELECT nothing`)).rejects.toThrow("nothing");
  expect(await found(Prisma.sql`SELECT 'a' AS key, '\\x02'::bytea AS packed`)).toEqual([["a", [2]]]);
});
