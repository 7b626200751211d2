import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { Bars } from "#components/charts/bars.tsx";
import { Line } from "#components/charts/line.tsx";
import { DataTable, defined } from "#components/dashboard/data-table.tsx";
import { Explain, Figure } from "#components/dashboard/figure.tsx";
import { planWords, STATUS_TONES } from "#components/dashboard/plan-words.ts";
import { WithDiagrams } from "#components/diagrams/index.tsx";
import { HistoryEntryView } from "#components/progress/history-entry.tsx";
import { DownloadButton, LinkButton } from "#components/ui/button.tsx";
import { Badge, Card, Meter } from "#components/ui/surface.tsx";
import {
  ASSIGNMENTS_OF_PERSON,
  answersOptionsSchema,
  CONCEPTS_OF_PERSON,
  getAnswersOfPerson,
  getPersonDashboard,
  type PersonDashboard,
} from "#lib/server/queries/dashboard/person.ts";
import { misconceptionsIn } from "#lib/server/queries/study-session.ts";
import type { HistoryEntry } from "#lib/server/shown-answers.ts";
import { DashboardFilters, type DashboardRequest } from "./dashboard-filters.tsx";
import { PersonExams } from "./exams/person-exams.tsx";
import { writersOf } from "./writers.ts";

interface Report {
  dashboard: PersonDashboard;
  answers: { entries: HistoryEntry[]; next: string | null };
  search: Readonly<Record<string, string | undefined>>;
  now: number;
}

/** What a page about one member shows; for whoever may not see them, there is no such page. */
export async function reportOn(
  userId: string,
  { viewer, now, team, search, filter }: DashboardRequest,
): Promise<Report> {
  const [dashboard, answers] = await Promise.all([
    getPersonDashboard(viewer, team, userId, filter, now),
    getAnswersOfPerson(viewer, team, userId, filter, now, answersOptionsSchema.parse(search)),
  ]);
  if (!dashboard || !answers) notFound();
  return { dashboard, answers, search, now };
}

/**
 * All that managers see of one member. The member's own page shows the same, made by the same: what is shown here is shown
 * there.
 */
