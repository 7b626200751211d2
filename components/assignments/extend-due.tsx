"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";

/** Sets another due date for one person. */
export function ExtendDue({
  assignmentId,
  userId,
  name,
  day,
  today,
  extended,
  extend,
}: {
  assignmentId: string;
  userId: string;
  name: string;
  /** When it is due now, and today where the team is, `YYYY-MM-DD`. */
  day: string;
  today: string;
  /** Whether it was set for this person already. */
  extended: boolean;
  extend: (input: { assignmentId: string; userId: string; day: string | null }) => Promise<Outcome>;
}) {
  const t = useTranslations("assignments.detail");
  const router = useRouter();
  const command = useCommand();
  const [open, setOpen] = useState(false);
  const set = (to: string | null) =>
    command.run(
      () => extend({ assignmentId, userId, day: to }),
      () => {
        setOpen(false);
        router.refresh();
      },
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    set(String(new FormData(event.currentTarget).get("day") ?? ""));
  };
  const title = t("extendFor", { name });
  return (
    <>
      <Button size="sm" aria-label={title} onClick={() => setOpen(true)}>
        {t("extend")}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={title}>
        <form ref={command.form} onSubmit={submit} className="grid gap-4" noValidate>
          <TextField
            label={t("day")}
            hint={t("extendHint")}
            name="day"
            type="date"
            min={today}
            defaultValue={day}
            error={command.errorOf("day")}
          />
          <Feedback error={command.errorOf()} />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" variant="primary" pending={command.pending}>
              {t("extendSave")}
            </Button>
            {extended ? (
              <Button pending={command.pending} onClick={() => set(null)}>
                {t("extendBack")}
              </Button>
            ) : null}
            <Button variant="quiet" onClick={() => setOpen(false)}>
              {t("cancel")}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
