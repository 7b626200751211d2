import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Bars } from "#components/charts/bars.tsx";
import { DataTable, defined } from "#components/dashboard/data-table.tsx";
import { Explain, Figure } from "#components/dashboard/figure.tsx";
import { planWords, STATUS_TONES } from "#components/dashboard/plan-words.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Badge, Card, EmptyState, PageHeader } from "#components/ui/surface.tsx";
import { Link, redirect } from "#lib/i18n/navigation.ts";
import { can } from "#lib/server/auth/policy.ts";
import {
  ASSIGNMENT_ORDERS,
  getOverview,
  HELP_ORDERS,
  STATUSES,
  WEEK_ORDERS,
} from "#lib/server/queries/dashboard/overview.ts";
import { getTeam } from "#lib/server/queries/teams.ts";
import { DashboardFilters, type DashboardProps, dashboardRequest } from "./dashboard-filters.tsx";
import { writersOf } from "./writers.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard"))("overview.title") };
}

/** Rows of the help table before it is asked for whole. */
const FIRST_NEEDS = 10;

export default async function TeamPage(props: DashboardProps) {
  const { viewer, now, locale, team: teamId, search, filter } = await dashboardRequest(props);
  const team = await getTeam(viewer, teamId);
  if (!team) notFound();
  if (!can(team.role, "dashboards.see")) redirect({ href: `/teams/${team.id}/me`, locale });
  const overview = await getOverview(viewer, teamId, filter, now);
  if (!overview) notFound();

  const { frame, today, nextDue, change, coverage } = overview;
  const [t, { format, percent, points, moment, dueDay, day }] = await Promise.all([
    getTranslations("dashboard"),
    writersOf(frame.team.timeZone),
  ]);
  const asOf = moment(now);
  const pathname = `/teams/${team.id}`;
  const orders = { help: search.help, tasks: search.tasks, weeks: search.weeks };
  const address = { pathname, query: { ...frame.filter, ...orders, all: search.all } };
  const csv = (table: string, sort: string | undefined) =>
    `/api/teams/${team.id}/${table}.csv?${new URLSearchParams(defined({ ...frame.filter, sort, locale }))}`;
  const nameOf = ({ name, email }: { name: string | null; email: string | null }) =>
    name ?? email ?? t("unnamed");
  /** What stands beside a mean: how sure it is, then what else there is to say. */
  const beside = (margin: number | null, note: string) =>
    margin === null
      ? note
      : `${t("overview.margin", { points: format.number(margin * 100, { maximumFractionDigits: 1 }) })} · ${note}`;

  const help = HELP_ORDERS.read(search.help);
  const tasks = ASSIGNMENT_ORDERS.read(search.tasks);
  const weekly = WEEK_ORDERS.read(search.weeks);
  const needs = HELP_ORDERS.apply(overview.needs, help, locale);
  const shown = search.all ? needs : needs.slice(0, FIRST_NEEDS);
  return (
    <>
      <PageHeader title={t("overview.title")}>{t("overview.intro")}</PageHeader>
      <DashboardFilters frame={frame} kept={orders} />
      {today === null ? (
        <EmptyState title={t("overview.nothing")}>
          <p className="mb-3">{t("overview.nothingHelp")}</p>
          <LinkButton href={`${pathname}/assignments`}>{t("overview.toAssignments")}</LinkButton>
        </EmptyState>
      ) : (
        <div className="grid gap-4">
          <Card className="grid gap-6 sm:grid-cols-2 lg:grid-cols-4">
            <Figure
              name={t("overview.readiness")}
              value={percent(today.mean)}
              note={beside(today.margin, t("overview.people", { count: today.people }))}
              explanation={{
                definition: t("overview.readinessWhat"),
                formula: `${t("overview.readinessHow")} ${t("overview.marginHow")}`,
                asOf,
              }}
            />
            {nextDue ? (
              <Figure
                name={t("overview.atDue")}
                value={percent(nextDue.readiness.mean)}
                note={beside(nextDue.readiness.margin, t("overview.atDueNote", { date: dueDay(nextDue.at) }))}
                explanation={{
                  definition: t("overview.atDueWhat"),
                  formula: `${t("overview.atDueHow")} ${t("overview.marginHow")}`,
                  asOf,
                }}
              />
            ) : null}
            <Figure
              name={t("overview.coverage")}
              value={percent(coverage)}
              explanation={{
                definition: t("overview.coverageWhat"),
                formula: t("overview.coverageHow"),
                asOf,
              }}
            />
            <Figure
              name={t("overview.change")}
              value={change ? t("overview.changePoints", { points: points(change.readiness.mean) }) : "–"}
              note={
                change
                  ? beside(
                      change.readiness.margin,
                      t("overview.changeNote", { count: change.readiness.people, date: day(change.since) }),
                    )
                  : t("overview.changeNone")
              }
              explanation={{
                definition: t("overview.changeWhat"),
                formula: `${t("overview.changeHow")} ${t("overview.marginHow")}`,
                asOf,
              }}
            />
          </Card>

          <Card className="grid gap-3">
            <h2 className="text-lg">{t("overview.help")}</h2>
            <Explain name={t("overview.help")} definition={t("overview.helpHow")} asOf={asOf} />
            {needs.length === 0 ? (
              <p className="text-ink-muted">{t("overview.helpNone")}</p>
            ) : (
              <DataTable
                caption={t("overview.help")}
                rows={shown}
                rowKey={({ userId, assignmentId }) => `${userId} ${assignmentId}`}
                sort={help}
                address={address}
                parameter="help"
                csv={csv("help", search.help)}
                columns={[
                  {
                    key: "name",
                    label: t("overview.person"),
                    cell: (line) => (
                      <Link
                        href={`${pathname}/people/${line.userId}`}
                        className="underline underline-offset-4"
                      >
                        {nameOf(line)}
                      </Link>
                    ),
                  },
                  {
                    key: "assignment",
                    label: t("overview.assignment"),
                    cell: ({ assignmentId, title }) => (
                      <Link
                        href={`${pathname}/assignments/${assignmentId}`}
                        className="underline decoration-line underline-offset-4"
                      >
                        {title}
                      </Link>
                    ),
                  },
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
                      <span className="block min-w-56">
                        {planWords(t, format, line, frame.team.timeZone)}
                      </span>
                    ),
                  },
                  {
                    key: "missing",
                    label: t("overview.missing"),
                    numeric: true,
                    cell: ({ missing }) => percent(missing),
                  },
                  {
                    key: "due",
                    label: t("overview.due"),
                    numeric: true,
                    cell: ({ dueAt }) => <span className="whitespace-nowrap">{dueDay(dueAt)}</span>,
                  },
                ]}
              />
            )}
            {shown.length < needs.length ? (
              <p className="flex flex-wrap items-center gap-3 text-sm print:hidden">
                {t("overview.helpShown", { shown: shown.length, total: needs.length })}
                <LinkButton
                  size="sm"
                  scroll={false}
                  href={{ pathname, query: defined({ ...address.query, all: "1" }) }}
                >
                  {t("overview.helpAll")}
                </LinkButton>
              </p>
            ) : null}
          </Card>

          <Card className="grid gap-3">
            <h2 className="text-lg">{t("overview.assignments")}</h2>
            <Explain name={t("overview.assignments")} definition={t("overview.assignmentsHow")} asOf={asOf} />
            <DataTable
              caption={t("overview.assignments")}
              rows={ASSIGNMENT_ORDERS.apply(overview.assignments, tasks, locale)}
              rowKey={({ id }) => id}
              sort={tasks}
              address={address}
              parameter="tasks"
              csv={csv("assignments", search.tasks)}
              columns={[
                {
                  key: "title",
                  label: t("overview.assignment"),
                  cell: ({ id, title }) => (
                    <Link href={`${pathname}/assignments/${id}`} className="underline underline-offset-4">
                      {title}
                    </Link>
                  ),
                },
                {
                  key: "due",
                  label: t("overview.due"),
                  numeric: true,
                  cell: ({ dueAt: { first, last } }) => (
                    <span className="whitespace-nowrap">
                      {first === last ? dueDay(first) : `${dueDay(first)} – ${dueDay(last)}`}
                    </span>
                  ),
                },
                {
                  key: "people",
                  label: t("overview.members"),
                  numeric: true,
                  cell: ({ people }) => people,
                },
                ...STATUSES.map((status) => ({
                  key: status,
                  label: t(`status.${status}`),
                  numeric: true,
                  cell: ({ counts }: (typeof overview.assignments)[number]) =>
                    counts[status] > 0 ? (
                      <Badge tone={STATUS_TONES[status]}>{format.number(counts[status])}</Badge>
                    ) : (
                      "0"
                    ),
                })),
              ]}
            />
          </Card>

          <Card className="grid gap-3">
            <h2 className="text-lg">{t("overview.activity")}</h2>
            <Explain name={t("overview.activity")} definition={t("overview.activityHow")} asOf={asOf} />
            <Bars
              title={t("overview.activity")}
              marked={overview.weeks.length - 1}
              bars={overview.weeks.map(({ week, answers, durationMs, people }) => ({
                label: day(week),
                value: answers,
                text: t("overview.weekText", {
                  week: day(week),
                  answers,
                  minutes: format.number(Math.round(durationMs / 60_000)),
                  people,
                }),
              }))}
            />
            <DataTable
              caption={t("overview.activity")}
              rows={WEEK_ORDERS.apply(overview.weeks, weekly, locale)}
              rowKey={({ week }) => week}
              sort={weekly}
              address={address}
              parameter="weeks"
              csv={csv("activity", search.weeks)}
              columns={[
                { key: "week", label: t("overview.week"), cell: ({ week }) => day(week) },
                {
                  key: "answers",
                  label: t("overview.answers"),
                  numeric: true,
                  cell: ({ answers }) => format.number(answers),
                },
                {
                  key: "minutes",
                  label: t("overview.minutes"),
                  numeric: true,
                  cell: ({ durationMs }) => format.number(Math.round(durationMs / 60_000)),
                },
                {
                  key: "people",
                  label: t("overview.active"),
                  numeric: true,
                  cell: ({ people }) => format.number(people),
                },
              ]}
            />
          </Card>
        </div>
      )}
    </>
  );
}
