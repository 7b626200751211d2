import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { ItemList } from "#components/banks/item-list.tsx";
import { Block, Inline } from "#components/questions/parts.tsx";
import { LessonBody } from "#components/study/lesson.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { SourceLink } from "#components/ui/source-link.tsx";
import { Card, Meter, PageHeader } from "#components/ui/surface.tsx";
import type { Locale, Text } from "#lib/core/questions/index.ts";
import type { LessonMark } from "#lib/core/study/lesson.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { getConcept } from "#lib/server/queries/banks.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { readLessonAction } from "./actions.ts";

interface Props {
  params: Promise<{ concept: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { viewer, now, locale } = await requestContext();
  const concept = await getConcept(viewer, (await params).concept, now);
  return concept ? { title: concept.title[locale] } : {};
}

export default async function ConceptPage({ params }: Props) {
  const { viewer, now, locale } = await requestContext();
  const concept = await getConcept(viewer, (await params).concept, now);
  if (!concept) notFound();
  const [t, format] = await Promise.all([getTranslations("concept"), getFormatter()]);
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <article>
        <PageHeader title={concept.title[locale]}>
          <Inline text={concept.summary} locale={locale} />
        </PageHeader>
        <LessonBody {...concept} locale={locale} />
        {isPerson(viewer) ? (
          <ReadMark conceptId={concept.id} mark={concept.mark} timeZone={viewer.timeZone} />
        ) : null}
        <nav aria-label={t("order")} className="mt-8 grid gap-3 border-line border-t pt-5 sm:grid-cols-2">
          {concept.previous ? (
            <Step {...{ locale }} label={t("previous")} concept={concept.previous} />
          ) : null}
          {concept.next ? (
            <Step
              {...{ locale }}
              label={t("next")}
              concept={concept.next}
              className="sm:col-start-2 sm:text-right"
            />
          ) : null}
        </nav>
        <section className="mt-8">
          <h2 className="mb-3 text-xl">{t("questions")}</h2>
          <ItemList items={concept.items} now={now} mayChange={isPerson(viewer)} />
        </section>
      </article>
      <aside className="grid content-start gap-4">
        <Card className="grid gap-2">
          <h2 className="font-semibold">{t("readiness")}</h2>
          <p className="text-3xl tabular-nums">{percent(concept.readiness.chance)}</p>
          <Meter value={concept.readiness.chance} label={percent(concept.readiness.chance)} />
          <LinkButton
            href={{
              pathname: "/quiz/play",
              query: { mode: "cram", items: concept.items.map(({ id }) => id), count: concept.items.length },
            }}
            size="sm"
            className="mt-2"
          >
            {t("practise")}
          </LinkButton>
        </Card>
        <Neighbours title={t("needs")} concepts={concept.needs} locale={locale} />
        <Neighbours title={t("neededBy")} concepts={concept.neededBy} locale={locale} />
        {concept.misconceptions.length > 0 ? (
          <Card>
            <h2 className="mb-2 font-semibold">{t("misconceptions")}</h2>
            <ul className="grid gap-3 text-sm">
              {concept.misconceptions.map(({ belief, model, symptom }) => (
                <li key={belief.en} className="grid gap-0.5">
                  <p className="text-wrong">
                    <span aria-hidden="true">✕ </span>
                    <Inline text={belief} locale={locale} />
                  </p>
                  <p>
                    <span aria-hidden="true" className="text-good">
                      ✓{" "}
                    </span>
                    <Inline text={model} locale={locale} />
                  </p>
                  <Block text={symptom} locale={locale} className="text-ink-muted" />
                </li>
              ))}
            </ul>
          </Card>
        ) : null}
        <Card>
          <h2 className="mb-2 font-semibold">{t("sources")}</h2>
          <ul className="grid gap-1 text-ink-muted text-sm">
            {concept.sources.map((source) => (
              <li key={source.id}>
                <SourceLink source={source} />
              </li>
            ))}
          </ul>
        </Card>
      </aside>
    </div>
  );
}

/** Whether the lesson was read; the way to say so is a form, which needs no JavaScript. */
async function ReadMark({
  conceptId,
  mark,
  timeZone,
}: {
  conceptId: string;
  mark: LessonMark | null;
  timeZone: string;
}) {
  const [t, format] = await Promise.all([getTranslations("lesson"), getFormatter()]);
  return (
    <form action={readLessonAction} className="mt-6 flex flex-wrap items-center gap-4">
      <input type="hidden" name="conceptId" value={conceptId} />
      {mark ? (
        <p className={mark.skipped ? "text-ink-muted" : "font-medium text-good"}>
          {mark.skipped ? null : <span aria-hidden="true">✓ </span>}
          {t(mark.skipped ? "skipped" : "read", {
            when: format.dateTime(mark.at, { dateStyle: "long", timeZone }),
          })}
        </p>
      ) : null}
      {mark && !mark.skipped ? null : <Button type="submit">{t("markRead")}</Button>}
    </form>
  );
}

/** The way to a neighbour in teaching order. */
function Step({
  label,
  concept,
  locale,
  className = "",
}: {
  label: string;
  concept: { id: string; title: Text };
  locale: Locale;
  className?: string;
}) {
  return (
    <Link
      href={`/concepts/${concept.id}`}
      className={`grid min-h-11 gap-0.5 rounded-lg border border-line px-4 py-2.5 hover:border-line-strong ${className}`}
    >
      <span className="text-ink-muted text-sm">{label}</span>
      <span className="font-medium">{concept.title[locale]}</span>
    </Link>
  );
}

function Neighbours({
  title,
  concepts,
  locale,
}: {
  title: string;
  concepts: { id: string; title: Text }[];
  locale: Locale;
}) {
  if (concepts.length === 0) return null;
  return (
    <Card>
      <h2 className="mb-2 font-semibold">{title}</h2>
      <ul className="grid gap-1">
        {concepts.map((concept) => (
          <li key={concept.id}>
            <Link
              href={`/concepts/${concept.id}`}
              className="underline decoration-line underline-offset-4 hover:text-pod-ink"
            >
              {concept.title[locale]}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
