"use client";

import { useTranslations } from "next-intl";
import { useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { Badge } from "#components/ui/surface.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";
import type { Action, Role } from "./types.ts";

/** Invitations that still work, each with a way to withdraw it. */
export function OpenInvites({
  teamId,
  invites,
  action,
}: {
  teamId: string;
  invites: {
    id: string;
    role: Role;
    email: string | null;
    group: string | null;
    uses: number;
    maxUses: number;
    /** When it ends, in words. */
    until: string;
    revocable: boolean;
  }[];
  action: Action<{ teamId: string; inviteId: string }>;
}) {
  const t = useTranslations("people");
  const teams = useTranslations("teams");
  const router = useRouter();
  const command = useCommand();
  const revoke = (inviteId: string) => command.run(() => action({ teamId, inviteId }), router.refresh);
  return (
    <div className="grid gap-3">
      <h3 className="font-medium text-base">{t("openInvites")}</h3>
      {invites.length === 0 ? <p className="text-ink-muted">{t("noInvites")}</p> : null}
      <ul className="grid gap-2">
        {invites.map(({ id, role, email, group, uses, maxUses, until, revocable }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t pt-2">
            <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{email ?? t("link")}</span>
            <Badge tone={role === "learner" ? "neutral" : "pod"}>{teams(`roles.${role}`)}</Badge>
            {group ? <Badge>{group}</Badge> : null}
            <span className="text-ink-muted text-sm">
              {email ? null : <>{t("uses", { uses, maxUses })} </>}
              {t("until", { until })}
            </span>
            {revocable ? (
              <Button
                size="sm"
                variant="quiet"
                className="ml-auto"
                aria-label={t("revokeOf", { name: email ?? t("link") })}
                pending={command.pending}
                onClick={() => revoke(id)}
              >
                {t("revoke")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <Feedback error={command.errorOf()} />
    </div>
  );
}
