"use client";

import { useTranslations } from "next-intl";
import { Outcome } from "#components/questions/outcome.tsx";
import { type Answer, type Locale, type PublishedItem, titleOf } from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import type { Misconceptions } from "#lib/core/study/index.ts";

/** A question of an ended attempt; opened, it shows what was answered and why what is right is right. */
export function ReviewedItem({
  position,
  item,
  conceptId,
  seed,
  answer,
  correct,
  score,
  misconceptions,
  locale,
}: {
  position: number;
  item: PublishedItem;
  conceptId: string;
  seed: number;
  answer: Answer | null;
  correct: boolean;
  score: number;
  misconceptions: Misconceptions;
  locale: Locale;
}) {
  const t = useTranslations("exam");
  const verdict = answer === null ? "none" : correct ? "right" : "wrong";
  return (
    <details className="rounded-lg border border-line bg-raised px-4 py-3">
      <summary>
        <span className={correct ? "text-good" : "text-wrong"}>
          {correct ? "✓" : "✕"} {t(`verdicts.${verdict}`)}
        </span>{" "}
        {position + 1}. {titleOf(item, locale)}
      </summary>
      <div className="grid gap-4 pt-4">
        {answer === null ? <p className="font-medium">{t("noAnswer")}</p> : null}
        <Outcome
          item={item}
          conceptId={conceptId}
          seed={seed}
          answer={answer ?? rightAnswer(item, locale)}
          grade={{ correct, score, misconceptions: [] }}
          misconceptions={misconceptions}
          locale={locale}
        />
      </div>
    </details>
  );
}
