"use client";

import { useFormatter, useTranslations } from "next-intl";
import { DrawnDiagram } from "#components/diagrams/drawn.tsx";
import { SourceLink } from "#components/ui/source-link.tsx";
import { Callout } from "#components/ui/surface.tsx";
import { isDiagramId } from "#lib/core/diagrams.ts";
import type { Answer, Grade, Locale, PublishedItem } from "#lib/core/questions/index.ts";
import type { Misconceptions } from "#lib/core/study/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { QuestionReview } from "./index.tsx";
import { Block } from "./parts.tsx";

/**
 * What came of an answer: right or wrong in words and shape, the question with the answer marked, why it is so, the
 * same thing in the VM world, and where the facts come from.
 */
export function Outcome({
  item,
  conceptId,
  locale,
  seed,
  answer,
  grade,
  misconceptions,
}: {
  item: PublishedItem;
  /** Whose lesson explains more. */
  conceptId: string;
  locale: Locale;
  seed: number;
  answer: Answer;
  grade: Grade;
  misconceptions: Misconceptions;
}) {
  const t = useTranslations("questions");
  const selfRated = item.kind === "flashcard";
  return (
    <div className="grid gap-5">
      {selfRated ? null : (
        <p
          role="status"
          className={`flex items-center gap-2 font-semibold text-lg ${grade.correct ? "text-good" : "text-wrong"}`}
        >
          <span
            aria-hidden="true"
            className="grid size-7 place-items-center rounded-full border-2 border-current text-sm"
          >
            {grade.correct ? "✓" : "✕"}
          </span>
          {grade.correct ? t("right") : t("wrong")}
          {!grade.correct && grade.score > 0 ? (
            <span className="font-normal text-base text-ink-muted">
              {t("partly", { percent: Math.round(grade.score * 100) })}
            </span>
          ) : null}
        </p>
      )}
      <QuestionReview {...{ item, locale, seed, answer, misconceptions }} />
      <Explanation {...{ item, conceptId, locale }} />
    </div>
  );
}

/** Why the answer is what it is. */
function Explanation({
  item,
  conceptId,
  locale,
}: {
  item: PublishedItem;
  conceptId: string;
  locale: Locale;
}) {
  const t = useTranslations("questions");
  const format = useFormatter();
  const day = (iso: string) =>
    format.dateTime(new Date(`${iso}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  return (
    <section aria-label={t("explanation")} id="explanation" tabIndex={-1} className="grid gap-4">
      <Block text={item.explanation} locale={locale} />
      {item.diagram && isDiagramId(item.diagram) ? <DrawnDiagram id={item.diagram} /> : null}
      {item.vmTwin ? (
        <Callout tone="vm" title={t("vmTwin")}>
          <Block text={item.vmTwin} locale={locale} />
        </Callout>
      ) : null}
      {/* In a tab of its own: what is being answered stays where it is. */}
      <Link
        href={`/concepts/${conceptId}`}
        target="_blank"
        className="w-fit py-1 text-pod-ink text-sm underline underline-offset-4"
      >
        {t("lesson")}
      </Link>
      <details className="text-ink-muted text-sm">
        <summary className="w-fit py-1">
          {t("sources", { count: item.sources.length })} · {t("checkedOn", { date: day(item.asOf) })}
        </summary>
        <ul className="mt-2 grid list-disc gap-1 pl-5">
          {item.sources.map((source) => (
            <li key={source.id}>
              <SourceLink source={source} /> ({t("read", { date: day(source.read) })})
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
