import { type Cell, toCsv } from "#lib/interop/csv.ts";

/** A table as a file to download. @param name without its ending */
export function csvResponse(
  name: string,
  header: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Response {
  return new Response(toCsv(header, rows), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  });
}
