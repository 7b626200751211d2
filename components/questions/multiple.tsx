"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { OptionList, OptionReview } from "./choice.tsx";
import { SubmitButton } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";

export function Player({ item, locale, seed, onAnswer }: PlayerProps<"multiple">) {
  const t = useTranslations("questions");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setChosen(
      (before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]),
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.size > 0) onAnswer({ options: [...chosen] });
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
      <SubmitButton disabled={chosen.size === 0} />
    </form>
  );
}

export function Review({ answer, ...rest }: ReviewProps<"multiple">) {
  return <OptionReview {...rest} options={rest.item.options} chosen={answer.options} />;
}
