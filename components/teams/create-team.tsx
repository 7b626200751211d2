"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";
import { TimeZoneField } from "./time-zone-field.tsx";

/** Makes a team and goes where people are invited. */
export function CreateTeam({
  timeZone,
  timeZones,
  named,
  action,
}: {
  /** The viewer's own, which is likely the team's. */
  timeZone: string;
  timeZones: string[];
  /** Whether it is known what to call the viewer. */
  named: boolean;
  action: (input: {
    name: string;
    timeZone: string;
    personName?: string;
  }) => Promise<Outcome & { value?: { teamId: string } }>;
}) {
  const t = useTranslations("teams");
  const router = useRouter();
  const command = useCommand();
  const create = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = (name: string) => String(new FormData(event.currentTarget).get(name) ?? "");
    const input = {
      name: text("name"),
      timeZone: text("timeZone"),
      ...(named ? {} : { personName: text("personName") }),
    };
    let teamId = "";
    command.run(
      async () => {
        const outcome = await action(input);
        teamId = outcome.value?.teamId ?? "";
        return outcome;
      },
      () => router.push(`/teams/${teamId}/people`),
    );
  };
  return (
    <form ref={command.form} onSubmit={create} className="grid gap-5" noValidate>
      <TextField
        label={t("name")}
        name="name"
        required
        autoComplete="organization"
        error={command.errorOf("name")}
      />
      {named ? null : (
        <TextField
          label={t("personName")}
          hint={t("personNameHint")}
          name="personName"
          required
          autoComplete="name"
          error={command.errorOf("personName")}
        />
      )}
      <TimeZoneField chosen={timeZone} timeZones={timeZones} error={command.errorOf("timeZone")} />
      <Feedback error={command.errorOf()} />
      <Button type="submit" variant="primary" className="justify-self-start" pending={command.pending}>
        {t("create")}
      </Button>
    </form>
  );
}
