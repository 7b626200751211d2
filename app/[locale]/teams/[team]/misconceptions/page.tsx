import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DataTable, defined } from "#components/dashboard/data-table.tsx";
import { Explain } from "#components/dashboard/figure.tsx";
import { Inline } from "#components/questions/parts.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState, Meter, PageHeader } from "#components/ui/surface.tsx";
import { practiceQuery } from "#lib/core/assignments/practice.ts";
import { FRESH_HOURS, HELD_AT, LAST_QUESTIONS } from "#lib/core/mastery/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { BELIEF_ORDERS, getMisconceptions } from "#lib/server/queries/dashboard/misconceptions.ts";
import { DashboardFilters, type DashboardProps, dashboardRequest } from "../dashboard-filters.tsx";
import { writersOf } from "../writers.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard"))("beliefs.title") };
}

export default async function MisconceptionsPage(props: DashboardProps) {
  const { viewer, now, locale, team: teamId, search, filter } = await dashboardRequest(props);
  const dashboard = await getMisconceptions(viewer, teamId, filter, now);
  if (!dashboard) notFound();
  const { frame, beliefs, overcome } = dashboard;
  const [t, { moment, percent }] = await Promise.all([
    getTranslations("dashboard"),
    writersOf(frame.team.timeZone),
  ]);
  const orders = BELIEF_ORDERS(locale);
  const sort = orders.read(search.sort);
  const team = `/teams/${frame.team.id}`;
  const csv = new URLSearchParams(defined({ ...frame.filter, sort: search.sort, locale })).toString();
  return (
    <>
      <PageHeader title={t("beliefs.title")}>{t("beliefs.intro")}</PageHeader>
      <DashboardFilters frame={frame} kept={{ sort: search.sort }} />
      {beliefs.length === 0 ? (
        <EmptyState title={t("beliefs.none")}>
          <p>{t("beliefs.noneHelp")}</p>
        </EmptyState>
      ) : (
        <div className="grid gap-4">
          <Explain
            name={t("beliefs.name")}
            definition={t("beliefs.what", { shown: HELD_AT, last: LAST_QUESTIONS, hours: FRESH_HOURS })}
            formula={t("beliefs.how")}
            asOf={moment(now)}
          />
          <DataTable
            caption={t("beliefs.caption")}
            rows={orders.apply(beliefs, sort, locale)}
            rowKey={({ id }) => id}
            sort={sort}
            address={{ pathname: `${team}/misconceptions`, query: { ...frame.filter, sort: search.sort } }}
            csv={`/api${team}/misconceptions.csv?${csv}`}
            columns={[
              {
                key: "belief",
                label: t("beliefs.belief"),
                cell: ({ belief, model, symptom }) => (
                  <div className="grid min-w-64 max-w-md gap-2">
                    <p className="font-semibold text-base">
                      <q>
                        <Inline text={belief} locale={locale} />
                      </q>
                    </p>
                    <dl className="grid gap-1 font-normal text-ink-muted">
                      {(
                        [
                          ["model", model],
                          ["symptom", symptom],
                        ] as const
                      ).map(([name, text]) => (
                        <div key={name}>
                          <dt className="inline font-medium text-ink">{t(`beliefs.${name}`)}: </dt>
                          <dd className="inline">
                            <Inline text={text} locale={locale} />
                          </dd>
                        </div>
                      ))}
                    </dl>
                  </div>
                ),
              },
              {
                key: "held",
                label: t("beliefs.held"),
                numeric: true,
                cell: ({ holders, asked }) => (
                  <span className="whitespace-nowrap">
                    {t("beliefs.of", { held: holders.length, asked })}
                  </span>
                ),
              },
              {
                key: "share",
                label: t("beliefs.share"),
                numeric: true,
                cell: ({ holders, asked }) => (
                  <div className="grid justify-items-end gap-1">
                    {percent(holders.length / asked)}
                    <Meter value={holders.length / asked} label={percent(holders.length / asked)} />
                  </div>
                ),
              },
              {
                key: "items",
                label: t("beliefs.items"),
                fixed: true,
                cell: ({ items }) => {
                  const [most, ...others] = items.map(({ id, title, count }) => (
                    <li key={id}>
                      <Link
                        href={{ pathname: `${team}/items/${id}`, query: defined({ ...frame.filter }) }}
                        className="line-clamp-2 underline decoration-line underline-offset-4"
                      >
                        {title[locale].replaceAll("`", "")}
                      </Link>
                      <span className="text-ink-muted">{t("beliefs.whoCount", { count })}</span>
                    </li>
                  ));
                  return (
                    <div className="grid min-w-56 max-w-sm gap-1">
                      <ul>{most}</ul>
                      {others.length > 0 ? (
                        <details>
                          <summary className="py-1">
                            {t("beliefs.moreItems", { count: others.length })}
                          </summary>
                          <ul className="mt-1 grid gap-2">{others}</ul>
                        </details>
                      ) : null}
                    </div>
                  );
                },
              },
              {
                key: "who",
                label: t("beliefs.who"),
                fixed: true,
                cell: ({ holders }) => (
                  <details className="min-w-32">
                    <summary className="whitespace-nowrap py-1">
                      {t("beliefs.whoCount", { count: holders.length })}
                    </summary>
                    <ul className="mt-1 grid gap-1">
                      {holders.map(({ userId, name, email }) => (
                        <li key={userId}>
                          <Link
                            href={`${team}/people/${userId}`}
                            className="inline-block py-0.5 underline underline-offset-4"
                          >
                            {name ?? email ?? t("unnamed")}
                          </Link>
                        </li>
                      ))}
                    </ul>
                  </details>
                ),
              },
              {
                key: "practise",
                label: t("beliefs.practise"),
                fixed: true,
                cell: ({ belief, concepts, holders }) => (
                  <LinkButton
                    size="sm"
                    className="whitespace-nowrap"
                    href={{
                      pathname: `${team}/assignments/new`,
                      query: practiceQuery({ concepts, people: holders.map(({ userId }) => userId) }),
                    }}
                    aria-label={t("beliefs.practiseFor", { belief: belief[locale] })}
                  >
                    {t("beliefs.practise")}
                  </LinkButton>
                ),
              },
            ]}
          />
          {overcome > 0 ? (
            <p className="text-ink-muted text-sm">{t("beliefs.overcome", { count: overcome })}</p>
          ) : null}
        </div>
      )}
    </>
  );
}
