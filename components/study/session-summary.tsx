"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Ref } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Card, EmptyState, Stat } from "#components/ui/surface.tsx";
import { groupBy } from "#lib/core/collections.ts";
import { type Locale, titleOf } from "#lib/core/questions/index.ts";
import type { Step, StudyCard } from "#lib/core/study/index.ts";

/** What a session changed: what was learned, what wobbles, and when to come back. */
export function SessionSummary({
  steps,
  heading,
  locale,
  onUndo,
}: {
  steps: Step<StudyCard>[];
  /** Gets the focus when the last card is done. */
  heading: Ref<HTMLHeadingElement>;
  locale: Locale;
  onUndo?: (() => void) | undefined;
}) {
  const t = useTranslations("summary");
  const format = useFormatter();
  const answers = steps.filter(({ kind }) => kind === "answer");
  if (answers.length === 0) {
    return (
      <div className="mx-auto max-w-2xl">
        <EmptyState title={t("nothingDue")}>
          <p className="mb-4">{t("nothingDueHelp")}</p>
          <LinkButton href="/">{t("toToday")}</LinkButton>
        </EmptyState>
      </div>
    );
  }
  const cards = [...groupBy(answers, ({ before }) => before.itemId).values()];
  const wobbling = cards.filter((showings) => showings.some(({ correct }) => !correct));
  const learned = cards.filter(([first]) => first?.before.memory.state === "new").length;
  const next = Math.min(...cards.flatMap((showings) => showings.at(-1)?.after?.memory.due ?? []));
  return (
    <div className="mx-auto grid max-w-2xl gap-5">
      <Card>
        <h1 ref={heading} tabIndex={-1} className="mb-4 text-2xl outline-none">
          {t("title")}
        </h1>
        <dl className="grid grid-cols-3 gap-4">
          <Stat label={t("cards")} value={cards.length} />
          <Stat label={t("learned")} value={learned} />
          <Stat
            label={t("rightAtOnce")}
            value={format.number((cards.length - wobbling.length) / cards.length, { style: "percent" })}
          />
        </dl>
        {Number.isFinite(next) ? (
          <p className="mt-5 text-ink-muted">
            {t("next", { when: format.relativeTime(new Date(next), new Date()) })}
          </p>
        ) : null}
      </Card>
      {wobbling.length > 0 ? (
        <Card>
          <h2 className="mb-3 text-lg">{t("wobbling")}</h2>
          <ul className="grid list-disc gap-1.5 pl-5">
            {wobbling.map(([first]) =>
              first ? (
                <li key={first.before.itemId}>
                  <span className="text-ink-muted">{first.before.conceptTitle[locale]}: </span>
                  {titleOf(first.before.item, locale)}
                </li>
              ) : null,
            )}
          </ul>
        </Card>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <LinkButton href="/" variant="primary">
          {t("toToday")}
        </LinkButton>
        {onUndo ? (
          <Button variant="quiet" onClick={onUndo}>
            {t("undoLast")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
