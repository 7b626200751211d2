"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { isSprung, shuffle } from "#lib/core/questions/index.ts";
import { Block, Inline, SubmitButton, VerdictRow } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";
import { useDraft } from "./use-draft.ts";

export function Player({ item, locale, seed, onAnswer, given, onChange, submit }: PlayerProps<"ordering">) {
  const t = useTranslations("questions");
  const [order, setOrder] = useState(() => given?.order ?? shuffle(item.steps, seed).map(({ id }) => id));
  useDraft({ order }, onChange);
  const [announcement, setAnnouncement] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const stepOf = (id: string) => item.steps.find((step) => step.id === id);

  const move = (from: number, to: number) => {
    const id = order[from];
    if (id === undefined || to < 0 || to >= order.length) return;
    const next = order.filter((other) => other !== id);
    next.splice(to, 0, id);
    setOrder(next);
    setAnnouncement(
      t("movedTo", { step: stepOf(id)?.text[locale] ?? "", place: to + 1, count: order.length }),
    );
    // Focus stays with the step that moved.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-step="${id}"]`)?.focus());
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer({ order });
      }}
    >
      <p className="mb-3 text-ink-muted text-sm">{t("orderHelp")}</p>
      <ol ref={list} className="grid gap-2">
        {order.map((id, index) => {
          const step = stepOf(id);
          if (!step) return null;
          return (
            <li
              key={id}
              className="flex items-center gap-2 rounded-lg border border-line bg-raised p-1.5 pl-3.5"
            >
              <button
                type="button"
                data-step={id}
                aria-keyshortcuts="ArrowUp ArrowDown"
                onKeyDown={(event) => {
                  const to = { ArrowUp: index - 1, ArrowDown: index + 1 }[event.key];
                  if (to === undefined) return;
                  event.preventDefault();
                  move(index, to);
                }}
                className="grid flex-1 cursor-default grid-cols-[1.5rem_1fr] items-baseline rounded-md py-2 text-left"
              >
                <span className="font-mono text-ink-muted tabular-nums">{index + 1}</span>
                <Inline text={step.text} locale={locale} />
              </button>
              <Button
                variant="quiet"
                className="w-11 px-0"
                disabled={index === 0}
                aria-label={t("moveUp", { step: step.text[locale] })}
                onClick={() => move(index, index - 1)}
              >
                ↑
              </Button>
              <Button
                variant="quiet"
                className="w-11 px-0"
                disabled={index === order.length - 1}
                aria-label={t("moveDown", { step: step.text[locale] })}
                onClick={() => move(index, index + 1)}
              >
                ↓
              </Button>
            </li>
          );
        })}
      </ol>
      <p className="sr-only" role="status">
        {announcement}
      </p>
      <SubmitButton label={submit} />
    </form>
  );
}

export function Review({ item, locale, answer, misconceptions }: ReviewProps<"ordering">) {
  const t = useTranslations("questions");
  const sprung = (item.traps ?? []).filter((trap) => isSprung(trap, answer.order));
  const models = new Set(sprung.map(({ misconception }) => misconceptions[misconception]?.model));
  return (
    <div className="grid gap-3">
      <ul className="grid gap-2">
        {item.steps.map((step, index) => {
          const given = answer.order.indexOf(step.id);
          return (
            <VerdictRow
              key={step.id}
              verdict={given === index ? "right" : "wrong"}
              detail={given === index ? undefined : t("youPutAt", { place: given + 1 })}
            >
              <span className="mr-2 font-mono text-ink-muted">{index + 1}</span>
              <Inline text={step.text} locale={locale} />
            </VerdictRow>
          );
        })}
      </ul>
      {[...models].map((model) =>
        model ? (
          <Block key={model[locale]} text={model} locale={locale} className="text-ink-muted text-sm" />
        ) : null,
      )}
    </div>
  );
}
