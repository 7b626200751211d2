import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { ItemPreview } from "#components/author/item-preview.tsx";
import { ProblemList } from "#components/author/problem-list.tsx";
import { WithDiagrams } from "#components/diagrams/index.tsx";
import { Markdown } from "#components/ui/markdown.tsx";
import { Badge, Card, PageHeader } from "#components/ui/surface.tsx";
import { LOCALES } from "#lib/core/questions/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { readForAuthors } from "#lib/server/content/index.ts";
import { developmentOnly } from "#lib/server/development-only.ts";
import { requestContext } from "#lib/server/request-context.ts";

interface Props {
  params: Promise<{ concept: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).concept };
}

/** A concept's lesson and items in both languages side by side, each with what the linter says of it. */
export default async function AuthorConceptPage({ params }: Props) {
  developmentOnly();
  const [{ concept: id }, { now, locale }] = await Promise.all([params, requestContext()]);
  const { areas, misconceptions } = await readForAuthors("content", new Date(now).toISOString().slice(0, 10));
  const concept = areas.flatMap(({ concepts }) => concepts).find((one) => one.id === id);
  if (!concept) notFound();
  const [t, kinds] = await Promise.all([getTranslations("author"), getTranslations("kinds")]);
  const messages = await Promise.all(LOCALES.map((each) => getMessages({ locale: each })));
  return (
    <>
      <PageHeader title={concept.title[locale]}>
        <Link href="/author" className="underline underline-offset-4">
          {t("title")}
        </Link>
      </PageHeader>
      <div className="grid gap-6">
        <Card className="grid gap-4">
          <ProblemList problems={concept.problems} />
          <details>
            <summary className="w-fit">{t("lesson")}</summary>
            <div className="mt-3 grid gap-8 lg:grid-cols-2">
              {LOCALES.map((each) => (
                <div key={each} lang={each} className="min-w-0">
                  <Markdown>{concept.lesson[each]}</Markdown>
                </div>
              ))}
            </div>
          </details>
        </Card>
        <WithDiagrams items={concept.items.map(({ item }) => item)}>
          {concept.items.map(({ item, place, problems }) => (
            <Card key={item.id} as="article" className="grid gap-4">
              <h2 id={item.id} className="flex flex-wrap items-center gap-2 text-base">
                {item.id}
                <Badge>{kinds(item.kind)}</Badge>
                <Badge>{t("difficulty", { level: item.difficulty })}</Badge>
                <code className="font-normal text-ink-muted text-sm">
                  {place.file}:{place.line}
                </code>
              </h2>
              <ProblemList problems={problems} />
              <div className="grid gap-8 lg:grid-cols-2">
                {LOCALES.map((each, index) => (
                  <NextIntlClientProvider key={each} locale={each} messages={messages[index] ?? null}>
                    <ItemPreview item={item} conceptId={id} locale={each} misconceptions={misconceptions} />
                  </NextIntlClientProvider>
                ))}
              </div>
            </Card>
          ))}
        </WithDiagrams>
      </div>
    </>
  );
}
