import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { defined } from "#components/dashboard/data-table.tsx";
import { Figure } from "#components/dashboard/figure.tsx";
import { Block, Inline } from "#components/questions/parts.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout, Card, Meter, PageHeader } from "#components/ui/surface.tsx";
import {
  type Choice,
  MIN_DISCRIMINATION_COUNT,
  SLOW_FACTOR,
  shownDiscrimination,
  TOO_EASY,
  TOO_HARD,
} from "#lib/core/mastery/index.ts";
import type { SelfRating } from "#lib/core/questions/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { getItemDashboard } from "#lib/server/queries/dashboard/items.ts";
import { DashboardFilters, type DashboardProps, dashboardRequest } from "../../dashboard-filters.tsx";
import { writersOf } from "../../writers.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard"))("items.question") };
}

export default async function ItemPage(props: DashboardProps<{ item: string }>) {
  const { viewer, now, locale, team: teamId, item: itemId, filter } = await dashboardRequest(props);
  const dashboard = await getItemDashboard(viewer, teamId, itemId, filter, now);
  if (!dashboard) notFound();
  const { frame, line, item, parts, byBelief, answers, earlier } = dashboard;
  const [t, kinds, ratings, { moment, percent, format }] = await Promise.all([
    getTranslations("dashboard"),
    getTranslations("kinds"),
    getTranslations("study.ratings"),
    writersOf(frame.team.timeZone),
  ]);
  const asOf = moment(now);
  const r = shownDiscrimination(line.discrimination);
  const textOf = ({ id, text }: Choice) => {
    if (text === null)
      return byBelief ? t(`items.drawn.${id as "right" | "neither"}`) : ratings(id as SelfRating);
    return text[locale] === "" ? t("items.typedNothing") : <Inline text={text} locale={locale} />;
  };
  return (
    <>
      <LinkButton
        size="sm"
        variant="quiet"
        className="mb-2"
        href={{ pathname: `/teams/${frame.team.id}/items`, query: defined({ ...frame.filter }) }}
      >
        ← {t("items.back")}
      </LinkButton>
      <PageHeader title={line.concept[locale]}>
        {kinds(item.kind)} ·{" "}
        <Link href={`/concepts/${line.conceptId}`} className="underline underline-offset-4">
          {t("items.lesson")}
        </Link>
      </PageHeader>
      <DashboardFilters frame={frame} names={["group", "assignment", "period"]} />
      <div className="grid gap-4">
        <Card>
          <h2 className="sr-only">{t("items.question")}</h2>
          <div className="font-semibold text-lg">
            <Block text={item.kind === "cloze" ? item.text : item.prompt} locale={locale} />
          </div>
        </Card>
        {line.flags.map((flag) => (
          <Callout key={flag} tone="warn" title={t(`items.flags.${flag}`)}>
            {t(`items.why.${flag}`, {
              easy: percent(TOO_EASY),
              hard: percent(TOO_HARD),
              factor: SLOW_FACTOR,
            })}
          </Callout>
        ))}
        <Card className="grid gap-6 sm:grid-cols-3">
          <Figure
            name={t("items.right")}
            value={percent(line.right / line.count)}
            note={t("items.people", { count: line.count })}
            explanation={{ definition: t("items.rightWhat"), formula: t("items.rightHow"), asOf }}
          />
          <Figure
            name={t("items.discrimination")}
            value={
              r === null
                ? t("items.tooFew")
                : format.number(r, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
            }
            note={
              r === null
                ? t("items.tooFewLong", { count: MIN_DISCRIMINATION_COUNT })
                : t("items.people", { count: line.discrimination.count })
            }
            explanation={{
              definition: t("items.discriminationWhat"),
              formula: t("items.discriminationHow", { count: MIN_DISCRIMINATION_COUNT }),
              asOf,
            }}
          />
          <Figure
            name={t("items.time")}
            value={t("items.seconds", {
              seconds: format.number((line.medianMs ?? 0) / 1000, { maximumFractionDigits: 0 }),
            })}
            explanation={{ definition: t("items.timeWhat"), formula: t("items.timeHow"), asOf }}
          />
        </Card>
        <Card className="grid gap-4">
          <div>
            <h2 className="text-lg">{t("items.answered")}</h2>
            <p className="text-ink-muted text-sm">
              {t("items.answeredHow", { count: answers })}{" "}
              {earlier > 0 ? t("items.earlier", { count: earlier }) : null}{" "}
              {item.template ? t("items.drawn.how") : null}
              {item.kind === "manifest" ? t("items.drawn.manifests") : null}
              {item.kind === "ordering" ? t("items.ordering") : null}
            </p>
          </div>
          {parts.map(({ id, title, choices }) => (
            <section key={id} className="grid gap-2">
              {title ? (
                <h3 className="font-semibold">
                  {item.kind === "cloze" ? (
                    t("items.part", { number: title[locale] })
                  ) : (
                    <Inline text={title} locale={locale} />
                  )}
                </h3>
              ) : null}
              <ul className="grid gap-2">
                {choices.map((choice) => (
                  <li
                    key={choice.id}
                    className={`grid gap-x-4 gap-y-1 rounded-lg border px-3 py-2 sm:grid-cols-[1fr_12rem] ${choice.right ? "border-good" : "border-line"}`}
                  >
                    <span>
                      {choice.right ? (
                        <span className="mr-2 font-semibold text-good">✓ {t("items.isRight")}</span>
                      ) : null}
                      {textOf(choice)}
                    </span>
                    <span className="grid content-center gap-1 text-sm tabular-nums">
                      {t("items.choice", { count: choice.count, total: answers })}
                      <Meter
                        value={answers === 0 ? 0 : choice.count / answers}
                        label={percent(answers === 0 ? 0 : choice.count / answers)}
                      />
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </Card>
      </div>
    </>
  );
}
