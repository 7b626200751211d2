"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { OptionList, OptionReview } from "./choice.tsx";
import { SubmitButton } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";
import { useDraft } from "./use-draft.ts";

export function Player({ item, locale, seed, onAnswer, given, onChange, submit }: PlayerProps<"single">) {
  const t = useTranslations("questions");
  const [chosen, setChosen] = useState<string | null>(given?.option ?? null);
  const answer = chosen === null ? null : { option: chosen };
  useDraft(answer, onChange);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (answer) onAnswer(answer);
      }}
    >
      <OptionList
        options={item.options}
        seed={seed}
        locale={locale}
        type="radio"
        chosen={new Set(chosen ? [chosen] : [])}
        onToggle={setChosen}
        legend={t("chooseOne")}
      />
      <SubmitButton disabled={answer === null} label={submit} />
    </form>
  );
}

export function Review({ answer, ...rest }: ReviewProps<"single">) {
  return <OptionReview {...rest} options={rest.item.options} chosen={[answer.option]} />;
}
