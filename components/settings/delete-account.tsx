"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { openOutbox } from "#lib/browser/outbox.ts";
import { useRouter } from "#lib/i18n/navigation.ts";
import { Feedback } from "./feedback.tsx";

/** Erases a person for good, after one more question. */
export function DeleteAccount({
  userId,
  word,
  action,
}: {
  userId: string;
  /** What has to be typed; absent for guests, whose click is enough. */
  word?: string;
  action: (input: { confirmation: string }) => Promise<Outcome>;
}) {
  const t = useTranslations("settings");
  const router = useRouter();
  const command = useCommand();
  const [open, setOpen] = useState(false);
  const description = useId();
  const erase = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const confirmation = String(new FormData(event.currentTarget).get("confirmation") ?? "");
    command.run(
      async () => {
        const outcome = await action({ confirmation });
        // What this browser still holds of theirs goes as well.
        if (outcome.ok) await (await openOutbox()).forget(userId);
        return outcome;
      },
      () => {
        router.replace("/");
        router.refresh();
      },
    );
  };
  return (
    <>
      <Button variant="danger" className="justify-self-start" onClick={() => setOpen(true)}>
        {word ? t("deleteAccount") : t("deleteGuest")}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("deleteTitle")}
        description={description}
        alert
      >
        <form ref={command.form} onSubmit={erase} className="grid gap-4" noValidate>
          <p id={description} className="text-ink-muted">
            {t("deleteText")}
          </p>
          {word ? (
            <TextField
              label={t("deleteConfirm", { word })}
              name="confirmation"
              autoComplete="off"
              error={command.errorOf("confirmation")}
            />
          ) : null}
          <Feedback error={command.errorOf()} />
          <div className="flex flex-wrap justify-end gap-3">
            <Button variant="quiet" onClick={() => setOpen(false)}>
              {t("keep")}
            </Button>
            <Button type="submit" variant="danger" pending={command.pending}>
              {t("deleteForGood")}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
