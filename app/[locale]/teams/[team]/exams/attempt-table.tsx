import { getTranslations } from "next-intl/server";
import type { ComponentProps } from "react";
import { type Column, DataTable } from "#components/dashboard/data-table.tsx";
import { Badge } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import type { AttemptResult } from "#lib/server/queries/exam-results.ts";
import { writersOf } from "../writers.ts";

type Table = ComponentProps<typeof DataTable<AttemptResult>>;

/** Attempts at final checks: of everybody, or of one person, whose name need not be said. */
export async function AttemptTable({
  attempts,
  ofOne = false,
  teamId,
  timeZone,
  ...table
}: Pick<Table, "sort" | "address" | "parameter" | "csv"> & {
  attempts: readonly AttemptResult[];
  ofOne?: boolean;
  teamId: string;
  timeZone: string;
}) {
  const [t, dashboard, { percent, moment, format }] = await Promise.all([
    getTranslations("exam"),
    getTranslations("dashboard"),
    writersOf(timeZone),
  ]);
  const name: Column<AttemptResult> = {
    key: "name",
    label: t("results.name"),
    cell: ({ userId, name, email }) => (
      <Link
        href={`/teams/${teamId}/people/${userId}`}
        className="inline-flex min-h-6 items-center underline underline-offset-4"
      >
        {name ?? email ?? dashboard("unnamed")}
      </Link>
    ),
  };
  const columns: Column<AttemptResult>[] = [
    { key: "assignment", label: t("results.assignment"), cell: ({ title }) => title },
    { key: "attempt", label: t("results.attempt"), numeric: true, cell: ({ number }) => number },
    { key: "score", label: t("results.score"), numeric: true, cell: ({ score }) => percent(score) },
    {
      key: "result",
      label: t("results.result"),
      cell: ({ passed }) => (
        <Badge tone={passed ? "good" : "wrong"}>{passed ? t("passed") : t("notPassed")}</Badge>
      ),
    },
    {
      key: "took",
      label: t("results.took"),
      numeric: true,
      cell: ({ startedAt, endedAt }) =>
        format.number((endedAt - startedAt) / 60_000, { maximumFractionDigits: 0 }),
    },
    {
      key: "begun",
      label: t("results.begun"),
      cell: ({ startedAt }) => <span className="whitespace-nowrap">{moment(startedAt)}</span>,
    },
  ];
  return (
    <DataTable
      caption={t("results.attempts")}
      rows={attempts}
      rowKey={({ id }) => id}
      columns={ofOne ? columns : [name, ...columns]}
      {...table}
    />
  );
}
