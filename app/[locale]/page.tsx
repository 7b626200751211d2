import { cookies } from "next/headers";
import { getFormatter, getTranslations } from "next-intl/server";
import { OwnAssignments } from "#components/assignments/own-assignments.tsx";
import { Bars } from "#components/charts/bars.tsx";
import { WithDiagrams } from "#components/diagrams/index.tsx";
import { setLessons } from "#components/study/lesson.tsx";
import { StudyScreen } from "#components/study/study-screen.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Card, Meter, PageHeader, Stat } from "#components/ui/surface.tsx";
import type { Locale } from "#lib/core/questions/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { placementDeclined } from "#lib/server/placement-offer.ts";
import { getOwnAssignments } from "#lib/server/queries/assignments.ts";
import { getStudySession } from "#lib/server/queries/study-session.ts";
import { getToday } from "#lib/server/queries/today.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { declinePlacementAction } from "./placement/actions.ts";

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
  const [t, placement, session] = await Promise.all([
    getTranslations("today"),
    getTranslations("placement"),
    getStudySession(viewer, now),
  ]);
  const cards = [...session.cards].sort(
    (a, b) => Number(b.itemId === FIRST_QUESTION) - Number(a.itemId === FIRST_QUESTION),
  );
  return (
    <WithDiagrams items={cards.map(({ item }) => item)}>
      <StudyScreen
        key={now}
        {...session}
        cards={cards}
        lessons={setLessons(session.lessons, locale)}
        intro={
          <div className="mx-auto mb-6 grid max-w-2xl gap-2">
            <p className="text-balance text-ink-muted text-lg">{t("welcome")}</p>
            <p className="text-sm">
              {placement.rich("offerFirst", {
                link: (words) => (
                  <Link href="/placement" className="text-pod-ink underline underline-offset-4">
                    {words}
                  </Link>
                ),
              })}
            </p>
          </div>
        }
        asksFirst
        locale={locale}
      />
    </WithDiagrams>
  );
}

async function Today({ viewer, now, locale }: Context) {
  const [t, format, today, assigned, declined] = await Promise.all([
    getTranslations("today"),
    getFormatter(),
    getToday(viewer, now),
    getOwnAssignments(viewer, now),
    cookies().then(placementDeclined),
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
        {assigned.length > 0 ? <OwnAssignments assignments={assigned} /> : null}
        {today.offerPlacement && !declined ? <PlacementOffer /> : null}
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

/** The placement quiz, offered in a line and declined by one: a form, so that it works without JavaScript. */
async function PlacementOffer() {
  const t = await getTranslations("placement");
  return (
    <aside
      aria-label={t("offer")}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line border-dashed px-4 py-3 sm:px-6 md:col-span-2"
    >
      <p className="mr-auto">
        <span className="font-medium">{t("offer")}</span>{" "}
        <span className="text-ink-muted">{t("offerText")}</span>
      </p>
      <LinkButton href="/placement" size="sm">
        {t("offerTake")}
      </LinkButton>
      <form action={declinePlacementAction}>
        <Button type="submit" variant="quiet" size="sm">
          {t("offerDecline")}
        </Button>
      </form>
    </aside>
  );
}
