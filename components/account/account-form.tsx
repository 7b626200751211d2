"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Card } from "#components/ui/surface.tsx";
import { takeFocus } from "#components/ui/take-focus.ts";
import type { Locale } from "#lib/core/questions/index.ts";
import { useRouter } from "#lib/i18n/navigation.ts";
import { type Outcome, useCommand } from "./use-command.ts";

type Action<Input> = (input: Input) => Promise<Outcome>;

/** A form about one account: its fields, what is wrong with them, and one button. */
function AccountForm({
  fields,
  submit,
  command,
  onSubmit,
}: {
  fields: (errorOf: ReturnType<typeof useCommand>["errorOf"]) => ReactNode;
  submit: string;
  command: ReturnType<typeof useCommand>;
  onSubmit: (data: FormData) => void;
}) {
  const handle = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  const general = command.errorOf();
  return (
    <form ref={command.form} onSubmit={handle} className="grid gap-4" noValidate>
      {fields(command.errorOf)}
      {general ? (
        <p role="alert" className="rounded-lg bg-wrong-soft px-3 py-2 text-wrong">
          {general}
        </p>
      ) : null}
      <Button type="submit" variant="primary" size="lg" pending={command.pending}>
        {submit}
      </Button>
    </form>
  );
}

const text = (data: FormData, name: string): string => String(data.get(name) ?? "");

/** After signing in or out, everything on screen is somebody else's. @param invite of the page to go on with, if any */
function useGoOn(invite?: string): () => void {
  const router = useRouter();
  return () => {
    router.replace(invite ? `/join?token=${invite}` : "/");
    router.refresh();
  };
}

export function SignInForm({
  action,
  invite,
}: {
  action: Action<{ email: string; password: string }>;
  /** The invitation to go on with. */
  invite?: string | undefined;
}) {
  const t = useTranslations("auth");
  const command = useCommand();
  const goOn = useGoOn(invite);
  return (
    <AccountForm
      command={command}
      submit={t("signIn")}
      onSubmit={(data) =>
        command.run(() => action({ email: text(data, "email"), password: text(data, "password") }), goOn)
      }
      fields={(errorOf) => (
        <>
          <TextField
            label={t("email")}
            name="email"
            type="email"
            autoComplete="email"
            required
            error={errorOf("email")}
          />
          <TextField
            label={t("password")}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            error={errorOf("password")}
          />
        </>
      )}
    />
  );
}

export function SignUpForm({
  action,
  locale,
  mailIsConfigured,
  invite,
}: {
  action: Action<{
    email: string;
    password: string;
    locale: Locale;
    timeZone: string;
    invite?: string | undefined;
  }>;
  locale: Locale;
  mailIsConfigured: boolean;
  /** The invitation to go on with. */
  invite?: string | undefined;
}) {
  const t = useTranslations("auth");
  const command = useCommand();
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo) return <CheckMail email={sentTo} mailIsConfigured={mailIsConfigured} />;
  return (
    <AccountForm
      command={command}
      submit={t("signUp")}
      onSubmit={(data) => {
        const email = text(data, "email");
        const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
        command.run(
          () => action({ email, password: text(data, "password"), locale, timeZone, invite }),
          () => setSentTo(email),
        );
      }}
      fields={(errorOf) => (
        <>
          <TextField
            label={t("email")}
            name="email"
            type="email"
            autoComplete="email"
            required
            error={errorOf("email")}
          />
          <TextField
            label={t("password")}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            hint={t("passwordHint")}
            error={errorOf("password")}
          />
        </>
      )}
    />
  );
}

export function RequestResetForm({
  action,
  locale,
  mailIsConfigured,
}: {
  action: Action<{ email: string; locale: Locale }>;
  locale: Locale;
  mailIsConfigured: boolean;
}) {
  const t = useTranslations("auth");
  const command = useCommand();
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo) return <CheckMail email={sentTo} mailIsConfigured={mailIsConfigured} />;
  return (
    <AccountForm
      command={command}
      submit={t("sendLink")}
      onSubmit={(data) => {
        const email = text(data, "email");
        command.run(
          () => action({ email, locale }),
          () => setSentTo(email),
        );
      }}
      fields={(errorOf) => (
        <TextField
          label={t("email")}
          name="email"
          type="email"
          autoComplete="email"
          required
          error={errorOf("email")}
        />
      )}
    />
  );
}

export function ResetPasswordForm({
  action,
  token,
}: {
  action: Action<{ token: string; password: string }>;
  token: string;
}) {
  const t = useTranslations("auth");
  const command = useCommand();
  const goOn = useGoOn();
  if (command.error === "token-invalid") {
    return (
      <Expired text={t("resetExpired")}>
        <LinkButton href="/reset-password" variant="primary">
          {t("newLink")}
        </LinkButton>
      </Expired>
    );
  }
  return (
    <AccountForm
      command={command}
      submit={t("setPassword")}
      onSubmit={(data) => command.run(() => action({ token, password: text(data, "password") }), goOn)}
      fields={(errorOf) => (
        <TextField
          label={t("newPassword")}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          hint={t("resetHint")}
          error={errorOf("password")}
        />
      )}
    />
  );
}

/** A click confirms, not the visit: mail scanners visit links. */
export function ConfirmForm({
  action,
  token,
  invite,
}: {
  action: Action<{ token: string }>;
  token: string;
  /** The invitation to go on with. */
  invite?: string | undefined;
}) {
  const t = useTranslations("auth");
  const command = useCommand();
  const goOn = useGoOn(invite);
  if (command.error === "token-invalid") {
    return (
      <Expired text={t("confirmExpired")}>
        <LinkButton href="/sign-in" variant="primary">
          {t("signIn")}
        </LinkButton>
        <LinkButton href="/sign-up">{t("signUp")}</LinkButton>
      </Expired>
    );
  }
  return (
    <AccountForm
      command={command}
      submit={t("confirmButton")}
      onSubmit={() => command.run(() => action({ token }), goOn)}
      fields={() => <p>{t("confirmText")}</p>}
    />
  );
}

/** Instead of a form whose link works no more: where to go from here. */
function Expired({ text, children }: { text: string; children: ReactNode }) {
  return (
    <>
      <p role="alert" ref={takeFocus} tabIndex={-1} className="outline-none">
        {text}
      </p>
      <div className="flex flex-wrap gap-3">{children}</div>
    </>
  );
}

function CheckMail({ email, mailIsConfigured }: { email: string; mailIsConfigured: boolean }) {
  const t = useTranslations("auth");
  return (
    <div role="status" className="grid gap-2">
      <h2 ref={takeFocus} tabIndex={-1} className="text-lg outline-none">
        {t("checkMail")}
      </h2>
      <p>{t("checkMailText", { email })}</p>
      {mailIsConfigured ? null : <p className="text-ink-muted text-sm">{t("outboxHint")}</p>}
    </div>
  );
}

/** The frame of the account pages. */
export function AccountCard({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: string;
  children: ReactNode;
}) {
  return (
    <Card className="mx-auto grid max-w-md gap-5">
      <header className="grid gap-1">
        <h1 className="text-2xl">{title}</h1>
        {intro ? <p className="text-ink-muted">{intro}</p> : null}
      </header>
      {children}
    </Card>
  );
}
