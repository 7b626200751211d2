import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { type DashboardProps, dashboardRequest } from "../../dashboard-filters.tsx";
import { PersonReport, reportOn } from "../../person-report.tsx";
import { writersOf } from "../../writers.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

export default async function PersonPage(props: DashboardProps<{ person: string }>) {
  const request = await dashboardRequest(props);
  const report = await reportOn(request.person, request);
  const { frame, person } = report.dashboard;
  const [t, roles, { dueDay }] = await Promise.all([
    getTranslations("dashboard.person"),
    getTranslations("teams.roles"),
    writersOf(frame.team.timeZone),
  ]);
  const unnamed = (await getTranslations("dashboard"))("unnamed");
  return (
    <>
      <PageHeader title={person.name ?? person.email ?? unnamed}>
        <p>
          {t("joined", { role: roles(person.role), date: dueDay(person.joinedAt + 1) })}{" "}
          {t(person.sharesAll ? "sharesAll" : "onlyAssigned")}
        </p>
        <p className="print:hidden">
          <Link
            href={`/teams/${frame.team.id}/concepts`}
            className="inline-block py-1 text-pod-ink underline underline-offset-4"
          >
            {t("back")}
          </Link>
        </p>
      </PageHeader>
      <PersonReport {...report} pathname={`/teams/${frame.team.id}/people/${person.userId}`} />
    </>
  );
}
