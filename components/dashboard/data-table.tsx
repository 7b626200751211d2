import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DownloadButton } from "#components/ui/button.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { type Sort, writeSort } from "#lib/core/sorting.ts";
import { Link } from "#lib/i18n/navigation.ts";

export interface Column<Row> {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand under each other at their right, and the largest come first when first sorted by. */
  numeric?: boolean;
  /** Cannot be sorted by. */
  fixed?: boolean;
}

/**
 * A table whose order is in the address: each head is a link, so it sorts without JavaScript. The rows come sorted; the
 * first column names them.
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  sort,
  address,
  parameter = "sort",
  csv,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** In which order the rows are. */
  sort: Sort;
  /** Where this page is, and how it is narrowed down. */
  address: { pathname: string; query: Readonly<Record<string, string | undefined>> };
  /** What the order is called in the address. */
  parameter?: string;
  /** The address of the same as a file. */
  csv?: string;
}) {
  const t = useTranslations("dashboard.table");
  const flipped = ({ key, numeric }: Column<Row>): Sort => ({
    by: key,
    descending: sort.by === key ? !sort.descending : (numeric ?? false),
  });
  return (
    <div className="grid gap-2">
      <ScrollArea label={caption} className="relative rounded-lg border border-line print:overflow-visible">
        <table className="w-full text-sm">
          <caption className="sr-only">{caption}</caption>
          <thead className="bg-sunken">
            <tr>
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  aria-sort={
                    column.fixed || sort.by !== column.key
                      ? undefined
                      : sort.descending
                        ? "descending"
                        : "ascending"
                  }
                  // A figure is narrower than its name, which would stand word under word.
                  className={`break-keep px-3 py-1 align-bottom font-semibold ${column.numeric ? "min-w-24 text-end" : "text-start"}`}
                >
                  {column.fixed ? (
                    <span className="inline-flex min-h-9 items-center">{column.label}</span>
                  ) : (
                    <Link
                      href={{
                        pathname: address.pathname,
                        query: defined({ ...address.query, [parameter]: writeSort(flipped(column)) }),
                      }}
                      scroll={false}
                      // The arrow stands away from the edge that figures and names stand at.
                      className={`inline-flex min-h-9 items-center gap-1 hover:text-pod-ink ${column.numeric ? "flex-row-reverse" : ""}`}
                    >
                      {column.label}
                      <span aria-hidden="true" className="w-3 text-ink-muted print:hidden">
                        {sort.by === column.key ? (sort.descending ? "↓" : "↑") : ""}
                      </span>
                    </Link>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={rowKey(row)} className="border-line border-t">
                {columns.map(({ key, cell, numeric }, index) => {
                  const look = `px-3 py-2 align-top ${numeric ? "text-end tabular-nums" : "text-start"}`;
                  return index === 0 ? (
                    <th key={key} scope="row" className={`${look} font-medium`}>
                      {cell(row)}
                    </th>
                  ) : (
                    <td key={key} className={look}>
                      {cell(row)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      {rows.length === 0 ? <p className="text-ink-muted">{t("empty")}</p> : null}
      {csv ? (
        <p className="print:hidden">
          <DownloadButton href={csv} size="sm" variant="quiet" className="-ms-3">
            {t("csv")}
          </DownloadButton>
        </p>
      ) : null}
    </div>
  );
}

/** A query without what is not asked for. */
export const defined = (query: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
