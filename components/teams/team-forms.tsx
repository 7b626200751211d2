"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";
import { TimeZoneField } from "./time-zone-field.tsx";
import type { Action } from "./types.ts";

/** A form whose button saves it. */
function SavedForm({
  children,
  save,
}: {
  children: (errorOf: ReturnType<typeof useCommand>["errorOf"]) => ReactNode;
  save: (data: FormData) => Promise<Outcome>;
}) {
  const t = useTranslations("teams.settings");
  const router = useRouter();
  const command = useCommand();
  const [saved, setSaved] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setSaved(false);
    command.run(
      () => save(data),
      () => {
        setSaved(true);
        router.refresh();
      },
    );
  };
  return (
    <form
      ref={command.form}
      onSubmit={submit}
      onChange={() => setSaved(false)}
      className="grid gap-5"
      noValidate
    >
      {children(command.errorOf)}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" variant="primary" pending={command.pending}>
          {t("save")}
        </Button>
        <Feedback done={saved ? t("saved") : undefined} error={command.errorOf()} />
      </div>
    </form>
  );
}

/** What a team is called, and where its days end. */
export function TeamForm({
  teamId,
  name,
  timeZone,
  timeZones,
  action,
}: {
  teamId: string;
  name: string;
  timeZone: string;
  timeZones: string[];
  action: Action<{ teamId: string; name: string; timeZone: string }>;
}) {
  const t = useTranslations("teams");
  return (
    <SavedForm
      save={(data) =>
        action({ teamId, name: String(data.get("name")), timeZone: String(data.get("timeZone")) })
      }
    >
      {(errorOf) => (
        <>
          <TextField
            label={t("name")}
            name="name"
            defaultValue={name}
            autoComplete="off"
            error={errorOf("name")}
          />
          <TimeZoneField chosen={timeZone} timeZones={timeZones} error={errorOf("timeZone")} />
        </>
      )}
    </SavedForm>
  );
}

/** Who joins by themselves: what is so now, and what the viewer could add, each as a box to tick. */
export function JoinRules({
  teamId,
  domains,
  groups,
  action,
}: {
  teamId: string;
  domains: { value: string; chosen: boolean }[];
  groups: { value: string; name: string; chosen: boolean }[];
  action: Action<{ teamId: string; domains: string[]; groups: string[] }>;
}) {
  const t = useTranslations("teams.settings");
  const box = (name: string, value: string, chosen: boolean, label: string) => (
    <label key={value} className="flex items-start gap-3">
      <input
        type="checkbox"
        name={name}
        value={value}
        defaultChecked={chosen}
        className="mt-1 size-5 shrink-0 accent-pod"
      />
      <span className="min-w-0 [overflow-wrap:anywhere]">{label}</span>
    </label>
  );
  return (
    <SavedForm
      save={(data) =>
        action({
          teamId,
          domains: data.getAll("domain").map(String),
          groups: data.getAll("group").map(String),
        })
      }
    >
      {(errorOf) => (
        <div className="grid gap-3">
          {domains.map(({ value, chosen }) => box("domain", value, chosen, t("domain", { domain: value })))}
          {groups.map(({ value, name, chosen }) => box("group", value, chosen, t("group", { group: name })))}
          <Feedback error={errorOf("domains") ?? errorOf("groups")} />
        </div>
      )}
    </SavedForm>
  );
}
