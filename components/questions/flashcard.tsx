"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { isTyping } from "./choice.tsx";
import { Block } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";

/** Turns the card. The rating that follows replaces the provisional `good` given here. */
export function Player({ onAnswer }: PlayerProps<"flashcard">) {
  const t = useTranslations("questions");
  const [typed, setTyped] = useState("");
  const turn = () => onAnswer({ recall: "good", ...(typed.trim() ? { typed: typed.trim() } : {}) });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== " " || isTyping(event.target) || event.target instanceof HTMLButtonElement) return;
      event.preventDefault();
      turn();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        turn();
      }}
    >
      <label className="grid gap-1.5">
        <span className="text-ink-muted text-sm">{t("typeOrThink")}</span>
        <textarea
          rows={2}
          maxLength={2000}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            // Enter turns the card; a new line needs Shift. Not while an input method is composing.
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            turn();
          }}
          className="w-full rounded-lg border border-line-strong bg-raised px-3 py-2"
        />
      </label>
      <Button type="submit" variant="primary" size="lg" className="w-full sm:w-auto sm:justify-self-start">
        {t("showAnswer")}
      </Button>
    </form>
  );
}

export function Review({ item, locale, answer }: ReviewProps<"flashcard">) {
  const t = useTranslations("questions");
  return (
    <div className="grid gap-3">
      {answer.typed ? (
        <div className="rounded-lg border border-line px-4 py-3">
          <p className="text-ink-muted text-sm">{t("yourAnswer")}</p>
          <p className="whitespace-pre-wrap">{answer.typed}</p>
        </div>
      ) : null}
      <div className="rounded-lg border border-pod bg-pod-soft px-4 py-3">
        <p className="text-pod-ink text-sm">{t("theAnswer")}</p>
        <Block text={item.answer} locale={locale} />
      </div>
    </div>
  );
}
