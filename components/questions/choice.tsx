"use client";

import { useEffect, useRef } from "react";
import { Kbd } from "#components/ui/surface.tsx";
import {
  isKey,
  type Locale,
  misconceptionOf,
  type Option,
  type Part,
  shuffle,
} from "#lib/core/questions/index.ts";
import type { Misconceptions } from "#lib/core/study/index.ts";
import { Block, Inline, VerdictRow } from "./parts.tsx";

/** The options of a choice question in the order of the seed; digits and letters choose. */
export function OptionList({
  options,
  seed,
  locale,
  type,
  chosen,
  onToggle,
  legend,
}: {
  options: readonly Part[];
  seed: number;
  locale: Locale;
  type: "radio" | "checkbox";
  chosen: ReadonlySet<string>;
  onToggle: (id: string) => void;
  legend: string;
}) {
  const list = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    // Digits and letters choose from anywhere on the page, except while something is being typed.
    const choose = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const inputs = list.current?.querySelectorAll("input") ?? [];
      const input = inputs[indexOfKey(event.key)];
      if (!input) return;
      event.preventDefault();
      input.focus();
      input.click();
    };
    document.addEventListener("keydown", choose);
    return () => document.removeEventListener("keydown", choose);
  }, []);

  return (
    <fieldset ref={list} className="grid gap-2.5">
      <legend className="sr-only">{legend}</legend>
      {shuffle(options, seed).map((option, index) => (
        <label
          key={option.id}
          className="grid min-h-12 cursor-pointer grid-cols-[auto_auto_1fr] items-center gap-3 rounded-lg border border-line bg-raised px-3.5 py-2.5 transition-colors hover:border-line-strong has-checked:border-pod has-checked:bg-pod-soft has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2"
        >
          <input
            type={type}
            name="option"
            checked={chosen.has(option.id)}
            onChange={() => onToggle(option.id)}
            className="size-4 accent-pod outline-none"
          />
          <span aria-hidden="true" className="hidden sm:inline">
            <Kbd>{index + 1}</Kbd>
          </span>
          <Inline text={option.text} locale={locale} />
        </label>
      ))}
    </fieldset>
  );
}

/** The options as they were laid out, with what was chosen, what is right, and why a wrong one tempts. */
export function OptionReview({
  options,
  seed,
  locale,
  chosen,
  misconceptions,
}: {
  options: readonly Option[];
  seed: number;
  locale: Locale;
  chosen: readonly string[];
  misconceptions: Misconceptions;
}) {
  return (
    <ul className="grid gap-2">
      {shuffle(options, seed).map((option) => {
        const taken = chosen.includes(option.id);
        const verdict = isKey(option) ? (taken ? "right" : "missed") : taken ? "wrong" : "none";
        const belief = misconceptions[misconceptionOf(option) ?? ""];
        return (
          <VerdictRow
            key={option.id}
            verdict={verdict}
            detail={
              option.why ? (
                <>
                  {taken && belief ? (
                    <p className="mb-1 font-medium text-wrong">
                      <q>
                        <Inline text={belief.belief} locale={locale} />
                      </q>
                    </p>
                  ) : null}
                  <Block text={option.why} locale={locale} />
                </>
              ) : undefined
            }
          >
            <Inline text={option.text} locale={locale} />
          </VerdictRow>
        );
      })}
    </ul>
  );
}

const indexOfKey = (key: string): number =>
  /^[1-9]$/.test(key) ? Number(key) - 1 : /^[a-f]$/.test(key) ? key.charCodeAt(0) - 97 : -1;

/** Whether keys belong to a text field just now. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]");
