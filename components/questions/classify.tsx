"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { shuffle } from "#lib/core/questions/index.ts";
import { Block, Inline, SubmitButton, VerdictRow } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";
import { useDraft } from "./use-draft.ts";

export function Player({ item, locale, seed, onAnswer, given, onChange, submit }: PlayerProps<"classify">) {
  const t = useTranslations("questions");
  const [buckets, setBuckets] = useState<Record<string, string>>(given?.buckets ?? {});
  const answer = item.cards.every(({ id }) => buckets[id]) ? { buckets } : null;
  useDraft(answer, onChange);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (answer) onAnswer(answer);
      }}
    >
      <p className="mb-3 text-ink-muted text-sm">{t("classifyHelp")}</p>
      <ul className="grid gap-2.5">
        {shuffle(item.cards, seed).map((card) => (
          <li key={card.id} className="rounded-lg border border-line bg-raised p-3">
            <fieldset className="grid gap-2 sm:grid-cols-[1fr_auto] sm:items-center">
              <legend className="float-left font-medium sm:max-w-md">
                <Inline text={card.text} locale={locale} />
              </legend>
              <div className="clear-both flex flex-wrap gap-1.5 sm:justify-end">
                {item.buckets.map((bucket) => (
                  <label
                    key={bucket.id}
                    className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-lg border border-line px-3 text-sm has-checked:border-pod has-checked:bg-pod-soft has-focus-visible:outline-2 has-focus-visible:outline-focus"
                  >
                    <input
                      type="radio"
                      name={`bucket-${card.id}`}
                      checked={buckets[card.id] === bucket.id}
                      onChange={() => setBuckets({ ...buckets, [card.id]: bucket.id })}
                      className="size-4 accent-pod outline-none"
                    />
                    <Inline text={bucket.label} locale={locale} />
                  </label>
                ))}
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
      <SubmitButton disabled={answer === null} label={submit} />
    </form>
  );
}

export function Review({ item, locale, answer, misconceptions }: ReviewProps<"classify">) {
  const t = useTranslations("questions");
  const labelOf = (id: string | undefined) => item.buckets.find((bucket) => bucket.id === id)?.label;
  return (
    <ul className="grid gap-2">
      {item.cards.map((card) => {
        const given = answer.buckets[card.id];
        const ok = given === card.bucket;
        const belief = ok ? undefined : misconceptions[card.misconception ?? ""];
        const bucket = labelOf(card.bucket);
        return (
          <VerdictRow
            key={card.id}
            verdict={ok ? "right" : "wrong"}
            detail={
              ok ? undefined : (
                <>
                  <p>{t("youChose", { choice: labelOf(given)?.[locale] ?? "–" })}</p>
                  {belief ? <Block text={belief.model} locale={locale} /> : null}
                </>
              )
            }
          >
            <Inline text={card.text} locale={locale} /> → {bucket ? <strong>{bucket[locale]}</strong> : null}
          </VerdictRow>
        );
      })}
    </ul>
  );
}
