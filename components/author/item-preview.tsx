"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { QuestionPlayer } from "#components/questions/index.tsx";
import { Outcome } from "#components/questions/outcome.tsx";
import { Block } from "#components/questions/parts.tsx";
import { useQuestions } from "#components/questions/use-questions.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/surface.tsx";
import { type Answer, hintsOf, type Locale, type PublishedItem } from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import type { Misconceptions } from "#lib/core/study/index.ts";

/** Any layout will do; it stays the same from one save to the next. */
const SEED = 1;

/**
 * An item in one language as learners see it: first as it looks when it was answered rightly, with all that is explained,
 * and on request as it is asked. Only one that is asked listens to the keyboard.
 */
export function ItemPreview({
  item,
  conceptId,
  locale,
  misconceptions,
}: {
  item: PublishedItem;
  conceptId: string;
  locale: Locale;
  misconceptions: Misconceptions;
}) {
  const t = useTranslations("author");
  const [asking, setAsking] = useState(false);
  const [given, setGiven] = useState<Answer | null>(null);
  const questions = useQuestions([{ item }]);
  const answer = given ?? rightAnswer(item, locale);
  return (
    <div lang={locale} className="grid min-w-0 content-start gap-4">
      <div className="font-semibold text-lg">
        <Block text={item.prompt} locale={locale} />
      </div>
      {hintsOf(item).map((text) => (
        <Callout key={text[locale]} tone="neutral" title={t("hint")}>
          <Block text={text} locale={locale} />
        </Callout>
      ))}
      {asking ? (
        <QuestionPlayer
          item={item}
          locale={locale}
          seed={SEED}
          onAnswer={(next) => {
            setGiven(next);
            setAsking(false);
          }}
        />
      ) : questions ? (
        <Outcome
          {...{ item, conceptId, locale, answer, misconceptions }}
          seed={SEED}
          grade={questions.grade(item, answer, locale)}
        />
      ) : null}
      <Button
        size="sm"
        className="justify-self-start"
        onClick={() => {
          setGiven(null);
          setAsking(!asking);
        }}
      >
        {asking ? t("showRight") : t("ask")}
      </Button>
    </div>
  );
}
