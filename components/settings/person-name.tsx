"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Feedback } from "./feedback.tsx";

/** What others in one's teams call one. */
export function PersonName({
  name,
  action,
}: {
  name: string | null;
  action: (input: { name: string }) => Promise<Outcome>;
}) {
  const t = useTranslations("settings");
  const command = useCommand();
  const [saved, setSaved] = useState(false);
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = String(new FormData(event.currentTarget).get("name"));
    setSaved(false);
    command.run(
      () => action({ name: chosen }),
      () => setSaved(true),
    );
  };
  return (
    <form
      ref={command.form}
      onSubmit={save}
      onChange={() => setSaved(false)}
      className="grid gap-4"
      noValidate
    >
      <TextField
        label={t("personName")}
        name="name"
        autoComplete="name"
        defaultValue={name ?? ""}
        error={command.errorOf("name")}
      />
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" pending={command.pending}>
          {t("save")}
        </Button>
        <Feedback done={saved ? t("saved") : undefined} error={command.errorOf()} />
      </div>
    </form>
  );
}
