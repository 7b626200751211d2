"use client";

import { useTranslations } from "next-intl";
import { Outcome } from "#components/questions/outcome.tsx";
import { Badge } from "#components/ui/surface.tsx";
import { type Answer, type Locale, type PublishedItem, titleOf } from "#lib/core/questions/index.ts";
import type { Source } from "#lib/core/reviews/event.ts";
import type { Misconceptions } from "#lib/core/study/index.ts";

interface Entry {
  source: Source;
  correct: boolean;
  score: number;
  hinted: boolean;
  durationMs: number;
  seed: number;
  answer: Answer;
  undone: boolean;
  item: PublishedItem;
  conceptId: string;
}

/** One answer; opened, it shows the question again as it was laid out and answered. */
export function HistoryEntryView({
  entry,
  when,
  misconceptions,
  locale,
}: {
  entry: Entry;
  when: string;
  misconceptions: Misconceptions;
  locale: Locale;
}) {
  const t = useTranslations("history");
  const { item, correct, score } = entry;
  return (
    <details data-testid="history-entry" className="rounded-lg border border-line bg-raised px-4 py-3">
      <summary>
        <span className={correct ? "text-good" : "text-wrong"}>
          {correct ? `✓ ${t("right")}` : `✕ ${t("wrong")}`}
        </span>{" "}
        {titleOf(item, locale)}
        <span className="mt-1 flex flex-wrap gap-2 text-ink-muted text-sm">
          {when}
          <Badge>{t(`sources.${entry.source}`)}</Badge>
          {entry.hinted ? <Badge tone="warn">{t("hinted")}</Badge> : null}
          {entry.undone ? <Badge tone="warn">{t("undone")}</Badge> : null}
          <span>{t("seconds", { count: Math.round(entry.durationMs / 1000) })}</span>
        </span>
      </summary>
      <div className="pt-4">
        <Outcome
          item={item}
          conceptId={entry.conceptId}
          seed={entry.seed}
          answer={entry.answer}
          grade={{ correct, score, misconceptions: [] }}
          misconceptions={misconceptions}
          locale={locale}
        />
      </div>
    </details>
  );
}
