"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { takeFocus } from "#components/ui/take-focus.ts";
import type { Locale } from "#lib/core/questions/index.ts";
import { useRouter } from "#lib/i18n/navigation.ts";
import type { Action } from "./types.ts";

/** Joins a team as whoever is here: an account goes straight to the team, a guest stays and hears how not to lose it. */
export function JoinForm({
  token,
  locale,
  name,
  account,
  action,
}: {
  token: string;
  locale: Locale;
  /** What the viewer is called so far. */
  name: string | null;
  /** The account that is signed in; null for guests and nobody. */
  account: string | null;
  action: Action<
    { token: string; personName?: string; locale: Locale; timeZone: string },
    { teamId: string }
  >;
}) {
  const t = useTranslations("teams");
  const router = useRouter();
  const command = useCommand();
  const join = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const personName = String(new FormData(event.currentTarget).get("personName") ?? "");
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    let teamId = "";
    command.run(
      async () => {
        const outcome = await action({ token, locale, timeZone, ...(personName ? { personName } : {}) });
        teamId = outcome.value?.teamId ?? "";
        return outcome;
      },
      () => {
        if (account) router.replace(`/teams/${teamId}`);
        router.refresh();
      },
    );
  };
  return (
    <form ref={command.form} onSubmit={join} className="grid gap-4" noValidate>
      {account ? <p>{t("join.signedIn", { name: account })}</p> : null}
      {name ? null : (
        <TextField
          label={t("personName")}
          hint={t("personNameHint")}
          name="personName"
          required
          autoComplete="name"
          error={command.errorOf("personName")}
        />
      )}
      <Feedback error={command.errorOf()} />
      <Button type="submit" variant="primary" size="lg" pending={command.pending}>
        {t(account ? "join.join" : "join.joinAsGuest")}
      </Button>
      {account ? null : <p className="text-ink-muted text-sm">{t("join.guestHint")}</p>}
    </form>
  );
}

/** What a guest hears who is in a team: how not to lose it. */
export function JoinedAsGuest() {
  const t = useTranslations("teams.join");
  return (
    <div role="status" className="grid gap-4">
      <h2 ref={takeFocus} tabIndex={-1} className="text-lg outline-none">
        {t("done")}
      </h2>
      <p>{t("doneText")}</p>
      <div className="flex flex-wrap gap-3">
        <LinkButton href="/sign-up" variant="primary">
          {t("signUp")}
        </LinkButton>
        <LinkButton href="/">{t("later")}</LinkButton>
      </div>
    </div>
  );
}
