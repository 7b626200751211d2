"use client";

import { useTranslations } from "next-intl";
import { type ChangeEvent, type FormEvent, type ReactNode, useRef, useState } from "react";
import { type useCommand as UseCommand, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { takeFocus } from "#components/ui/take-focus.ts";
import { useRouter } from "#lib/i18n/navigation.ts";
import { type Action, type GroupChoice, ROLES, type Role } from "./types.ts";

const DAYS = [1, 7, 14, 30, 90];

interface Options {
  teamId: string;
  role: Role;
  groupId: string | null;
  days: number;
}

interface Props {
  teamId: string;
  groups: GroupChoice[];
  /** Whether others than learners may be invited too. */
  allRoles: boolean;
}

/** What all invitations have: as what, into which group, for how long. */
function OptionFields({ groups, allRoles, children }: Omit<Props, "teamId"> & { children?: ReactNode }) {
  const t = useTranslations("people");
  const teams = useTranslations("teams");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {allRoles ? (
        <SelectField label={t("role")} name="role" defaultValue="learner">
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {teams(`roles.${role}`)}
            </option>
          ))}
        </SelectField>
      ) : null}
      {groups.length > 0 ? (
        <SelectField label={t("group")} name="groupId">
          <option value="">{t("noGroup")}</option>
          {groups.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : null}
      <SelectField label={t("validFor")} name="days" defaultValue="14">
        {DAYS.map((days) => (
          <option key={days} value={days}>
            {t("days", { count: days })}
          </option>
        ))}
      </SelectField>
      {children}
    </div>
  );
}

const optionsOf = (teamId: string, data: FormData): Options => ({
  teamId,
  role: String(data.get("role") ?? "learner") as Role,
  groupId: String(data.get("groupId") ?? "") || null,
  days: Number(data.get("days")),
});

/** Makes a link to pass on. It is shown here, once. */
export function InviteByLink({
  address,
  action,
  ...props
}: Props & {
  /** Of the page that takes the secret, which follows it. */
  address: string;
  action: Action<Options & { maxUses: number }, { secret: string }>;
}) {
  const t = useTranslations("people");
  const router = useRouter();
  const command = useCommand();
  const [link, setLink] = useState<string | null>(null);
  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setLink(null);
    command.run(
      async () => {
        const maxUses = Number(data.get("maxUses") || Number.NaN);
        const outcome = await action({ ...optionsOf(props.teamId, data), maxUses });
        if (outcome.value) setLink(`${address}${outcome.value.secret}`);
        return outcome;
      },
      () => router.refresh(),
    );
  };
  return (
    <form ref={command.form} onSubmit={make} className="grid gap-4" noValidate>
      <h3 className="font-medium text-base">{t("byLink")}</h3>
      <OptionFields {...props}>
        <TextField
          label={t("maxUses")}
          name="maxUses"
          type="number"
          inputMode="numeric"
          min={1}
          max={1000}
          defaultValue={10}
          error={command.errorOf("maxUses", { "invalid-input": t("maxUsesError") })}
        />
      </OptionFields>
      <Feedback error={command.errorOf()} />
      <Button type="submit" className="justify-self-start" pending={command.pending}>
        {t("makeLink")}
      </Button>
      {link ? <NewLink link={link} /> : null}
    </form>
  );
}

function NewLink({ link }: { link: string }) {
  const t = useTranslations("people");
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(link).then(() => setCopied(true));
  return (
    <div className="grid gap-3 rounded-lg border border-pod/30 bg-pod-soft p-4">
      <TextField
        ref={takeFocus}
        label={t("theLink")}
        hint={t("theLinkHint")}
        value={link}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        className="font-mono text-sm"
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={copy}>{t("copy")}</Button>
        <Feedback done={copied ? t("copied") : undefined} />
      </div>
    </div>
  );
}

interface Line {
  line: number;
  text: string;
  status: "send" | "member" | "invited" | "repeated" | "invalid" | "no-address";
}

