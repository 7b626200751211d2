"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";
import { Question } from "./member-dialog.tsx";
import type { Action, GroupChoice } from "./types.ts";

/** The labels of a team: what there are, one more, another name, none. */
export function Groups({
  teamId,
  groups,
  actions,
}: {
  teamId: string;
  groups: (GroupChoice & { members: number })[];
  actions: {
    createGroup: Action<{ teamId: string; name: string }>;
    renameGroup: Action<{ teamId: string; groupId: string; name: string }>;
    deleteGroup: Action<{ teamId: string; groupId: string }>;
  };
}) {
  const t = useTranslations("people");
  const [open, setOpen] = useState<{ group: GroupChoice; what: "rename" | "delete" } | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="grid gap-5">
      {groups.length > 0 ? (
        <ul className="grid gap-1">
          {groups.map((group) => (
            <li key={group.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 break-words font-medium">{group.name}</span>
              <span className="text-ink-muted text-sm">{t("memberCount", { count: group.members })}</span>
              <span className="ml-auto flex gap-1">
                <Button
                  size="sm"
                  variant="quiet"
                  aria-label={t("renameOf", { name: group.name })}
                  onClick={() => setOpen({ group, what: "rename" })}
                >
                  {t("rename")}
                </Button>
                <Button
                  size="sm"
                  variant="quiet"
                  aria-label={t("deleteOf", { name: group.name })}
                  onClick={() => setOpen({ group, what: "delete" })}
                >
                  {t("delete")}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <GroupName
        label={t("newGroup")}
        button={t("createGroup")}
        save={(name) => actions.createGroup({ teamId, name })}
      />
      {open?.what === "delete" ? (
        <Question
          title={t("deleteTitle", { name: open.group.name })}
          text={t("deleteText")}
          button={t("deleteForGood")}
          action={() => actions.deleteGroup({ teamId, groupId: open.group.id })}
          onClose={close}
        />
      ) : null}
      {open?.what === "rename" ? (
        <Dialog open onClose={close} title={t("renameOf", { name: open.group.name })}>
          <GroupName
            label={t("groupName")}
            button={t("save")}
            name={open.group.name}
            save={(name) => actions.renameGroup({ teamId, groupId: open.group.id, name })}
            onDone={close}
          />
        </Dialog>
      ) : null}
    </div>
  );
}

function GroupName({
  label,
  button,
  name = "",
  save,
  onDone,
}: {
  label: string;
  button: string;
  name?: string;
  save: (name: string) => ReturnType<Action<string>>;
  onDone?: () => void;
}) {
  const router = useRouter();
  const command = useCommand();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    command.run(
      () => save(String(new FormData(form).get("name"))),
      () => {
        form.reset();
        onDone?.();
        router.refresh();
      },
    );
  };
  return (
    <form ref={command.form} onSubmit={submit} className="grid gap-3" noValidate>
      <TextField
        label={label}
        name="name"
        defaultValue={name}
        autoComplete="off"
        error={command.errorOf("name")}
      />
      <Feedback error={command.errorOf()} />
      <Button type="submit" className="justify-self-start" pending={command.pending}>
        {button}
      </Button>
    </form>
  );
}
