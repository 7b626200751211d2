"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Button } from "#components/ui/button.tsx";
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
    <AlertDialog.Root>
      <AlertDialog.Trigger render={<Button variant="danger" className="justify-self-start" />}>
        {word ? t("deleteAccount") : t("deleteGuest")}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-20 bg-shade" />
        <AlertDialog.Popup className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-30 max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] overflow-auto rounded-card border border-line bg-raised p-6 shadow-raised">
          <form onSubmit={erase} className="grid gap-4" noValidate>
            <AlertDialog.Title className="text-lg">{t("deleteTitle")}</AlertDialog.Title>
            <AlertDialog.Description className="text-ink-muted">{t("deleteText")}</AlertDialog.Description>
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
              <AlertDialog.Close render={<Button variant="quiet" />}>{t("keep")}</AlertDialog.Close>
              <Button type="submit" variant="danger" disabled={command.pending}>
                {t("deleteForGood")}
              </Button>
            </div>
          </form>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
