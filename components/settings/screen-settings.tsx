"use client";

import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { LOCALES, type Locale } from "#lib/core/questions/index.ts";
import { Link, useRouter } from "#lib/i18n/navigation.ts";
import { Feedback } from "./feedback.tsx";

const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

const LANGUAGE_NAMES: Record<Locale, string> = { ja: "日本語", en: "English" };

const choice =
  "inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-lg border border-line px-4 hover:border-line-strong";

/** The language of the interface: this page in the other one. A person's choice is kept, for letters too. */
export function LanguageChoice({
  locale,
  store,
}: {
  locale: Locale;
  /** Absent for nobody: the address says the language. */
  store?: (changes: { locale: Locale }) => Promise<Outcome>;
}) {
  const t = useTranslations("settings");
  const router = useRouter();
  const command = useCommand();
  const choose = (event: MouseEvent, chosen: Locale) => {
    if (!store) return;
    event.preventDefault();
    command.run(
      () => store({ locale: chosen }),
      () => router.replace("/settings", { locale: chosen }),
    );
  };
  return (
    <div className="grid gap-2">
      <h3 className="font-medium text-base">{t("language")}</h3>
      <div className="flex flex-wrap gap-2">
        {LOCALES.map((each) => (
          <Link
            key={each}
            href="/settings"
            locale={each}
            lang={each}
            aria-current={each === locale ? "true" : undefined}
            onClick={(event) => choose(event, each)}
            className={`${choice} aria-[current=true]:border-pod aria-[current=true]:bg-pod-soft aria-[current=true]:font-semibold`}
          >
            {LANGUAGE_NAMES[each]}
          </Link>
        ))}
      </div>
      <Feedback error={command.errorOf()} />
    </div>
  );
}

/** Light, dark, or as the device has it. Belongs to this browser. */
export function ThemeChoice({
  theme,
  action,
}: {
  theme: Theme;
  action: (input: { theme: Theme }) => Promise<Outcome>;
}) {
  const t = useTranslations("settings");
  const command = useCommand();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 font-medium">{t("theme")}</legend>
      <div className="flex flex-wrap gap-2">
        {THEMES.map((each) => (
          <label
            key={each}
            className={`${choice} has-checked:border-pod has-checked:bg-pod-soft has-checked:font-semibold has-focus-visible:outline-2 has-focus-visible:outline-focus`}
          >
            <input
              type="radio"
              name="theme"
              value={each}
              defaultChecked={each === theme}
              onChange={() =>
                command.run(
                  () => action({ theme: each }),
                  () => undefined,
                )
              }
              className="size-4 accent-pod outline-none"
            />
            {t(`themes.${each}`)}
          </label>
        ))}
      </div>
      <Feedback error={command.errorOf()} />
    </fieldset>
  );
}
