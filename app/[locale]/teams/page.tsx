import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CreateTeam } from "#components/teams/create-team.tsx";
import { JoinOpenTeam } from "#components/teams/open-team.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Badge, Card, EmptyState, PageHeader } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { getOpenTeams } from "#lib/server/queries/team-settings.ts";
import { getTeams } from "#lib/server/queries/teams.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { timeZonesWith } from "#lib/server/time-zones.ts";
import { createTeamAction, joinOpenTeamAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("teams"))("title") };
}

export default async function TeamsPage() {
  const { viewer } = await requestContext();
  const [t, auth, teams, open] = await Promise.all([
    getTranslations("teams"),
    getTranslations("auth"),
    getTeams(viewer),
    getOpenTeams(viewer),
  ]);
  return (
    <>
      <PageHeader title={t("title")}>{t("intro")}</PageHeader>
      {teams.length > 0 ? (
        <ul className="mb-10 grid gap-3 sm:grid-cols-2">
          {teams.map(({ id, name, role }) => (
            <Card as="li" key={id} className="flex flex-wrap items-baseline justify-between gap-2">
              <Link
                href={`/teams/${id}`}
                className="font-semibold text-lg underline decoration-line underline-offset-4"
              >
                {name}
              </Link>
              <Badge tone={role === "learner" ? "neutral" : "pod"}>{t(`roles.${role}`)}</Badge>
            </Card>
          ))}
        </ul>
      ) : (
        <div className="mb-10">
          <EmptyState title={t("none")}>{t("noneHelp")}</EmptyState>
        </div>
      )}
      {open.length > 0 ? (
        <section className="mb-10 grid gap-3">
          <h2 className="text-xl">{t("open")}</h2>
          <p className="text-ink-muted">{t("openHelp")}</p>
          {open.map(({ id, name }) => (
            <JoinOpenTeam
              key={id}
              teamId={id}
              label={t("joinOpen", { team: name })}
              action={joinOpenTeamAction}
            />
          ))}
        </section>
      ) : null}
      <section className="max-w-xl">
        <h2 className="mb-4 text-xl">{t("createTitle")}</h2>
        {viewer.kind === "user" ? (
          <CreateTeam
            timeZone={viewer.timeZone}
            timeZones={timeZonesWith(viewer.timeZone)}
            named={viewer.name !== null}
            action={createTeamAction}
          />
        ) : (
          <div className="grid gap-4">
            <p>{t("createNeedsAccount")}</p>
            <div className="flex flex-wrap gap-3">
              <LinkButton href="/sign-up" variant="primary">
                {auth("signUp")}
              </LinkButton>
              <LinkButton href="/sign-in">{auth("signIn")}</LinkButton>
            </div>
          </div>
        )}
      </section>
    </>
  );
}
