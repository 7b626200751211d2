"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";

type Made = Outcome & { value?: { url: string } };

/** The secret address of one's calendar: made, made anew or ended. Shown once, when it is made. */
export function CalendarLink({
  exists,
  make,
  revoke,
}: {
  exists: boolean;
  make: (input: Record<string, never>) => Promise<Made>;
  revoke: (input: Record<string, never>) => Promise<Outcome>;
}) {
  const t = useTranslations("reminders.settings.calendar");
  const command = useCommand();
  const [active, setActive] = useState(exists);
  const [url, setUrl] = useState<string | null>(null);
  const [said, setSaid] = useState<"copied" | "revoked" | null>(null);
  const makeOne = () =>
    command.run(
      async () => {
        const made = await make({});
        if (made.value) setUrl(made.value.url);
        return made;
      },
      () => {
        setActive(true);
        setSaid(null);
      },
    );
  const end = () =>
    command.run(
      () => revoke({}),
      () => {
        setActive(false);
        setUrl(null);
        setSaid("revoked");
      },
    );
  return (
    <div className="grid gap-4">
      <p className="text-ink-muted text-sm">{active ? t("active") : t("none")}</p>
      {url ? (
        <TextField
          label={t("address")}
          hint={t("addressHint")}
          value={url}
          readOnly
          className="font-mono text-sm"
          onFocus={(event) => event.currentTarget.select()}
        />
      ) : null}
      <div className="flex flex-wrap gap-3">
        {url ? (
          <Button onClick={() => navigator.clipboard.writeText(url).then(() => setSaid("copied"))}>
            {t("copy")}
          </Button>
        ) : null}
        <Button pending={command.pending} onClick={makeOne}>
          {active ? t("makeNew") : t("make")}
        </Button>
        {active ? (
          <Button variant="danger" pending={command.pending} onClick={end}>
            {t("revoke")}
          </Button>
        ) : null}
      </div>
      <Feedback done={said ? t(said) : undefined} error={command.errorOf()} />
    </div>
  );
}
