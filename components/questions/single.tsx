"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { OptionList, OptionReview } from "./choice.tsx";
import { SubmitButton } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";

export function Player({ item, locale, seed, onAnswer }: PlayerProps<"single">) {
  const t = useTranslations("questions");
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onAnswer({ option: chosen });
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
      <SubmitButton disabled={chosen === null} />
    </form>
  );
}

export function Review({ answer, ...rest }: ReviewProps<"single">) {
  return <OptionReview {...rest} options={rest.item.options} chosen={[answer.option]} />;
}
