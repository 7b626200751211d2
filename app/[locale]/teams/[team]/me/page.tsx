import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { dashboardFilterSchema } from "#lib/server/queries/dashboard/filters.ts";
import {
  answersOptionsSchema,
  getAnswersOfPerson,
  getPersonDashboard,
} from "#lib/server/queries/dashboard/person.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { type Search, valuesOf } from "../dashboard-filters.tsx";
import { PersonReport } from "../person-report.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.person"))("meTitle") };
}

/** What managers see of the viewer: the person page, about oneself. */
export default async function MyPage({
  params,
  searchParams,
}: {
  params: Promise<{ team: string }>;
  searchParams: Search;
}) {
  const { viewer, now } = await requestContext();
  if (!isPerson(viewer)) notFound();
  const [{ team }, search] = await Promise.all([params, valuesOf(searchParams)]);
  const filter = dashboardFilterSchema.parse(search);
  const [dashboard, answers, t] = await Promise.all([
    getPersonDashboard(viewer, team, viewer.userId, filter, now),
    getAnswersOfPerson(viewer, team, viewer.userId, filter, now, answersOptionsSchema.parse(search)),
    getTranslations("dashboard.person"),
  ]);
  if (!dashboard || !answers) notFound();
  const { frame, person } = dashboard;
  return (
    <>
      <PageHeader title={t("meTitle")}>
        <p>{t("meIntro")}</p>
        {person.sharesAll ? <p className="font-semibold text-ink">{t("meShares")}</p> : null}
        <p>
          <Link
            href={`/teams/${frame.team.id}/settings`}
            className="inline-block py-1 text-pod-ink underline underline-offset-4"
          >
            {t("sharing")}
          </Link>
        </p>
      </PageHeader>
      <PersonReport
        dashboard={dashboard}
        answers={answers}
        pathname={`/teams/${frame.team.id}/me`}
        search={search}
        now={now}
      />
    </>
  );
}
