"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { InlineMarkdown } from "#components/ui/markdown.tsx";
import { normalizeTyped, splitCloze } from "#lib/core/questions/index.ts";
import { Block, SubmitButton, VerdictRow } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";
import { useDraft } from "./use-draft.ts";

export function Player({ item, locale, onAnswer, given, onChange, submit }: PlayerProps<"cloze">) {
  const t = useTranslations("questions");
  const [gaps, setGaps] = useState<Record<string, string>>(given?.gaps ?? {});
  const answer = item.gaps.every(({ id }) => gaps[id]?.trim()) ? { gaps } : null;
  useDraft(answer, onChange);
  let number = 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (answer) onAnswer(answer);
      }}
    >
      <p className="text-lg leading-loose">
        {splitCloze(item.text[locale]).map((piece) => {
          if ("literal" in piece) return <InlineMarkdown key={piece.literal}>{piece.literal}</InlineMarkdown>;
          number++;
          return (
            <input
              key={piece.gap}
              aria-label={t("gap", { number })}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={200}
              size={14}
              value={gaps[piece.gap] ?? ""}
              onChange={(event) => setGaps({ ...gaps, [piece.gap]: event.target.value })}
              className="mx-1 min-h-10 max-w-full rounded-md border border-line-strong bg-raised px-2 font-mono text-base"
            />
          );
        })}
      </p>
      <SubmitButton disabled={answer === null} label={submit} />
    </form>
  );
}

export function Review({ item, locale, answer, misconceptions }: ReviewProps<"cloze">) {
  const t = useTranslations("questions");
  return (
    <div className="grid gap-3">
      <p className="text-lg leading-loose">
        {splitCloze(item.text[locale]).map((piece) =>
          "literal" in piece ? (
            <InlineMarkdown key={piece.literal}>{piece.literal}</InlineMarkdown>
          ) : (
            <strong key={piece.gap} className="mx-1 rounded bg-good-soft px-1.5 font-mono text-good">
              {item.gaps.find(({ id }) => id === piece.gap)?.accept[locale][0]}
            </strong>
          ),
        )}
      </p>
      <ul className="grid gap-2">
        {item.gaps.map(({ id, accept, traps }) => {
          const typed = answer.gaps[id] ?? "";
          const right = [...accept.ja, ...accept.en].some(
            (text) => normalizeTyped(text) === normalizeTyped(typed),
          );
          const trap = traps?.find((candidate) => normalizeTyped(candidate.answer) === normalizeTyped(typed));
          const belief = right ? undefined : misconceptions[trap?.misconception ?? ""];
          return (
            <VerdictRow
              key={id}
              verdict={right ? "right" : "wrong"}
              detail={belief ? <Block text={belief.model} locale={locale} /> : undefined}
            >
              {t("youTyped", { typed })}
            </VerdictRow>
          );
        })}
      </ul>
    </div>
  );
}
