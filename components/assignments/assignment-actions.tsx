"use client";

import { useTranslations } from "next-intl";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";

/** What can be done with an assignment as a whole. */
export function AssignmentActions({
  id,
  href,
  closed,
  archived,
  setClosed,
  setArchived,
}: {
  id: string;
  /** The address of the team's assignments. */
  href: string;
  closed: boolean;
  archived: boolean;
  setClosed: (input: { assignmentId: string; closed: boolean }) => Promise<Outcome>;
  setArchived: (input: { assignmentId: string; archived: boolean }) => Promise<Outcome>;
}) {
  const t = useTranslations("assignments.detail");
  const router = useRouter();
  const command = useCommand();
  const refresh = () => router.refresh();
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-3">
        <LinkButton href={`${href}/${id}/edit`}>{t("edit")}</LinkButton>
        <LinkButton href={`${href}/new?from=${id}`}>{t("duplicate")}</LinkButton>
        {archived ? null : (
          <Button
            pending={command.pending}
            onClick={() => command.run(() => setClosed({ assignmentId: id, closed: !closed }), refresh)}
          >
            {closed ? t("reopen") : t("close")}
          </Button>
        )}
        <Button
          variant="quiet"
          pending={command.pending}
          onClick={() => command.run(() => setArchived({ assignmentId: id, archived: !archived }), refresh)}
        >
          {archived ? t("unarchive") : t("archive")}
        </Button>
      </div>
      <p className="text-ink-muted text-sm">{t("closeHint")}</p>
      <Feedback error={command.errorOf()} />
    </div>
  );
}
