import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FailedReminders } from "#components/reminders/failed-reminders.tsx";
import { SettingsSection } from "#components/settings/section.tsx";
import { EndTeam, SharingSwitch } from "#components/teams/own-part.tsx";
import { JoinRules, TeamForm } from "#components/teams/team-forms.tsx";
import { PageHeader } from "#components/ui/surface.tsx";
import { providerName } from "#lib/server/auth/oidc.ts";
import { getFailedReminders } from "#lib/server/queries/failed-reminders.ts";
import { getTeamSettings, type TeamSettings } from "#lib/server/queries/team-settings.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { timeZonesWith } from "#lib/server/time-zones.ts";
import {
  deleteTeamAction,
  editTeamAction,
  leaveTeamAction,
  sendReminderAgainAction,
  setJoinRulesAction,
  setSharingAction,
} from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("teams.settings"))("title") };
}

export default async function TeamSettingsPage({ params }: { params: Promise<{ team: string }> }) {
  const { viewer, now } = await requestContext();
  const settings = await getTeamSettings(viewer, (await params).team);
  if (!settings) notFound();
  const failed = await getFailedReminders(viewer, settings.team.id, now);
  const t = await getTranslations("teams.settings");
  const { team, edit } = settings;
  return (
    <>
      <PageHeader title={t("title")} />
      {failed ? (
        <FailedReminders teamId={team.id} failed={failed} sendAgain={sendReminderAgainAction} />
      ) : null}
      <SettingsSection title={t("you")} intro={t("youIntro")}>
        <SharingSwitch teamId={team.id} sharesAll={team.sharesAll} action={setSharingAction} />
        <EndTeam
          teamId={team.id}
          label={t("leave")}
          title={t("leaveTitle", { team: team.name })}
          text={t("leaveText")}
          button={t("leaveForGood")}
          action={leaveTeamAction}
        />
      </SettingsSection>
      {edit ? <OwnersPart team={team} edit={edit} /> : null}
    </>
  );
}

async function OwnersPart({
  team,
  edit,
}: {
  team: TeamSettings["team"];
  edit: NonNullable<TeamSettings["edit"]>;
}) {
  const t = await getTranslations("teams.settings");
  const domains = [...new Set([...edit.joinDomains, ...(edit.ownDomain ? [edit.ownDomain] : [])])];
  const groups = [...new Set([...edit.joinGroups, ...edit.ownGroups])];
  const others = edit.members - 1;
  return (
    <>
      <SettingsSection title={t("team")} intro={t("teamIntro")}>
        <TeamForm
          teamId={team.id}
          name={team.name}
          timeZone={team.timeZone}
          timeZones={timeZonesWith(team.timeZone)}
          action={editTeamAction}
        />
      </SettingsSection>
      <SettingsSection title={t("opening")} intro={t("openingIntro")}>
        {domains.length + groups.length === 0 ? (
          <p>{t("nothingToAdd")}</p>
        ) : (
          <JoinRules
            teamId={team.id}
            domains={domains.map((value) => ({ value, chosen: edit.joinDomains.includes(value) }))}
            groups={groups.map((value) => ({
              value,
              name: groupName(value),
              chosen: edit.joinGroups.includes(value),
            }))}
            action={setJoinRulesAction}
          />
        )}
      </SettingsSection>
      <SettingsSection title={t("erase")} intro={t("eraseIntro")}>
        {others > 0 ? (
          <p>{t("eraseOthers", { count: others })}</p>
        ) : (
          <EndTeam
            teamId={team.id}
            label={t("eraseButton")}
            title={t("eraseTitle", { team: team.name })}
            text={t("eraseText")}
            button={t("eraseForGood")}
            action={deleteTeamAction}
          />
        )}
      </SettingsSection>
    </>
  );
}

/** A group of an issuer as people know it: `<provider>:<group>` is how it is kept. */
function groupName(value: string): string {
  const colon = value.indexOf(":");
  return `${value.slice(colon + 1)} (${providerName(value.slice(0, colon))})`;
}
