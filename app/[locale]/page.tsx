import { getFormatter, getTranslations } from "next-intl/server";
import { Bars } from "#components/charts/bars.tsx";
import { WithDiagrams } from "#components/diagrams/index.tsx";
import { setLessons } from "#components/study/lesson.tsx";
import { StudyScreen } from "#components/study/study-screen.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, Meter, PageHeader, Stat } from "#components/ui/surface.tsx";
import type { Locale } from "#lib/core/questions/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { getStudySession } from "#lib/server/queries/study-session.ts";
import { getToday } from "#lib/server/queries/today.ts";
import { requestContext } from "#lib/server/request-context.ts";

export default async function HomePage() {
  const { viewer, now, locale } = await requestContext();
  return isPerson(viewer) ? (
    <Today {...{ viewer, now, locale }} />
  ) : (
    <FirstVisit {...{ viewer, now, locale }} />
  );
}

interface Context {
  viewer: Viewer;
  now: number;
  locale: Locale;
}

/** The question that every infrastructure engineer has an answer to, and most of them the wrong one. */
const FIRST_QUESTION = "pod-ip-after-recreate";

/** No marketing: one sentence, and a real question to answer at once. */
async function FirstVisit({ viewer, now, locale }: Context) {
  const [t, session] = await Promise.all([getTranslations("today"), getStudySession(viewer, now)]);
  const cards = [...session.cards].sort(
    (a, b) => Number(b.itemId === FIRST_QUESTION) - Number(a.itemId === FIRST_QUESTION),
  );
  return (
    <WithDiagrams items={cards.map(({ item }) => item)}>
      <p className="mx-auto mb-6 max-w-2xl text-balance text-ink-muted text-lg">{t("welcome")}</p>
      <StudyScreen
        key={now}
        {...session}
        cards={cards}
        lessons={setLessons(session.lessons, locale)}
        asksFirst
        locale={locale}
      />
    </WithDiagrams>
  );
}

async function Today({ viewer, now, locale }: Context) {
  const [t, format, today] = await Promise.all([
    getTranslations("today"),
    getFormatter(),
    getToday(viewer, now),
  ]);
  const left = today.due + today.fresh;
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="grid items-start gap-4 md:grid-cols-[3fr_2fr]">
        <Card className="grid gap-6">
          <dl className="grid grid-cols-3 gap-4">
            <Stat label={t("due")} value={today.due} />
            <Stat label={t("fresh")} value={today.fresh} />
            <Stat label={t("done")} value={today.done} />
          </dl>
          {left > 0 ? (
            <div className="flex flex-wrap items-center gap-4">
              <LinkButton href="/study" variant="primary" size="lg">
                {t("begin")}
              </LinkButton>
              <span className="text-ink-muted">{t("minutes", { count: today.minutes })}</span>
            </div>
          ) : (
            <div className="flex flex-wrap items-center gap-4">
              <p className="font-semibold text-good">{t("allDone")}</p>
              <LinkButton href="/quiz">{t("quizInstead")}</LinkButton>
            </div>
          )}
          {today.streak > 1 ? (
            <p className="text-ink-muted text-sm">{t("streak", { count: today.streak })}</p>
          ) : null}
        </Card>
        <Card>
          <h2 className="mb-3 text-lg">{t("weakest")}</h2>
          {today.weakest.length > 0 ? (
            <ul className="grid gap-3">
              {today.weakest.map(({ id, title, readiness }) => (
                <li key={id}>
                  <Link href={`/concepts/${id}`} className="grid gap-1">
                    <span className="flex justify-between gap-3">
                      <span className="underline decoration-line underline-offset-4">{title[locale]}</span>
                      <span className="text-ink-muted tabular-nums">{percent(readiness.chance)}</span>
                    </span>
                    <Meter
                      value={readiness.chance}
                      label={t("readiness", { percent: percent(readiness.chance) })}
                    />
                  </Link>
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-ink-muted">{t("noWeakest")}</p>
          )}
        </Card>
        <Card className="md:col-span-2">
          <h2 className="mb-3 text-lg">{t("forecast")}</h2>
          <Bars
            title={t("forecast")}
            bars={today.forecast.map(({ day, reviews }) => {
              const label = format.dateTime(new Date(`${day}T00:00:00Z`), {
                month: "short",
                day: "numeric",
                timeZone: "UTC",
              });
              return { label, value: reviews, text: t("forecastDay", { day: label, count: reviews }) };
            })}
          />
        </Card>
      </div>
    </>
  );
}
