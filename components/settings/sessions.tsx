"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Button } from "#components/ui/button.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";
import { Feedback } from "./feedback.tsx";

type Action = (input: Record<string, never>) => Promise<Outcome>;

/** Signing out here, or on every other device. */
export function Sessions({ signOut, signOutEverywhere }: { signOut: Action; signOutEverywhere: Action }) {
  const t = useTranslations("settings");
  const router = useRouter();
  const command = useCommand();
  const [ended, setEnded] = useState(false);
  const leave = () =>
    command.run(
      () => signOut({}),
      () => {
        router.replace("/");
        router.refresh();
      },
    );
  const endOthers = () =>
    command.run(
      () => signOutEverywhere({}),
      () => setEnded(true),
    );
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-3">
        <Button pending={command.pending} onClick={leave}>
          {t("signOut")}
        </Button>
        <Button pending={command.pending} onClick={endOthers}>
          {t("signOutElsewhere")}
        </Button>
      </div>
      <Feedback done={ended ? t("signedOutElsewhere") : undefined} error={command.errorOf()} />
    </div>
  );
}