export async function PersonReport({
  dashboard,
  answers,
  pathname,
  search,
  now,
}: Report & {
  /** Where this page is. */
  pathname: string;
}) {
  const { frame, person, readiness, path, weeks, retention, weak } = dashboard;
  const { timeZone } = frame.team;
  const [t, locale, { format, percent, moment, dueDay, day }, misconceptions] = await Promise.all([
    getTranslations("dashboard"),
    getLocale(),
    writersOf(timeZone),
    misconceptionsIn(answers.entries),
  ]);
  const asOf = moment(now);
  const orders = { tasks: search.tasks, sort: search.sort, checks: search.checks };
  const { group: _, ...filter } = frame.filter;
  const address = { pathname, query: { ...filter, ...orders } };
  const csv = (table: string, sort?: string) =>
    `/api/teams/${frame.team.id}/${table}.csv?${new URLSearchParams(
      defined({ ...filter, person: person.userId, sort, locale }),
    )}`;
  const areas = new Map(frame.areas.map(({ id, title }) => [id, title[locale]]));
  const tasks = ASSIGNMENTS_OF_PERSON.read(search.tasks);
  const order = CONCEPTS_OF_PERSON(locale).read(search.sort);
  const total = weeks.reduce(
    (sum, week) => ({ answers: sum.answers + week.answers, durationMs: sum.durationMs + week.durationMs }),
    { answers: 0, durationMs: 0 },
  );
  return (
    <>
      <DashboardFilters frame={frame} names={["assignment", "area", "period"]} kept={orders} />
      <div className="grid gap-4 md:grid-cols-2">
        <Card className="grid gap-6 sm:grid-cols-2 md:col-span-2 lg:grid-cols-4">
          <Figure
            name={t("person.readiness")}
            value={readiness ? percent(readiness.chance) : t("person.none")}
            explanation={{
              definition: t("person.readinessWhat"),
              formula: t("person.readinessHow"),
              asOf,
            }}
          />
          <Figure
            name={t("person.coverage")}
            value={readiness ? percent(readiness.coverage) : t("person.none")}
            explanation={{ definition: t("person.coverageWhat"), formula: t("person.coverageHow"), asOf }}
          />
          <Figure
            name={t("person.hours")}
            value={t("person.hoursValue", {
              hours: format.number(total.durationMs / 3_600_000, { maximumFractionDigits: 1 }),
            })}
            note={t("person.hoursNote", { count: total.answers })}
            explanation={{ definition: t("person.hoursWhat"), formula: t("person.hoursHow"), asOf }}
          />
          <Figure
            name={t("person.retention")}
            value={retention.reviews > 0 ? percent(retention.recalled / retention.reviews) : t("person.none")}
            note={t("person.retentionNote", {
              count: retention.reviews,
              target: percent(dashboard.desiredRetention),
            })}
            explanation={{ definition: t("person.retentionWhat"), formula: t("person.retentionHow"), asOf }}
          />
        </Card>

        <Card className="grid content-start gap-3 md:col-span-2">
          <h2 className="text-lg">{t("person.assignments")}</h2>
          {dashboard.assignments.length === 0 ? (
            <p className="text-ink-muted">{t("person.noAssignments")}</p>
          ) : (
            <>
              <Explain name={t("person.assignments")} definition={t("overview.assignmentsHow")} asOf={asOf} />
              <DataTable
                caption={t("person.assignments")}
                rows={ASSIGNMENTS_OF_PERSON.apply(dashboard.assignments, tasks, locale)}
                rowKey={({ assignmentId }) => assignmentId}
                sort={tasks}
                address={address}
                parameter="tasks"
                csv={csv("person-assignments", search.tasks)}
                columns={[
                  { key: "title", label: t("overview.assignment"), cell: ({ title }) => title },
                  {
                    key: "state",
                    label: t("overview.state"),
                    cell: ({ plan }) => (
                      <Badge tone={STATUS_TONES[plan.status]}>{t(`status.${plan.status}`)}</Badge>
                    ),
                  },
                  {
                    key: "why",
                    label: t("overview.why"),
                    fixed: true,
                    cell: (line) => (
                      <span className="block min-w-56">{planWords(t, format, line, timeZone)}</span>
                    ),
                  },
                  {
                    key: "readiness",
                    label: t("overview.readinessShort"),
                    numeric: true,
                    cell: ({ readiness: now }) => percent(now),
                  },
                  {
                    key: "target",
                    label: t("overview.target"),
                    numeric: true,
                    cell: ({ target }) => (target === null ? "–" : percent(target)),
                  },
                  {
                    key: "due",
                    label: t("overview.due"),
                    numeric: true,
                    cell: ({ dueAt }) => <span className="whitespace-nowrap">{dueDay(dueAt)}</span>,
                  },
                ]}
              />
            </>
          )}
        </Card>

        <PersonExams
          teamId={frame.team.id}
          timeZone={timeZone}
          person={person.userId}
          assignment={filter.assignment}
          pathname={pathname}
          search={search}
        />

        <Card className="grid content-start gap-3">
          <h2 className="text-lg">{t("person.path")}</h2>
          <Explain name={t("person.path")} definition={t("person.pathHow")} asOf={asOf} />
          {path.length > 0 ? (
            <Line
              title={t("person.path")}
              points={path.map(({ day: iso, chance }) => ({
                day: iso,
                value: chance,
                label: day(iso),
                text: t("person.pathText", { day: day(iso), percent: percent(chance) }),
              }))}
            />
          ) : (
            <p className="text-ink-muted">{t("person.pathLater")}</p>
          )}
        </Card>

        <Card className="grid content-start gap-3">
          <h2 className="text-lg">{t("person.activity")}</h2>
          <Explain name={t("person.activity")} definition={t("overview.activityHow")} asOf={asOf} />
          {total.answers > 0 ? (
            <Bars
              title={t("person.activity")}
              marked={weeks.length - 1}
              bars={weeks.map(({ week, answers: count, durationMs }) => ({
                label: day(week),
                value: count,
                text: t("person.weekText", {
                  week: day(week),
                  answers: count,
                  minutes: format.number(Math.round(durationMs / 60_000)),
                }),
              }))}
            />
          ) : (
            <p className="text-ink-muted">{t("person.answersNone")}</p>
          )}
        </Card>

        <Card className="grid content-start gap-3 md:col-span-2">
          <h2 className="text-lg">{t("person.weak")}</h2>
          <Explain name={t("person.weak")} definition={t("person.weakHow")} asOf={asOf} />
          {weak.length > 0 ? (
            <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-5">
              {weak.map(({ id, title, readiness: { chance } }) => (
                <li key={id} className="grid content-between gap-1">
                  <span className="flex justify-between gap-2">
                    <span className="font-medium">{title[locale]}</span>
                    <span className="tabular-nums">{percent(chance)}</span>
                  </span>
                  <Meter value={chance} label={percent(chance)} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-ink-muted">
              {t(readiness?.coverage ? "person.weakNone" : "person.weakNotBegun")}
            </p>
          )}
          {dashboard.concepts.length > 0 ? (
            <details>
              <summary className="w-fit py-2 font-medium">{t("person.concepts")}</summary>
              <DataTable
                caption={t("person.concepts")}
                rows={CONCEPTS_OF_PERSON(locale).apply(dashboard.concepts, order, locale)}
                rowKey={({ id }) => id}
                sort={order}
                address={address}
                csv={csv("person-concepts", search.sort)}
                columns={[
                  { key: "title", label: t("person.concept"), cell: ({ title }) => title[locale] },
                  { key: "area", label: t("person.area"), cell: ({ areaId }) => areas.get(areaId) },
                  {
                    key: "readiness",
                    label: t("overview.readinessShort"),
                    numeric: true,
                    cell: ({ readiness: { chance } }) => percent(chance),
                  },
                  {
                    key: "coverage",
                    label: t("person.coverage"),
                    numeric: true,
                    cell: ({ readiness: { coverage } }) => percent(coverage),
                  },
                  {
                    key: "items",
                    label: t("person.questions"),
                    numeric: true,
                    cell: ({ items }) => items,
                  },
                ]}
              />
            </details>
          ) : null}
        </Card>

        <section className="grid gap-3 md:col-span-2">
          <h2 className="text-lg">{t("person.answers")}</h2>
          <Explain name={t("person.answers")} definition={t("person.answersHow")} asOf={asOf} />
          {answers.entries.length === 0 ? (
            <p className="text-ink-muted">{t("person.answersNone")}</p>
          ) : (
            <WithDiagrams items={answers.entries.map(({ item }) => item)}>
              <div className="grid gap-2">
                {answers.entries.map((entry) => (
                  <HistoryEntryView
                    key={entry.id}
                    entry={entry}
                    when={moment(entry.at)}
                    misconceptions={misconceptions}
                    locale={locale}
                  />
                ))}
              </div>
            </WithDiagrams>
          )}
          <p className="flex flex-wrap gap-3 print:hidden">
            {search.after ? (
              <LinkButton size="sm" href={{ pathname, query: defined(address.query) }}>
                {t("person.newest")}
              </LinkButton>
            ) : null}
            {answers.entries.length > 0 ? (
              <DownloadButton size="sm" variant="quiet" href={csv("person-answers")}>
                {t("table.csv")}
              </DownloadButton>
            ) : null}
            {answers.next ? (
              <LinkButton
                size="sm"
                href={{ pathname, query: defined({ ...address.query, after: answers.next }) }}
              >
                {t("person.older")}
              </LinkButton>
            ) : null}
          </p>
        </section>
      </div>
    </>
  );
}
