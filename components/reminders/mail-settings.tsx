"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";

const KINDS = ["assignments", "weekly", "due"] as const;
type Kind = (typeof KINDS)[number];
type Wishes = Record<Kind, boolean>;

/** Which letters to get. Each choice is kept at once. */
export function MailSettings({
  wishes,
  manages,
  action,
}: {
  wishes: Wishes;
  /** Whether there is a team whose weekly summary could come. */
  manages: boolean;
  action: (changes: Partial<Wishes>) => Promise<Outcome>;
}) {
  const t = useTranslations("reminders.settings");
  const command = useCommand();
  const [saved, setSaved] = useState(false);
  const choose = (kind: Kind, wanted: boolean) => {
    setSaved(false);
    command.run(
      () => action({ [kind]: wanted }),
      () => setSaved(true),
    );
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 font-medium">{t("letters")}</legend>
      {KINDS.filter((kind) => kind !== "weekly" || manages).map((kind) => (
        <label
          key={kind}
          className="grid min-h-11 cursor-pointer grid-cols-[auto_1fr] items-center gap-x-3 rounded-lg border border-line px-4 py-2 hover:border-line-strong has-checked:border-pod has-checked:bg-pod-soft has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="checkbox"
            defaultChecked={wishes[kind]}
            onChange={(event) => choose(kind, event.currentTarget.checked)}
            className="size-4 accent-pod outline-none"
          />
          <span className="font-medium">{t(`kinds.${kind}`)}</span>
          <span className="col-start-2 text-ink-muted text-sm">{t(`hints.${kind}`)}</span>
        </label>
      ))}
      <p className="text-ink-muted text-sm">{t("atMost")}</p>
      <Feedback done={saved ? t("saved") : undefined} error={command.errorOf()} />
    </fieldset>
  );
}
