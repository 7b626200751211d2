import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TeamTabs } from "#components/teams/team-tabs.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { can } from "#lib/server/auth/policy.ts";
import { getTeam } from "#lib/server/queries/teams.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { TABS } from "./tabs.ts";

/** Which team, and what there is to see of it. Each page asks for itself what its viewer may see. */
export default async function TeamLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ team: string }>;
}) {
  const { viewer } = await requestContext();
  const team = await getTeam(viewer, (await params).team);
  if (!team) notFound();
  const t = await getTranslations("teams");
  const tabs = TABS.filter(({ action }) => can(team.role, action)).map(({ segment, name }) => ({
    segment,
    label: t(`tabs.${name}`),
  }));
  return (
    <>
      <p className="mb-1 flex flex-wrap items-baseline gap-x-2 text-sm">
        <Link href="/teams" className="text-ink-muted underline underline-offset-4">
          {t("title")}
        </Link>
        <span aria-hidden="true" className="text-ink-muted">
          /
        </span>
        <span className="min-w-0 break-words font-semibold">{team.name}</span>
      </p>
      <TeamTabs teamId={team.id} tabs={tabs} />
      {children}
    </>
  );
}
