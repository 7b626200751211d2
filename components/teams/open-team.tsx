"use client";

import { useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";
import type { Action } from "./types.ts";

/** Joins a team that is open to the viewer. */
export function JoinOpenTeam({
  teamId,
  label,
  action,
}: {
  teamId: string;
  label: string;
  action: Action<{ teamId: string }>;
}) {
  const router = useRouter();
  const command = useCommand();
  return (
    <div className="grid gap-2">
      <Button
        className="justify-self-start"
        pending={command.pending}
        onClick={() => command.run(() => action({ teamId }), router.refresh)}
      >
        {label}
      </Button>
      <Feedback error={command.errorOf()} />
    </div>
  );
}
