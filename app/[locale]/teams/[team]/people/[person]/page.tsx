import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { dashboardFilterSchema } from "#lib/server/queries/dashboard/filters.ts";
import {
  answersOptionsSchema,
  getAnswersOfPerson,
  getPersonDashboard,
} from "#lib/server/queries/dashboard/person.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { type Search, valuesOf } from "../../dashboard-filters.tsx";
import { PersonReport } from "../../person-report.tsx";
import { writersOf } from "../../writers.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

export default async function PersonPage({
  params,
  searchParams,
}: {
  params: Promise<{ team: string; person: string }>;
  searchParams: Search;
}) {
  const { viewer, now } = await requestContext();
  const [{ team, person: userId }, search] = await Promise.all([params, valuesOf(searchParams)]);
  const filter = dashboardFilterSchema.parse(search);
  const [dashboard, answers] = await Promise.all([
    getPersonDashboard(viewer, team, userId, filter, now),
    getAnswersOfPerson(viewer, team, userId, filter, now, answersOptionsSchema.parse(search)),
  ]);
  if (!dashboard || !answers) notFound();
  const { frame, person } = dashboard;
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
      <PersonReport
        dashboard={dashboard}
        answers={answers}
        pathname={`/teams/${frame.team.id}/people/${person.userId}`}
        search={search}
        now={now}
      />
    </>
  );
}
