"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { grade, parseTypedNumber } from "#lib/core/questions/index.ts";
import { Block, Inline, SubmitButton, VerdictRow } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";
import { useDraft } from "./use-draft.ts";

export function Player({ item, locale, onAnswer, given, onChange, submit }: PlayerProps<"numeric">) {
  const t = useTranslations("questions");
  const [number, setNumber] = useState(given?.number ?? "");
  const answer = parseTypedNumber(number) === null ? null : { number };
  useDraft(answer, onChange);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (answer) onAnswer(answer);
      }}
    >
      <label className="grid gap-1.5">
        <span className="text-ink-muted text-sm">{t("number")}</span>
        <span className="flex items-center gap-2">
          <input
            inputMode="decimal"
            autoComplete="off"
            maxLength={40}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
            className="min-h-11 w-40 rounded-lg border border-line-strong bg-raised px-3 font-mono text-lg"
          />
          <Inline text={item.unit} locale={locale} />
        </span>
      </label>
      {number && !answer ? (
        <p role="status" className="mt-2 text-sm text-warn">
          {t("notANumber")}
        </p>
      ) : null}
      <SubmitButton disabled={answer === null} label={submit} />
    </form>
  );
}

export function Review({ item, locale, answer, misconceptions }: ReviewProps<"numeric">) {
  const t = useTranslations("questions");
  const { correct, misconceptions: shown } = grade(item, answer, locale);
  const trap = correct ? undefined : item.traps?.find(({ misconception }) => shown.includes(misconception));
  const belief = misconceptions[trap?.misconception ?? ""];
  return (
    <div className="grid gap-3">
      <ul className="grid gap-2">
        <VerdictRow
          verdict={correct ? "right" : "wrong"}
          detail={
            trap ? (
              <>
                {belief ? (
                  <p className="mb-1 font-medium text-wrong">
                    「<Inline text={belief.belief} locale={locale} />」
                  </p>
                ) : null}
                <Block text={trap.why} locale={locale} />
              </>
            ) : undefined
          }
        >
          {t("youTyped", { typed: answer.number })}
        </VerdictRow>
        {correct ? null : (
          <VerdictRow verdict="missed">
            {item.value.toLocaleString(locale)} <Inline text={item.unit} locale={locale} />
          </VerdictRow>
        )}
      </ul>
      <div className="rounded-lg border border-line px-4 py-3">
        <p className="text-ink-muted text-sm">{t("steps")}</p>
        <Block text={item.steps} locale={locale} />
      </div>
    </div>
  );
}
