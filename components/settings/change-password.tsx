"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Feedback } from "./feedback.tsx";

/** Another password for somebody who knows the one they have. */
export function ChangePassword({
  action,
}: {
  action: (input: { current: string; password: string }) => Promise<Outcome>;
}) {
  const t = useTranslations("settings");
  const auth = useTranslations("auth");
  const command = useCommand();
  const [changed, setChanged] = useState(false);
  const change = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setChanged(false);
    command.run(
      () => action({ current: String(data.get("current")), password: String(data.get("password")) }),
      () => {
        form.reset();
        setChanged(true);
      },
    );
  };
  return (
    <form ref={command.form} onSubmit={change} className="grid gap-4" noValidate>
      <h3 className="font-medium text-base">{t("changePassword")}</h3>
      <TextField
        label={t("currentPassword")}
        name="current"
        type="password"
        autoComplete="current-password"
        error={command.errorOf("current", { "wrong-credentials": t("wrongPassword") })}
      />
      <TextField
        label={auth("newPassword")}
        hint={auth("passwordHint")}
        name="password"
        type="password"
        autoComplete="new-password"
        error={command.errorOf("password")}
      />
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" pending={command.pending}>
          {t("changePassword")}
        </Button>
        <Feedback done={changed ? t("passwordChanged") : undefined} error={command.errorOf()} />
      </div>
    </form>
  );
}
