"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Part, shuffle } from "#lib/core/questions/index.ts";
import { Block, Inline, SubmitButton, VerdictRow } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";
import { useDraft } from "./use-draft.ts";

/** The right-hand sides, extras included. */
const sides = (item: PlayerProps<"matching">["item"]): Part[] => [
  ...item.pairs.flatMap(({ id, right }) => (right ? [{ id, text: right }] : [])),
  ...(item.extras ?? []),
];

export function Player({ item, locale, seed, onAnswer, given, onChange, submit }: PlayerProps<"matching">) {
  const t = useTranslations("questions");
  const [matches, setMatches] = useState<Record<string, string>>(given?.matches ?? {});
  const answer = item.pairs.every(({ id }) => matches[id]) ? { matches } : null;
  useDraft(answer, onChange);
  const rights = shuffle(sides(item), seed);
  const taken = new Set(Object.values(matches));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (answer) onAnswer(answer);
      }}
    >
      <p className="mb-3 text-ink-muted text-sm">{t("matchHelp")}</p>
      <ul className="grid gap-2.5">
        {shuffle(item.pairs, seed + 1).map(({ id, left }) => (
          <li
            key={id}
            className="grid gap-1.5 rounded-lg border border-line bg-raised p-3 sm:grid-cols-2 sm:items-center sm:gap-4"
          >
            <label htmlFor={`match-${id}`} className="font-medium">
              <Inline text={left} locale={locale} />
            </label>
            <select
              id={`match-${id}`}
              value={matches[id] ?? ""}
              onChange={(event) => setMatches({ ...matches, [id]: event.target.value })}
              className="min-h-11 w-full rounded-lg border border-line-strong bg-raised px-2"
            >
              <option value="" disabled>
                {t("choose")}
              </option>
              {rights.map((right) => (
                <option key={right.id} value={right.id}>
                  {taken.has(right.id) && matches[id] !== right.id ? "· " : ""}
                  {plain(right.text[locale])}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
      <SubmitButton disabled={answer === null} label={submit} />
    </form>
  );
}

export function Review({ item, locale, answer, misconceptions }: ReviewProps<"matching">) {
  const t = useTranslations("questions");
  return (
    <ul className="grid gap-2">
      {item.pairs.map(({ id, left, right, misconception }) => {
        const given = answer.matches[id];
        const chosen = sides(item).find((side) => side.id === given);
        const ok = given === id;
        const belief = ok ? undefined : misconceptions[misconception ?? ""];
        return (
          <VerdictRow
            key={id}
            verdict={ok ? "right" : "wrong"}
            detail={
              ok ? undefined : (
                <>
                  {chosen ? <p>{t("youChose", { choice: plain(chosen.text[locale]) })}</p> : null}
                  {belief ? <Block text={belief.model} locale={locale} /> : null}
                </>
              )
            }
          >
            <Inline text={left} locale={locale} /> → <Inline text={right} locale={locale} />
          </VerdictRow>
        );
      })}
    </ul>
  );
}

/** A text without its code marks, for where only plain text can stand. */
const plain = (markdown: string): string => markdown.replaceAll(/[`*]/g, "");
