import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { ProblemList } from "#components/author/problem-list.tsx";
import { Badge, Card, PageHeader } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { type AuthorConcept, readForAuthors } from "#lib/server/content/index.ts";
import { developmentOnly } from "#lib/server/development-only.ts";
import { requestContext } from "#lib/server/request-context.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("author"))("title") };
}

/** The content as it stands in the files: what the linter finds, which facts grow old, and each concept. */
export default async function AuthorPage() {
  developmentOnly();
  const { now, locale } = await requestContext();
  const { areas, facts, elsewhere } = await readForAuthors(
    "content",
    new Date(now).toISOString().slice(0, 10),
  );
  const [t, format] = await Promise.all([getTranslations("author"), getFormatter()]);
  const day = (iso: string) => format.dateTime(new Date(`${iso}T00:00:00Z`), { dateStyle: "medium" });
  return (
    <>
      <PageHeader title={t("title")}>{t("intro")}</PageHeader>
      <div className="grid gap-6">
        {elsewhere.length > 0 ? (
          <Card className="grid gap-3">
            <h2 className="text-lg">{t("elsewhere")}</h2>
            <ProblemList problems={elsewhere} />
          </Card>
        ) : null}
        <Card className="grid gap-3">
          <h2 className="text-lg">{t("facts")}</h2>
          {facts.length === 0 ? <p className="text-ink-muted">{t("noFacts")}</p> : null}
          <ul className="grid gap-1">
            {facts.map(({ item, concept, reviewBy, expired }) => (
              <li key={item} className="flex flex-wrap items-center gap-2">
                <Badge tone={expired ? "wrong" : "warn"}>{t(expired ? "expired" : "expiring")}</Badge>
                <Link href={`/author/${concept}#${item}`} className="underline underline-offset-4">
                  {item}
                </Link>
                <span className="text-ink-muted text-sm">{t("reviewBy", { date: day(reviewBy) })}</span>
              </li>
            ))}
          </ul>
        </Card>
        {areas.map(({ id, title, concepts }) => (
          <Card key={id} className="grid gap-3">
            <h2 className="text-lg">{title[locale]}</h2>
            <ul className="grid gap-1">
              {concepts.map((concept) => (
                <li key={concept.id} className="flex flex-wrap items-center gap-2">
                  <Link href={`/author/${concept.id}`} className="underline underline-offset-4">
                    {concept.title[locale]}
                  </Link>
                  <span className="text-ink-muted text-sm">
                    {t("items", { count: concept.items.length })}
                  </span>
                  <Counts concept={concept} />
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
    </>
  );
}

/** How many errors and warnings there are in a concept and its items. */
async function Counts({ concept }: { concept: AuthorConcept }) {
  const t = await getTranslations("author");
  const problems = [...concept.problems, ...concept.items.flatMap((item) => item.problems)];
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  return (
    <>
      {errors > 0 ? <Badge tone="wrong">{t("errors", { count: errors })}</Badge> : null}
      {warnings > 0 ? <Badge tone="warn">{t("warnings", { count: warnings })}</Badge> : null}
    </>
  );
}
