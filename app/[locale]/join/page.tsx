import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountCard } from "#components/account/account-form.tsx";
import { JoinedAsGuest, JoinForm } from "#components/teams/join-form.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { getInvitation, type Invitation } from "#lib/server/queries/invitation.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { joinTeamAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  // The address of this page is a secret: it must not travel on as a referrer.
  return { title: (await getTranslations("teams.join"))("titleNone"), referrer: "no-referrer" };
}

export default async function JoinPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const { viewer, now, locale } = await requestContext();
  const { token } = await searchParams;
  const secret = typeof token === "string" ? token : "";
  const invitation = await getInvitation(viewer, secret, now);
  const t = await getTranslations("teams.join");
  if (!invitation) return <Invalid />;
  if (invitation.joined) return <Already invitation={invitation} guest={viewer.kind === "guest"} />;
  const query = { invite: secret };
  const needsAccount = invitation.role !== "learner" && viewer.kind !== "user";
  return (
    <AccountCard title={t("title", { team: invitation.teamName })} intro={t("as", { role: invitation.role })}>
      <section className="grid gap-2">
        <h2 className="font-semibold text-base">{t("sees")}</h2>
        <ul className="grid list-disc gap-1 pl-5 text-sm">
          <li>{t("sees1")}</li>
          <li>{t("sees2")}</li>
          <li>{t("sees3")}</li>
        </ul>
        <p className="text-ink-muted text-sm">{t("seesNot")}</p>
      </section>
      {needsAccount ? (
        <p>{t("needsAccount")}</p>
      ) : (
        <JoinForm
          token={secret}
          locale={locale}
          name={isPerson(viewer) ? viewer.name : null}
          account={viewer.kind === "user" ? (viewer.name ?? viewer.email) : null}
          action={joinTeamAction}
        />
      )}
      {viewer.kind === "user" ? null : (
        <div className="flex flex-wrap gap-3">
          <LinkButton href={{ pathname: "/sign-in", query }}>{t("haveAccount")}</LinkButton>
          <LinkButton href={{ pathname: "/sign-up", query }}>{t("newAccount")}</LinkButton>
        </div>
      )}
    </AccountCard>
  );
}

async function Already({
  invitation: { teamId, teamName },
  guest,
}: {
  invitation: Invitation;
  guest: boolean;
}) {
  const t = await getTranslations("teams.join");
  return (
    <AccountCard title={teamName} intro={t("already")}>
      {guest ? <JoinedAsGuest /> : null}
      <LinkButton href={`/teams/${teamId}`} variant={guest ? "secondary" : "primary"}>
        {t("toTeam")}
      </LinkButton>
    </AccountCard>
  );
}

async function Invalid() {
  const [t, errors] = await Promise.all([getTranslations("teams.join"), getTranslations("errors")]);
  return (
    <AccountCard title={t("invalid")}>
      <p>{errors("invite-invalid")}</p>
    </AccountCard>
  );
}
