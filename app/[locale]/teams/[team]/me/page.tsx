import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { type DashboardProps, dashboardRequest } from "../dashboard-filters.tsx";
import { PersonReport, reportOn } from "../person-report.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.person"))("meTitle") };
}

/** What managers see of the viewer: the person page, about oneself. */
export default async function MyPage(props: DashboardProps) {
  const request = await dashboardRequest(props);
  if (!isPerson(request.viewer)) notFound();
  const [report, t] = await Promise.all([
    reportOn(request.viewer.userId, request),
    getTranslations("dashboard.person"),
  ]);
  const { frame, person } = report.dashboard;
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
      <PersonReport {...report} pathname={`/teams/${frame.team.id}/me`} />
    </>
  );
}
