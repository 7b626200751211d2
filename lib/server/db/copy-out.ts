import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Prisma } from "./generated/client.ts";

/** A value of many kilobytes, and what it is of. */
export interface Packed {
  key: string;
  packed: DataView;
}

/**
 * What a statement that selects `key` (text) and `packed` (bytea) finds, by COPY in PostgreSQL's binary format. An ordinary query
 * would send the bytes as hexadecimal text, which takes `pg` three times as long to read as all that is counted from it.
 * Format: https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
 */
export async function copyOut(pool: pg.Pool, sql: Prisma.Sql): Promise<Packed[]> {
  const client = await pool.connect();
  let isBroken = true;
  try {
    const chunks: Buffer[] = await client
      .query(copyTo(`COPY (${inlined(sql)}) TO STDOUT (FORMAT binary)`, { highWaterMark: CHUNK_BYTES }))
      .toArray();
    isBroken = false;
    return rowsOf(Buffer.concat(chunks));
  } finally {
    // In what state it is after an error, nobody knows: the pool makes another.
    client.release(isBroken);
  }
}

const CHUNK_BYTES = 2 ** 20;

/** The statement with its values inside it, since COPY takes no parameters. */
function inlined({ strings, values }: Prisma.Sql): string {
  return strings.reduce((text, next, n) => text + literal(values[n - 1]) + next);
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
}

/** The signature, two numbers that say nothing to us, … */
const HEADER_BYTES = 19;
/** … and what stands in the place of a row's number of fields after the last one. */
const TRAILER = -1;

function rowsOf({ buffer, byteOffset, byteLength }: Buffer): Packed[] {
  const view = new DataView(buffer, byteOffset, byteLength);
  const rows: Packed[] = [];
  let at = HEADER_BYTES;
  const field = () => {
    const length = view.getInt32(at);
    at += 4 + length;
    return new DataView(buffer, byteOffset + at - length, length);
  };
  while (view.getInt16(at) !== TRAILER) {
    at += 2;
    rows.push({ key: new TextDecoder().decode(field()), packed: field() });
  }
  return rows;
}
