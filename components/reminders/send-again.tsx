"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { takeFocus } from "#components/ui/take-focus.ts";

export type SendAgainAction = (input: { teamId: string; mailId: string }) => Promise<Outcome>;

/** Has a letter tried again. */
export function SendAgain({
  teamId,
  mailId,
  name,
  action,
}: {
  teamId: string;
  mailId: string;
  /** To whom it goes. */
  name: string;
  action: SendAgainAction;
}) {
  const t = useTranslations("reminders.failed");
  const command = useCommand();
  const [asked, setAsked] = useState(false);
  if (asked)
    return (
      <p ref={takeFocus} tabIndex={-1}>
        {t("asked")}
      </p>
    );
  return (
    <>
      <Button
        size="sm"
        className="whitespace-nowrap"
        aria-label={t("againFor", { name })}
        pending={command.pending}
        onClick={() =>
          command.run(
            () => action({ teamId, mailId }),
            () => setAsked(true),
          )
        }
      >
        {t("again")}
      </Button>
      <Feedback error={command.errorOf()} />
    </>
  );
}
