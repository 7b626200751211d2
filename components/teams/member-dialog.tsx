"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";
import { type Action, type GroupChoice, ROLES, type Role } from "./types.ts";

export interface MemberActions {
  changeRole: Action<{ teamId: string; userId: string; role: Role }>;
  changeGroupMembers: Action<{ teamId: string; groupId: string; add: string[]; remove: string[] }>;
  removeMember: Action<{ teamId: string; userId: string }>;
  transferOwnership: Action<{ teamId: string; userId: string }>;
}

interface Props {
  teamId: string;
  member: { userId: string; name: string; role: Role; isGuest: boolean; groupIds: string[] };
  groups: GroupChoice[];
  may: {
    changeRole: boolean;
    remove: boolean;
    /** The team is the viewer's to hand on, and this is somebody else with an account. */
    inherit: boolean;
  };
  actions: MemberActions;
}

/** Opens what can be changed about a member. */
export function EditMember(props: Props) {
  const t = useTranslations("people");
  const [open, setOpen] = useState(false);
  const { name } = props.member;
  return (
    <>
      <Button size="sm" aria-label={t("editOf", { name })} onClick={() => setOpen(true)}>
        {t("edit")}
      </Button>
      {open ? <MemberDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function MemberDialog({ onClose, ...props }: Props & { onClose: () => void }) {
  const t = useTranslations("people");
  const { teamId, member, may, actions } = props;
  const { userId, name } = member;
  const [question, setQuestion] = useState<"remove" | "transfer" | null>(null);
  if (question) {
    const [text, button, action] = {
      remove: [t("removeText"), t("removeForGood"), actions.removeMember],
      transfer: [t("transferText", { name }), t("transferForGood"), actions.transferOwnership],
    }[question] as [string, string, MemberActions["removeMember"]];
    return (
      <Question
        title={t(question === "remove" ? "removeTitle" : "transferTitle", { name })}
        text={text}
        button={button}
        action={() => action({ teamId, userId })}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog open onClose={onClose} title={name}>
      <MemberForm {...props} onClose={onClose}>
        {may.inherit ? (
          <Button variant="quiet" size="sm" onClick={() => setQuestion("transfer")}>
            {t("transfer")}
          </Button>
        ) : null}
        {may.remove ? (
          <Button variant="danger" size="sm" onClick={() => setQuestion("remove")}>
            {t("remove")}
          </Button>
        ) : null}
      </MemberForm>
    </Dialog>
  );
}

/** Role and groups of a member; saves what differs. */
function MemberForm({
  teamId,
  member: { userId, role, isGuest, groupIds },
  groups,
  may,
  actions,
  onClose,
  children,
}: Props & { onClose: () => void; children: ReactNode }) {
  const t = useTranslations("people");
  const teams = useTranslations("teams");
  const router = useRouter();
  const command = useCommand();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const chosen = data.getAll("group").map(String);
    const newRole = String(data.get("role") ?? role) as Role;
    command.run(
      async () => {
        let outcome: Outcome = { ok: true };
        if (newRole !== role) outcome = await actions.changeRole({ teamId, userId, role: newRole });
        for (const { id } of groups) {
          const [before, after] = [groupIds.includes(id), chosen.includes(id)];
          if (!outcome.ok || before === after) continue;
          outcome = await actions.changeGroupMembers({
            teamId,
            groupId: id,
            add: after ? [userId] : [],
            remove: after ? [] : [userId],
          });
        }
        return outcome;
      },
      () => {
        onClose();
        router.refresh();
      },
    );
  };
  return (
    <form ref={command.form} onSubmit={save} className="grid gap-5" noValidate>
      {may.changeRole ? (
        <SelectField
          label={t("role")}
          hint={isGuest ? t("guestRole") : t("roleHint")}
          name="role"
          defaultValue={role}
          disabled={isGuest}
          error={command.errorOf("role", { "account-needed": t("guestRole") })}
        >
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {teams(`roles.${each}`)}
            </option>
          ))}
        </SelectField>
      ) : null}
      {groups.length > 0 ? (
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium">{t("groups")}</legend>
          {groups.map(({ id, name }) => (
            <label key={id} className="flex min-h-9 items-center gap-2">
              <input
                type="checkbox"
                name="group"
                value={id}
                defaultChecked={groupIds.includes(id)}
                className="size-4 accent-pod"
              />
              <span className="min-w-0 break-words">{name}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      <div className="flex flex-wrap gap-3">{children}</div>
      <Feedback error={command.errorOf()} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="quiet" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary" pending={command.pending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

/** Asks once more before something that the person concerned will notice. */
export function Question({
  title,
  text,
  button,
  action,
  onClose,
  onDone,
}: {
  title: string;
  text: string;
  button: string;
  action: () => Promise<Outcome>;
  onClose: () => void;
  /** Instead of showing the page anew. */
  onDone?: () => void;
}) {
  const t = useTranslations("people");
  const router = useRouter();
  const command = useCommand();
  const id = useId();
  const act = () =>
    command.run(action, () => {
      onClose();
      if (onDone) onDone();
      else router.refresh();
    });
  return (
    <Dialog open onClose={onClose} title={title} description={id} alert>
      <div className="grid gap-4">
        <p id={id} className="text-ink-muted">
          {text}
        </p>
        <Feedback error={command.errorOf()} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="quiet" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="danger" pending={command.pending} onClick={act}>
            {button}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
