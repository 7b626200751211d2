"use client";

import { useTranslations } from "next-intl";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";

/** Begins an attempt. */
export function StartButton({
  assignmentId,
  minutes,
  action,
}: {
  assignmentId: string;
  minutes: number;
  action: (input: { assignmentId: string }) => Promise<Outcome>;
}) {
  const t = useTranslations("exam");
  const router = useRouter();
  const command = useCommand();
  return (
    <div className="flex flex-wrap items-center gap-4">
      <Button
        variant="primary"
        size="lg"
        pending={command.pending}
        onClick={() => command.run(() => action({ assignmentId }), router.refresh)}
      >
        {t("start", { minutes })}
      </Button>
      <Feedback error={command.errorOf()} />
    </div>
  );
}
