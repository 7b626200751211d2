"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { QuestionPlayer } from "#components/questions/index.tsx";
import { Outcome } from "#components/questions/outcome.tsx";
import { Block } from "#components/questions/parts.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/surface.tsx";
import { type Answer, grade, type Locale, type PublishedItem } from "#lib/core/questions/index.ts";
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
  const answer = given ?? rightAnswer(item, locale);
  return (
    <div lang={locale} className="grid min-w-0 content-start gap-4">
      <div className="font-semibold text-lg">
        <Block text={item.prompt} locale={locale} />
      </div>
      {item.hint ? (
        <Callout tone="neutral" title={t("hint")}>
          <Block text={item.hint} locale={locale} />
        </Callout>
      ) : null}
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
      ) : (
        <Outcome
          {...{ item, conceptId, locale, answer, misconceptions }}
          seed={SEED}
          grade={grade(item, answer, locale)}
        />
      )}
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
