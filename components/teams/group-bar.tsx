"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";
import type { MemberActions } from "./member-dialog.tsx";
import { GROUP_FORM, type GroupChoice } from "./types.ts";

/** Puts the members ticked in the table into a group, or takes them out of it. */
export function GroupBar({
  teamId,
  groups,
  action,
}: {
  teamId: string;
  groups: GroupChoice[];
  action: MemberActions["changeGroupMembers"];
}) {
  const t = useTranslations("people");
  const router = useRouter();
  const command = useCommand();
  const [changed, setChanged] = useState<number | null>(null);
  const change = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const people = data.getAll("person").map(String);
    const groupId = String(data.get("group"));
    const enter = (event.nativeEvent as SubmitEvent).submitter?.getAttribute("value") !== "leave";
    setChanged(null);
    if (people.length === 0) return setChanged(0);
    const sides = enter ? { add: people, remove: [] } : { add: [], remove: people };
    command.run(
      () => action({ teamId, groupId, ...sides }),
      () => {
        form.reset();
        setChanged(people.length);
        router.refresh();
      },
    );
  };
  return (
    <form id={GROUP_FORM} onSubmit={change} className="grid gap-3" noValidate>
      <div className="flex flex-wrap items-end gap-3">
        <SelectField label={t("withTicked")} name="group">
          {groups.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <Button type="submit" value="enter" pending={command.pending}>
          {t("putIn")}
        </Button>
        <Button type="submit" value="leave" variant="quiet" pending={command.pending}>
          {t("takeOut")}
        </Button>
      </div>
      <Feedback
        done={
          changed === null ? undefined : changed === 0 ? t("tickFirst") : t("changed", { count: changed })
        }
        error={command.errorOf()}
      />
    </form>
  );
}
