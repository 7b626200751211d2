import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { OpenTour } from "#components/playground/open.tsx";
import { SourceLink } from "#components/ui/source-link.tsx";
import { PageHeader } from "#components/ui/surface.tsx";
import { getTour } from "#lib/server/queries/tours.ts";
import { requestContext } from "#lib/server/request-context.ts";

interface Props {
  params: Promise<{ tour: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await requestContext();
  const tour = await getTour((await params).tour);
  return tour ? { title: tour.title[locale] } : {};
}

/** Where a link leads: the step counted from 1, and perhaps a moment of it. What is not there is the beginning. */
const placeSchema = z.object({
  step: z.coerce.number().int().min(1).max(100).catch(1),
  at: z.coerce.number().int().min(0).max(10_000).optional().catch(undefined),
});

export default async function TourPage({ params, searchParams }: Props) {
  const { locale } = await requestContext();
  const tour = await getTour((await params).tour);
  if (!tour) notFound();
  const [{ step, at }, t] = await Promise.all([
    searchParams.then((query) => placeSchema.parse(query)),
    getTranslations("playground"),
  ]);
  const { id, title, summary, scene, steps, sources } = tour;
  return (
    <>
      <PageHeader title={title[locale]}>{summary[locale]}</PageHeader>
      <OpenTour tour={{ id, title, scene, steps }} place={{ step: Math.min(step, steps.length) - 1, at }} />
      <section className="mt-8 text-ink-muted text-sm">
        <h2 className="mb-1 font-semibold">{t("sources")}</h2>
        <ul className="grid gap-1">
          {sources.map((source) => (
            <li key={source.id}>
              <SourceLink source={source} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
