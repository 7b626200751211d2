import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsv } from "#lib/interop/csv.ts";

/** A reader of RFC 4180, as naive as it gets. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const fields = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.replace(/^\uFEFF/, "").matchAll(fields)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe("a table as CSV", () => {
  it("begins with a byte order mark and ends each line as RFC 4180 has it", () => {
    expect(toCsv(["Name", "Share"], [["佐藤", 0.5]])).toBe("\uFEFFName,Share\r\n佐藤,0.5\r\n");
  });

  it("is read as it was written, whatever the cells hold", () => {
    const cell = fc.string().filter((text) => !/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
        expect(readCsv(toCsv(["a", "b"], rows)).slice(1)).toEqual(rows);
      }),
    );
  });

  it.each(["=1+1", "+81 3", "-2", "@SUM(A1)", "\t=1", " =1", "＝1+1", "\r=1", '=HYPERLINK("http://x")'])(
    "makes a formula text: %j",
    (text) => {
      expect(readCsv(toCsv(["a"], [[text]]))[1]).toEqual([`'${text}`]);
    },
  );

  it("leaves numbers numbers, and nothing nothing", () => {
    expect(toCsv(["a"], [[-2], [null], [Number.NaN]])).toBe("\uFEFFa\r\n-2\r\n\r\n\r\n");
  });
});
