"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { OptionList, OptionReview } from "./choice.tsx";
import { SubmitButton } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";
import { useDraft } from "./use-draft.ts";

export function Player({ item, locale, seed, onAnswer, given, onChange, submit }: PlayerProps<"multiple">) {
  const t = useTranslations("questions");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(given?.options));
  const answer = chosen.size === 0 ? null : { options: [...chosen] };
  useDraft(answer, onChange);
  const toggle = (id: string) =>
    setChosen(
      (before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]),
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (answer) onAnswer(answer);
      }}
    >
      <p className="mb-3 text-ink-muted text-sm">{t("chooseAll")}</p>
      <OptionList
        options={item.options}
        seed={seed}
        locale={locale}
        type="checkbox"
        chosen={chosen}
        onToggle={toggle}
        legend={t("chooseAll")}
      />
      <SubmitButton disabled={answer === null} label={submit} />
    </form>
  );
}

export function Review({ answer, ...rest }: ReviewProps<"multiple">) {
  return <OptionReview {...rest} options={rest.item.options} chosen={answer.options} />;
}
