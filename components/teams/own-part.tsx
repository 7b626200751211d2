"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";
import { Question } from "./member-dialog.tsx";
import type { Action } from "./types.ts";

/** Whether managers see more than what is assigned. Takes effect as it is ticked. */
export function SharingSwitch({
  teamId,
  sharesAll,
  action,
}: {
  teamId: string;
  sharesAll: boolean;
  action: Action<{ teamId: string; sharesAll: boolean }>;
}) {
  const t = useTranslations("teams.settings");
  const router = useRouter();
  const command = useCommand();
  const [saved, setSaved] = useState(false);
  const share = (checked: boolean) => {
    setSaved(false);
    command.run(
      () => action({ teamId, sharesAll: checked }),
      () => {
        setSaved(true);
        router.refresh();
      },
    );
  };
  return (
    <div className="grid gap-2">
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          defaultChecked={sharesAll}
          onChange={(event) => share(event.currentTarget.checked)}
          aria-describedby="shares-all-hint"
          className="mt-1 size-5 shrink-0 accent-pod"
        />
        <span className="font-medium">{t("sharesAll")}</span>
      </label>
      <p id="shares-all-hint" className="text-ink-muted text-sm">
        {t("sharesAllHint")}
      </p>
      <Feedback done={saved ? t("saved") : undefined} error={command.errorOf()} />
    </div>
  );
}

/** Something that is over once done, after one more question: leaving a team, or deleting it. */
export function EndTeam({
  label,
  title,
  text,
  button,
  teamId,
  action,
}: {
  label: string;
  title: string;
  text: string;
  button: string;
  teamId: string;
  action: Action<{ teamId: string }>;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="danger" className="justify-self-start" onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open ? (
        <Question
          {...{ title, text, button }}
          action={() => action({ teamId })}
          onClose={() => setOpen(false)}
          onDone={() => router.replace("/teams")}
        />
      ) : null}
    </>
  );
}
