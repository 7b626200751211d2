import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DataTable, defined } from "#components/dashboard/data-table.tsx";
import { Explain } from "#components/dashboard/figure.tsx";
import { Badge, EmptyState, PageHeader } from "#components/ui/surface.tsx";
import {
  MIN_DISCRIMINATION_COUNT,
  MIN_FLAG_COUNT,
  SLOW_FACTOR,
  shownDiscrimination,
  TOO_EASY,
  TOO_HARD,
} from "#lib/core/mastery/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { getItems, ITEM_ORDERS } from "#lib/server/queries/dashboard/items.ts";
import { DashboardFilters, type DashboardProps, dashboardRequest } from "../dashboard-filters.tsx";
import { writersOf } from "../writers.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard"))("items.title") };
}

export default async function ItemsPage(props: DashboardProps) {
  const { viewer, now, locale, team: teamId, search, filter } = await dashboardRequest(props);
  const dashboard = await getItems(viewer, teamId, filter, now);
  if (!dashboard) notFound();
  const { frame, items } = dashboard;
  const [t, kinds, { moment, percent, format }] = await Promise.all([
    getTranslations("dashboard"),
    getTranslations("kinds"),
    writersOf(frame.team.timeZone),
  ]);
  const orders = ITEM_ORDERS(locale);
  const sort = orders.read(search.sort);
  const pathname = `/teams/${frame.team.id}/items`;
  const csv = new URLSearchParams(defined({ ...frame.filter, sort: search.sort, locale })).toString();
  const asOf = moment(now);
  const explained = [
    [t("items.right"), t("items.rightWhat"), t("items.rightHow")],
    [
      t("items.discrimination"),
      t("items.discriminationWhat"),
      t("items.discriminationHow", { count: MIN_DISCRIMINATION_COUNT }),
    ],
    [t("items.time"), t("items.timeWhat"), t("items.timeHow")],
  ] as const;
  return (
    <>
      <PageHeader title={t("items.title")}>{t("items.intro")}</PageHeader>
      <DashboardFilters frame={frame} kept={{ sort: search.sort }} />
      {items.length === 0 ? (
        <EmptyState title={t("items.none")}>
          <p>{t("items.noneHelp")}</p>
        </EmptyState>
      ) : (
        <div className="grid gap-4">
          <Explain
            name={t("items.about")}
            definition={
              <span className="grid gap-1">
                {explained.map(([name, what]) => (
                  <span key={name}>
                    <strong>{name}</strong>: {what}
                  </span>
                ))}
              </span>
            }
            formula={
              <span className="grid gap-1">
                {explained.map(([name, , how]) => (
                  <span key={name}>
                    <strong>{name}</strong>: {how}
                  </span>
                ))}
                <span>
                  <strong>{t("items.flagsHead")}</strong>:{" "}
                  {t("items.flagsHow", {
                    count: MIN_FLAG_COUNT,
                    easy: percent(TOO_EASY),
                    hard: percent(TOO_HARD),
                    factor: SLOW_FACTOR,
                  })}
                </span>
              </span>
            }
            asOf={asOf}
          />
          <DataTable
            caption={t("items.caption")}
            rows={orders.apply(items, sort, locale)}
            rowKey={({ id }) => id}
            sort={sort}
            address={{ pathname, query: { ...frame.filter, sort: search.sort } }}
            csv={`/api${pathname}.csv?${csv}`}
            columns={[
              {
                key: "title",
                label: t("items.question"),
                cell: ({ id, title, concept, kind }) => (
                  <div className="grid min-w-64 max-w-lg gap-0.5">
                    <Link
                      href={{ pathname: `${pathname}/${id}`, query: defined({ ...frame.filter }) }}
                      prefetch={false}
                      className="line-clamp-3 underline underline-offset-4"
                    >
                      {title[locale].replaceAll("`", "")}
                    </Link>
                    <span className="font-normal text-ink-muted">
                      {concept[locale]} · {kinds(kind)}
                    </span>
                  </div>
                ),
              },
              {
                key: "flags",
                label: t("items.flagsHead"),
                cell: ({ flags }) => (
                  <div className="flex min-w-32 flex-wrap gap-1">
                    {flags.map((flag) => (
                      <Badge key={flag} tone="warn">
                        {t(`items.flags.${flag}`)}
                      </Badge>
                    ))}
                    {flags.length === 0 ? <span className="text-ink-muted">{t("items.fine")}</span> : null}
                  </div>
                ),
              },
              {
                key: "count",
                label: t("items.count"),
                numeric: true,
                cell: ({ count }) => format.number(count),
              },
              {
                key: "right",
                label: t("items.right"),
                numeric: true,
                cell: ({ right, count }) => percent(right / count),
              },
              {
                key: "discrimination",
                label: t("items.discrimination"),
                numeric: true,
                cell: ({ discrimination }) => {
                  const r = shownDiscrimination(discrimination);
                  return r === null ? (
                    <span className="text-ink-muted">{t("items.tooFew")}</span>
                  ) : (
                    <span className="whitespace-nowrap">
                      {format.number(r, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}{" "}
                      <span className="text-ink-muted">(n={discrimination.count})</span>
                    </span>
                  );
                },
              },
              {
                key: "time",
                label: t("items.time"),
                numeric: true,
                cell: ({ medianMs }) =>
                  medianMs === null
                    ? null
                    : t("items.seconds", {
                        seconds: format.number(medianMs / 1000, { maximumFractionDigits: 0 }),
                      }),
              },
            ]}
          />
        </div>
      )}
    </>
  );
}
