import { getTranslations } from "next-intl/server";
import { Card } from "#components/ui/surface.tsx";
import { ATTEMPT_ORDERS, getExamResults } from "#lib/server/queries/exam-results.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { AttemptTable } from "./attempt-table.tsx";

/** The final checks that one member has taken, on their page and on what they see of it themselves. */
export async function PersonExams({
  teamId,
  timeZone,
  person,
  assignment,
  pathname,
  search,
}: {
  teamId: string;
  timeZone: string;
  person: string;
  assignment: string | undefined;
  /** Where this page is. */
  pathname: string;
  search: Readonly<Record<string, string | undefined>>;
}) {
  const { viewer, now, locale } = await requestContext();
  const results = await getExamResults(viewer, teamId, { person, assignment }, now);
  if (!results || results.attempts.length === 0) return null;
  const t = await getTranslations("exam");
  const sort = ATTEMPT_ORDERS.read(search.checks);
  return (
    <Card className="grid content-start gap-3 md:col-span-2">
      <h2 className="text-lg">{t("results.title")}</h2>
      <AttemptTable
        attempts={ATTEMPT_ORDERS.apply(results.attempts, sort, locale)}
        ofOne
        teamId={teamId}
        timeZone={timeZone}
        sort={sort}
        parameter="checks"
        address={{ pathname, query: search }}
      />
    </Card>
  );
}