/** Sends a letter to everybody on a list: first what would become of each line, then, once agreed to, the letters. */
export function InviteByList({
  action,
  ...props
}: Props & { action: Action<{ invitation: Options & { list: string }; apply: boolean }, Line[]> }) {
  const t = useTranslations("people");
  const router = useRouter();
  const command = useCommand();
  const area = useRef<HTMLTextAreaElement>(null);
  const [plan, setPlan] = useState<{ invitation: Options & { list: string }; lines: Line[] } | null>(null);
  const [sent, setSent] = useState<Line[] | null>(null);
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file && area.current) area.current.value = await file.text();
    setPlan(null);
  };
  const preview = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const invitation = { ...optionsOf(props.teamId, data), list: String(data.get("list")) };
    setSent(null);
    setPlan(null);
    command.run(
      async () => {
        const outcome = await action({ invitation, apply: false });
        if (outcome.value) setPlan({ invitation, lines: outcome.value });
        return outcome;
      },
      () => undefined,
    );
  };
  const send = (invitation: Options & { list: string }) =>
    command.run(
      async () => {
        const outcome = await action({ invitation, apply: true });
        if (outcome.value) setSent(outcome.value);
        return outcome;
      },
      () => {
        setPlan(null);
        if (area.current) area.current.value = "";
        router.refresh();
      },
    );
  const letters = plan?.lines.filter(({ status }) => status === "send").length ?? 0;
  return (
    <form ref={command.form} onSubmit={preview} className="grid gap-4" noValidate>
      <h3 className="font-medium text-base">{t("byList")}</h3>
      <ListField area={area} onChange={() => setPlan(null)} error={listError(command, t("listTooLarge"))} />
      <TextField label={t("file")} type="file" accept=".csv,.txt,text/csv,text/plain" onChange={read} />
      <OptionFields {...props} />
      <Feedback error={command.errorOf()} />
      <Button type="submit" className="justify-self-start" pending={command.pending}>
        {t("preview")}
      </Button>
      {plan ? (
        <section aria-label={t("plan")} className="grid gap-3 rounded-lg border border-line bg-sunken p-4">
          <h4 ref={takeFocus} tabIndex={-1} className="font-semibold outline-none">
            {t("planTitle", { count: letters })}
          </h4>
          <Lines lines={plan.lines} />
          <div className="flex flex-wrap gap-3">
            {letters > 0 ? (
              <Button variant="primary" pending={command.pending} onClick={() => send(plan.invitation)}>
                {t("send", { count: letters })}
              </Button>
            ) : null}
            <Button variant="quiet" pending={command.pending} onClick={() => setPlan(null)}>
              {t("cancel")}
            </Button>
          </div>
        </section>
      ) : null}
      {sent ? (
        <section
          aria-label={t("sentTitle")}
          className="grid gap-3 rounded-lg border border-line bg-sunken p-4"
        >
          <h4 ref={takeFocus} tabIndex={-1} className="font-semibold text-good outline-none">
            {t("sent", { count: sent.filter(({ status }) => status === "send").length })}
          </h4>
          <Lines lines={sent} done />
        </section>
      ) : null}
    </form>
  );
}

const listError = (command: ReturnType<typeof UseCommand>, tooLarge: string): string | undefined =>
  command.errorOf("invitation.list", { "too-large": tooLarge }) ??
  command.errorOf("list", { "too-large": tooLarge });

function ListField({
  area,
  onChange,
  error,
}: {
  area: React.RefObject<HTMLTextAreaElement | null>;
  onChange: () => void;
  error: string | undefined;
}) {
  const t = useTranslations("people");
  return (
    <div className="grid gap-1.5">
      <label htmlFor="invite-list" className="font-medium">
        {t("list")}
      </label>
      <textarea
        ref={area}
        id="invite-list"
        name="list"
        rows={5}
        onChange={onChange}
        aria-invalid={error !== undefined}
        aria-describedby="invite-list-hint invite-list-error"
        className="w-full rounded-lg border border-line-strong bg-raised px-3 py-2 aria-[invalid=true]:border-wrong"
      />
      <p id="invite-list-hint" className="text-ink-muted text-sm">
        {t("listHint")}
      </p>
      <p id="invite-list-error" role="alert" className="font-medium text-sm text-wrong empty:hidden">
        {error}
      </p>
    </div>
  );
}

/** What becomes, or became, of each line. */
function Lines({ lines, done = false }: { lines: Line[]; done?: boolean }) {
  const t = useTranslations("people");
  return (
    <ScrollArea label={t("lines")} className="max-h-72">
      <table className="w-full text-sm">
        <thead>
          <tr className="text-start text-ink-muted">
            {(["lineNumber", "lineText", "lineStatus"] as const).map((head) => (
              <th key={head} scope="col" className="pe-3 pb-1 text-start font-medium">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ line, text, status }) => (
            <tr key={`${line}-${text}`} className="border-line border-t align-top">
              <td className="py-1 pe-3 tabular-nums">{line}</td>
              <th scope="row" className="py-1 pe-3 text-start font-normal [overflow-wrap:anywhere]">
                {text}
              </th>
              <td className={`py-1 ${status === "send" ? "text-good" : "text-warn"}`}>
                {status === "send" && done ? t("status.sent") : t(`status.${status}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
