import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { defined } from "#components/dashboard/data-table.tsx";
import { Explain } from "#components/dashboard/figure.tsx";
import { HeatLegend, HeatTable } from "#components/dashboard/heat-table.tsx";
import { DownloadButton, LinkButton } from "#components/ui/button.tsx";
import { EmptyState, PageHeader } from "#components/ui/surface.tsx";
import { writeSort } from "#lib/core/sorting.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { getHeatMap, heatOptionsSchema } from "#lib/server/queries/dashboard/heat-map.ts";
import { DashboardFilters, type DashboardProps, dashboardRequest } from "../dashboard-filters.tsx";
import { writersOf } from "../writers.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard"))("heat.title") };
}

export default async function ConceptsPage(props: DashboardProps) {
  const { viewer, now, locale, team: teamId, search, filter } = await dashboardRequest(props);
  const map = await getHeatMap(viewer, teamId, filter, now, heatOptionsSchema.parse(search));
  if (!map) notFound();
  const { frame, by, columns, everyone, people, sort, page, pages } = map;
  const [t, { moment }] = await Promise.all([getTranslations("dashboard"), writersOf(frame.team.timeZone)]);
  const pathname = `/teams/${frame.team.id}/concepts`;
  const query = { ...frame.filter, sort: search.sort };
  const csv = new URLSearchParams(defined({ ...query, locale })).toString();
  const sorted = (key: string) =>
    sort.by === key ? (sort.descending ? "descending" : "ascending") : undefined;
  const sortLink = (key: string, label: string) => (
    <Link
      href={{
        pathname,
        query: defined({
          ...query,
          sort: writeSort({ by: key, descending: sort.by === key && !sort.descending }),
        }),
      }}
      scroll={false}
      className="inline-flex min-h-9 items-center gap-1 hover:text-pod-ink"
    >
      {label}
      <span aria-hidden="true" className="w-3 text-ink-muted print:hidden">
        {sort.by === key ? (sort.descending ? "↓" : "↑") : ""}
      </span>
    </Link>
  );
  const headOf = ({ id, title }: (typeof columns)[number]) => (
    <span className="grid justify-items-center gap-0.5">
      {sortLink(id, title[locale])}
      {by === "area" ? (
        <Link
          href={{ pathname, query: defined({ ...frame.filter, area: id }) }}
          aria-label={t("heat.open", { area: title[locale] })}
          className="inline-flex min-h-6 items-center px-2 font-normal text-pod-ink text-xs underline underline-offset-4 print:hidden"
        >
          {t("heat.openShort")}
        </Link>
      ) : null}
    </span>
  );
  return (
    <>
      <PageHeader title={t("heat.title")}>
        {t(by === "area" ? "heat.intro" : "heat.introConcepts")}
      </PageHeader>
      <DashboardFilters frame={frame} names={["group", "assignment", "area"]} />
      {everyone === null ? (
        <EmptyState title={t("heat.nothing")} />
      ) : (
        <div className="grid gap-4">
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
            <HeatLegend />
            <p className="text-ink-muted text-sm tabular-nums">
              {t("overview.people", { count: map.total })} · {moment(now)}
            </p>
          </div>
          <Explain
            name={t("heat.name")}
            definition={`${t("heat.what")} ${t("heat.print")}`}
            formula={t("heat.how")}
            asOf={moment(now)}
          />
          <HeatTable
            caption={t(by === "area" ? "heat.caption" : "heat.captionConcepts")}
            name={{ head: sortLink("name", t("heat.person")), sorted: sorted("name") }}
            all={{ head: sortLink("need", t("heat.all")), sorted: sorted("need") }}
            columns={columns.map((column) => ({
              id: column.id,
              head: headOf(column),
              sorted: sorted(column.id),
            }))}
            rows={[
              { key: "everyone", name: t("heat.everyone"), ...everyone },
              ...people.map(({ userId, name, email, ...line }) => ({
                key: userId,
                name: (
                  <Link
                    href={`/teams/${frame.team.id}/people/${userId}`}
                    className="inline-block py-1 underline underline-offset-4"
                  >
                    {name ?? email ?? t("unnamed")}
                  </Link>
                ),
                ...line,
              })),
            ]}
          />
          <div className="flex flex-wrap items-center gap-3 print:hidden">
            {page > 1 ? (
              <LinkButton size="sm" href={{ pathname, query: defined({ ...query, page: String(page - 1) }) }}>
                {t("previous")}
              </LinkButton>
            ) : null}
            {pages > 1 ? <span className="text-sm tabular-nums">{t("page", { page, pages })}</span> : null}
            {page < pages ? (
              <LinkButton size="sm" href={{ pathname, query: defined({ ...query, page: String(page + 1) }) }}>
                {t("next")}
              </LinkButton>
            ) : null}
            {by === "concept" ? (
              <LinkButton
                size="sm"
                href={{ pathname, query: defined({ ...query, area: undefined, sort: undefined }) }}
              >
                {t("heat.allAreas")}
              </LinkButton>
            ) : null}
            <DownloadButton
              size="sm"
              variant="quiet"
              href={`/api/teams/${frame.team.id}/concepts.csv?${csv}`}
            >
              {t("table.csv")}
            </DownloadButton>
          </div>
        </div>
      )}
    </>
  );
}
