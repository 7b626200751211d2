import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { Bars } from "#components/charts/bars.tsx";
import { CalendarHeatMap } from "#components/charts/calendar.tsx";
import { ConceptMap } from "#components/progress/concept-map.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, EmptyState, Meter, PageHeader, Stat } from "#components/ui/surface.tsx";
import { getProgress } from "#lib/server/queries/progress.ts";
import { requestContext } from "#lib/server/request-context.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("nav"))("progress") };
}

export default async function ProgressPage() {
  const { viewer, now, locale } = await requestContext();
  const [t, format, progress] = await Promise.all([
    getTranslations("progress"),
    getFormatter(),
    getProgress(viewer, now),
  ]);
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  const day = (iso: string) =>
    format.dateTime(new Date(`${iso}T00:00:00Z`), { month: "short", day: "numeric", timeZone: "UTC" });
  const { totals, retention } = progress;
  return (
    <>
      <PageHeader title={t("title")}>
        <LinkButton href="/history" size="sm" className="mt-2">
          {t("history")}
        </LinkButton>
      </PageHeader>
      <div className="grid gap-4 md:grid-cols-2">
        <Card className="md:col-span-2">
          <h2 className="mb-1 text-lg">{t("readiness")}</h2>
          <p className="mb-4 max-w-prose text-ink-muted text-sm">{t("readinessHow")}</p>
          <ul className="mb-6 grid gap-4 sm:grid-cols-2 lg:grid-cols-5">
            {progress.areas.map(({ id, title, readiness }) => (
              <li key={id} className="grid gap-1">
                <span className="flex justify-between gap-2">
                  <span className="font-medium">{title[locale]}</span>
                  <span className="tabular-nums">{percent(readiness.chance)}</span>
                </span>
                <Meter value={readiness.chance} label={percent(readiness.chance)} />
                <span className="text-ink-muted text-sm">
                  {t("coverage", { percent: percent(readiness.coverage) })}
                </span>
              </li>
            ))}
          </ul>
          <ConceptMap areas={progress.areas} />
        </Card>
        {totals.answers === 0 ? (
          <div className="md:col-span-2">
            <EmptyState title={t("empty")}>
              <LinkButton href="/study" variant="primary">
                {t("start")}
              </LinkButton>
            </EmptyState>
          </div>
        ) : (
          <>
            <Card>
              <h2 className="mb-1 text-lg">{t("retention")}</h2>
              <p className="mb-4 text-ink-muted text-sm">{t("retentionHow")}</p>
              {retention.length > 0 ? (
                <Bars
                  title={t("retention")}
                  target={{
                    value: progress.desiredRetention,
                    label: t("target", { percent: percent(progress.desiredRetention) }),
                  }}
                  bars={retention.map(({ week, reviews, recalled }) => ({
                    label: day(week),
                    value: recalled / reviews,
                    text: t("retentionWeek", {
                      week: day(week),
                      percent: percent(recalled / reviews),
                      count: reviews,
                    }),
                  }))}
                />
              ) : (
                <p className="text-ink-muted">{t("retentionLater")}</p>
              )}
            </Card>
            <Card>
              <h2 className="mb-1 text-lg">{t("forecast")}</h2>
              <p className="mb-4 text-ink-muted text-sm">{t("forecastHow")}</p>
              <Bars
                title={t("forecast")}
                bars={progress.forecast.map(({ day: iso, reviews }) => ({
                  label: day(iso),
                  value: reviews,
                  text: t("forecastDay", { day: day(iso), count: reviews }),
                }))}
              />
            </Card>
            <Card className="md:col-span-2">
              <h2 className="mb-4 text-lg">{t("calendar")}</h2>
              <dl className="mb-4 grid grid-cols-2 gap-4 sm:grid-cols-3">
                <Stat label={t("answers")} value={format.number(totals.answers)} />
                <Stat
                  label={t("hours")}
                  value={format.number(totals.durationMs / 3_600_000, { maximumFractionDigits: 1 })}
                  note={t("hoursHow")}
                />
              </dl>
              <CalendarHeatMap {...progress.calendar} />
            </Card>
          </>
        )}
      </div>
    </>
  );
}
