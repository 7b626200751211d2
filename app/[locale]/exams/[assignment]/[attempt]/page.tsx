import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { WithDiagrams } from "#components/diagrams/index.tsx";
import { ReviewedItem } from "#components/exam/reviewed-item.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/surface.tsx";
import { getExamReview } from "#lib/server/queries/exam.ts";
import { requestContext } from "#lib/server/request-context.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("exam"))("title") };
}

/** The questions of an attempt with their explanations, after the last word was said. */
export default async function ExamReviewPage({
  params,
}: {
  params: Promise<{ assignment: string; attempt: string }>;
}) {
  const { viewer, now, locale } = await requestContext();
  const { assignment, attempt } = await params;
  const review = await getExamReview(viewer, { assignmentId: assignment, number: Number(attempt) }, now);
  if (!review) notFound();
  const [t, format] = await Promise.all([getTranslations("exam"), getFormatter()]);
  const { right, items, score, number } = review.attempt;
  return (
    <>
      <PageHeader title={review.title}>
        {t("reviewTitle", { number })} ·{" "}
        {t("scoreOf", { share: format.number(score, { style: "percent" }), right, count: items })}
      </PageHeader>
      <WithDiagrams items={review.entries.map(({ item }) => item)}>
        <div className="mb-6 grid max-w-3xl gap-2">
          {review.entries.map((entry) => (
            <ReviewedItem
              key={entry.position}
              {...entry}
              misconceptions={review.misconceptions}
              locale={locale}
            />
          ))}
        </div>
      </WithDiagrams>
      <LinkButton href={`/exams/${assignment}`}>{t("backToExam")}</LinkButton>
    </>
  );
}
