"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { takeFocus } from "#components/ui/take-focus.ts";
import { Link } from "#lib/i18n/navigation.ts";

/** A click stops letters, not the visit: mail scanners visit links. */
export function UnsubscribeForm({
  action,
  token,
  scope,
}: {
  action: (input: { token: string }) => Promise<Outcome>;
  token: string;
  scope: "assignments" | "weekly" | "due" | "all";
}) {
  const t = useTranslations("reminders.unsubscribe");
  const command = useCommand();
  const [done, setDone] = useState(false);
  if (done) {
    return (
      <div role="status" className="grid gap-3">
        <p ref={takeFocus} tabIndex={-1} className="outline-none">
          {t("done")}
        </p>
        <p className="text-ink-muted text-sm">
          {t.rich("again", {
            link: (words) => (
              <Link href="/settings" className="underline underline-offset-4">
                {words}
              </Link>
            ),
          })}
        </p>
      </div>
    );
  }
  return (
    <>
      <p>{t(`text.${scope}`)}</p>
      <Feedback error={command.errorOf()} />
      <Button
        variant="primary"
        size="lg"
        pending={command.pending}
        onClick={() =>
          command.run(
            () => action({ token }),
            () => setDone(true),
          )
        }
      >
        {t("button")}
      </Button>
    </>
  );
}
