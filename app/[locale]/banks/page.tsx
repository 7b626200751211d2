import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { Button } from "#components/ui/button.tsx";
import { InlineMarkdown } from "#components/ui/markdown.tsx";
import { Marked } from "#components/ui/marked.tsx";
import { Badge, Card, EmptyState, Meter, PageHeader } from "#components/ui/surface.tsx";
import type { Locale } from "#lib/core/questions/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { getCurriculum } from "#lib/server/queries/curriculum.ts";
import { search } from "#lib/server/queries/search.ts";
import { requestContext } from "#lib/server/request-context.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("nav"))("banks") };
}

export default async function BanksPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[] }>;
}) {
  const { viewer, locale } = await requestContext();
  const { q } = await searchParams;
  const query = typeof q === "string" ? q.slice(0, 200) : "";
  const t = await getTranslations("banks");
  return (
    <>
      <PageHeader title={t("title")} />
      <form className="mb-6 flex max-w-xl gap-2">
        <label className="sr-only" htmlFor="search">
          {t("search")}
        </label>
        <input
          id="search"
          name="q"
          type="search"
          defaultValue={query}
          placeholder={t("searchHint")}
          className="min-h-11 w-full rounded-lg border border-line-strong bg-raised px-3"
        />
        <Button type="submit">{t("search")}</Button>
      </form>
      {query.trim() ? <Results {...{ viewer, locale, query }} /> : <Banks {...{ viewer, locale }} />}
    </>
  );
}

async function Banks({ viewer, locale }: { viewer: Viewer; locale: Locale }) {
  const [t, format, { banks, concepts, areas }] = await Promise.all([
    getTranslations("banks"),
    getFormatter(),
    getCurriculum(viewer),
  ]);
  return (
    <>
      <ul className="mb-10 grid gap-4 sm:grid-cols-2">
        {banks.map(({ id, title, description, enrolled }) => {
          const cards = concepts.flatMap((concept) => concept.cards.filter(({ bankId }) => bankId === id));
          const own = concepts.filter((concept) => concept.cards.some(({ bankId }) => bankId === id));
          const read = own.filter(({ lesson }) => lesson === "read").length;
          const next = own.find(({ lesson }) => lesson === "unread");
          const seen = cards.filter(({ memory }) => memory.reps > 0).length;
          const share = seen / Math.max(1, cards.length);
          return (
            <Card as="li" key={id} className="grid content-start gap-2">
              <h2 className="text-lg">
                <Link href={`/banks/${id}`} className="underline decoration-line underline-offset-4">
                  {title[locale]}
                </Link>{" "}
                {isPerson(viewer) && !enrolled ? <Badge>{t("notEnrolled")}</Badge> : null}
              </h2>
              <p className="text-ink-muted">{description[locale]}</p>
              <p className="text-sm">{t("seen", { seen, count: cards.length })}</p>
              <Meter value={share} label={format.number(share, { style: "percent" })} />
              <p className="mt-1 text-sm">
                {t("lessonsRead", { read, count: own.length })}
                {next ? (
                  <span className="block">
                    {t("nextLesson")}{" "}
                    <Link href={`/concepts/${next.id}`} className="text-pod-ink underline underline-offset-4">
                      {next.title[locale]}
                    </Link>
                  </span>
                ) : null}
              </p>
            </Card>
          );
        })}
      </ul>
      <h2 className="mb-3 text-xl">{t("lessons")}</h2>
      <div className="grid gap-6 sm:grid-cols-2">
        {areas.map((area) => {
          const own = concepts.filter(({ areaId }) => areaId === area.id);
          return own.length === 0 ? null : (
            <section key={area.id}>
              <h3 className="mb-2 flex flex-wrap items-baseline gap-x-3 font-semibold text-pod-ink">
                {area.title[locale]}
                <span className="font-normal text-ink-muted text-sm">
                  {t("areaRead", {
                    read: own.filter(({ lesson }) => lesson === "read").length,
                    count: own.length,
                  })}
                </span>
              </h3>
              <ol className="grid gap-1">
                {own.map(({ id, title, summary, lesson }) => (
                  <li key={id}>
                    <Link href={`/concepts/${id}`} className="block rounded-lg py-1.5 hover:text-pod-ink">
                      <span className="font-medium underline decoration-line underline-offset-4">
                        {title[locale]}
                      </span>
                      {lesson === "read" ? (
                        <span className="ml-2 text-good text-sm">
                          <span aria-hidden="true">✓ </span>
                          {t("read")}
                        </span>
                      ) : null}
                      <span className="block text-ink-muted text-sm">
                        <InlineMarkdown>{summary[locale]}</InlineMarkdown>
                      </span>
                    </Link>
                  </li>
                ))}
              </ol>
            </section>
          );
        })}
      </div>
    </>
  );
}

async function Results({ viewer, locale, query }: { viewer: Viewer; locale: Locale; query: string }) {
  const [t, hits] = await Promise.all([getTranslations("banks"), search(viewer, query, locale)]);
  if (hits.length === 0)
    return <EmptyState title={t("nothingFound", { query })}>{t("searchHelp")}</EmptyState>;
  return (
    <>
      <h2 className="mb-3 text-lg">{t("found", { count: hits.length })}</h2>
      <ul className="grid gap-2">
        {hits.map(({ kind, id, conceptId, title, text, language }) => (
          <li key={`${kind}-${id}`}>
            <Link
              href={`/concepts/${conceptId}`}
              className="block rounded-lg border border-line bg-raised px-4 py-3 hover:border-line-strong"
            >
              <span className="flex items-center gap-2 text-sm">
                <Badge tone={kind === "concept" ? "pod" : "neutral"}>
                  {t(kind === "concept" ? "lesson" : "question")}
                </Badge>
                <span className="text-ink-muted">
                  <Marked segments={title} />
                </span>
              </span>
              <span lang={language === locale ? undefined : language} className="mt-1 block">
                <Marked segments={text} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
