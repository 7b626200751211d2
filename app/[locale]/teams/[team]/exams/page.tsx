import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Bars } from "#components/charts/bars.tsx";
import { defined } from "#components/dashboard/data-table.tsx";
import { Explain, Figure } from "#components/dashboard/figure.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { Card, EmptyState, Meter, PageHeader } from "#components/ui/surface.tsx";
import type { Locale } from "#lib/core/questions/index.ts";
import { getFrame } from "#lib/server/queries/dashboard/filters.ts";
import { ATTEMPT_ORDERS, type ExamSummary, getExamResults } from "#lib/server/queries/exam-results.ts";
import { DashboardFilters, type DashboardProps, dashboardRequest } from "../dashboard-filters.tsx";
import { writersOf } from "../writers.ts";
import { AttemptTable } from "./attempt-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("exam"))("results.title") };
}

/** Attempts in the table; all of them are in the file. */
const MOST_ROWS = 200;

export default async function ExamResultsPage(props: DashboardProps) {
  const { viewer, now, locale, team: teamId, search, filter } = await dashboardRequest(props);
  const frame = await getFrame(viewer, teamId, filter, now);
  const results = frame && (await getExamResults(viewer, teamId, frame.filter, now));
  if (!results) notFound();

  const { group, assignment } = frame.filter;
  const [t, { moment }] = await Promise.all([getTranslations("exam"), writersOf(frame.team.timeZone)]);
  const pathname = `/teams/${teamId}/exams`;
  const sort = ATTEMPT_ORDERS.read(search.sort);
  const attempts = ATTEMPT_ORDERS.apply(results.attempts, sort, locale);
  const shown = attempts.slice(0, MOST_ROWS);
  return (
    <>
      <PageHeader title={t("results.title")}>{t("results.intro")}</PageHeader>
      <DashboardFilters frame={frame} names={["group", "assignment"]} kept={{ sort: search.sort }} />
      {results.exams.length === 0 ? (
        <EmptyState title={t("results.none")}>
          <p className="mb-3">{t("results.noneHelp")}</p>
          <LinkButton href={`/teams/${teamId}/assignments`}>{t("results.toAssignments")}</LinkButton>
        </EmptyState>
      ) : (
        <div className="grid gap-4">
          {results.exams.map((exam) => (
            <ExamCard
              key={exam.assignmentId}
              exam={exam}
              asOf={moment(now)}
              locale={locale}
              timeZone={frame.team.timeZone}
            />
          ))}
          <Card className="grid gap-3">
            <h2 className="text-lg">{t("results.attempts")}</h2>
            <p className="text-ink-muted text-sm">{t("results.attemptsHow")}</p>
            <AttemptTable
              attempts={shown}
              teamId={teamId}
              timeZone={frame.team.timeZone}
              sort={sort}
              address={{ pathname, query: { group, assignment } }}
              csv={`/api/teams/${teamId}/exams.csv?${new URLSearchParams(defined({ group, assignment, sort: search.sort, locale }))}`}
            />
            {shown.length < attempts.length ? (
              <p className="text-ink-muted text-sm">
                {t("results.first", { count: shown.length, total: attempts.length })}
              </p>
            ) : null}
          </Card>
        </div>
      )}
    </>
  );
}

/** One final check: how many took and passed it, how the scores lie, and what is hardest. */
async function ExamCard({
  exam,
  asOf,
  locale,
  timeZone,
}: {
  exam: ExamSummary;
  asOf: string;
  locale: Locale;
  timeZone: string;
}) {
  const [t, { format, percent }] = await Promise.all([getTranslations("exam"), writersOf(timeZone)]);
  const tenths = exam.distribution.length;
  return (
    <Card className="grid gap-5">
      <h2 className="text-lg">{exam.title}</h2>
      <div className="grid gap-6 sm:grid-cols-3">
        <Figure
          name={t("results.taken")}
          value={format.number(exam.taken)}
          note={t("results.takenNote", { count: exam.assigned })}
          explanation={{ definition: t("results.takenWhat"), asOf }}
        />
        <Figure
          name={t("results.passed")}
          value={format.number(exam.passed)}
          note={t("results.passedNote", { share: percent(exam.passMark) })}
          explanation={{ definition: t("results.passedWhat"), asOf }}
        />
        <Figure
          name={t("results.median")}
          value={exam.median === null ? "–" : percent(exam.median)}
          explanation={{ definition: t("results.medianWhat"), formula: t("results.medianHow"), asOf }}
        />
      </div>
      {exam.taken > 0 ? (
        <div className="grid gap-6 lg:grid-cols-2">
          <section className="grid content-start gap-2">
            <h3 className="font-medium">{t("results.distribution")}</h3>
            <Bars
              title={t("results.distribution")}
              marked={null}
              bars={exam.distribution.map((count, index) => ({
                label: percent(index / tenths),
                value: count,
                text: t("results.bin", {
                  count,
                  from: percent(index / tenths),
                  to: percent(index === tenths - 1 ? 1 : (index + 1) / tenths - 0.01),
                }),
              }))}
            />
          </section>
          <section className="grid content-start gap-2">
            <h3 className="font-medium">{t("results.concepts")}</h3>
            <Explain name={t("results.concepts")} definition={t("results.conceptsHow")} asOf={asOf} />
            <ScrollArea label={t("results.concepts")} className="max-h-80">
              <ul className="grid gap-2">
                {exam.concepts.map(({ conceptId, title, items, right }) => (
                  <li key={conceptId} className="grid gap-1 text-sm">
                    <span className="flex justify-between gap-3">
                      {title[locale]}
                      <span className="text-ink-muted tabular-nums">
                        {percent(right / items)} ({right}/{items})
                      </span>
                    </span>
                    <Meter
                      value={right / items}
                      label={t("results.conceptText", {
                        title: title[locale],
                        share: percent(right / items),
                        right,
                        count: items,
                      })}
                    />
                  </li>
                ))}
              </ul>
            </ScrollArea>
          </section>
        </div>
      ) : null}
    </Card>
  );
}
