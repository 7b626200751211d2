import { dashboardFilterSchema } from "#lib/server/queries/dashboard/filters.ts";
import { ATTEMPT_ORDERS, getAttemptShares, getExamResults } from "#lib/server/queries/exam-results.ts";
import type { Table } from "./tables.ts";

const share = (value: number): number => Math.round(value * 10_000) / 10_000;

/** The attempts at final checks, each with its share of right answers by concept. */
export const examsTable: Table = async ({ viewer, teamId, query, now, locale, exam: t }) => {
  const filter = dashboardFilterSchema.parse(query);
  const results = await getExamResults(viewer, teamId, filter, now);
  const byConcept = await getAttemptShares(viewer, teamId, filter);
  if (!results || !byConcept) return null;
  const { concepts, shares } = byConcept;
  return {
    header: [
      ...(["name", "email", "assignment", "attempt", "begun", "took", "score", "result"] as const).map(
        (key) => t(`results.${key}`),
      ),
      ...concepts.map(({ title }) => title[locale]),
    ],
    rows: ATTEMPT_ORDERS.apply(results.attempts, ATTEMPT_ORDERS.read(query.sort), locale).map((attempt) => [
      attempt.name,
      attempt.email,
      attempt.title,
      attempt.number,
      new Date(attempt.startedAt).toISOString(),
      Math.round((attempt.endedAt - attempt.startedAt) / 6000) / 10,
      share(attempt.score),
      attempt.passed ? t("passed") : t("notPassed"),
      ...concepts.map(({ id }) => {
        const right = shares.get(attempt.id)?.get(id);
        return right === undefined ? null : share(right);
      }),
    ]),
  };
};
