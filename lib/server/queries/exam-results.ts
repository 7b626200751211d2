import "server-only";
import { groupBy, medianOf } from "#lib/core/collections.ts";
import { distributionOf } from "#lib/core/exams/index.ts";
import type { Text } from "#lib/core/questions/index.ts";
import { ordersOf } from "#lib/core/sorting.ts";
import { teamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { closeOverdueAttempts } from "#lib/server/commands/close-attempts.ts";
import { db } from "#lib/server/db/client.ts";
import {
  attemptRows,
  attemptShares,
  conceptShares,
  examRows,
  type ResultsNarrowing,
} from "#lib/server/db/sql/exam-results.ts";
import { isId } from "#lib/server/ids.ts";

/** What came of the final checks of a team. */
export interface ExamResults {
  exams: ExamSummary[];
  /** Ended attempts, latest first. */
  attempts: AttemptResult[];
}

export interface ExamSummary {
  assignmentId: string;
  title: string;
  /** Share of items to be right, 0 to 1. */
  passMark: number;
  /** Members that it comes to; those who took it; those who passed. */
  assigned: number;
  taken: number;
  passed: number;
  /** The middle of the best scores of those who took it, 0 to 1; null when nobody has. */
  median: number | null;
  /** How many have their best score in each tenth: below 10 %, …, 90 % and more. */
  distribution: number[];
  /** What was asked in all attempts by concept, the lowest share of right answers first. */
  concepts: ConceptShare[];
}

export interface ConceptShare {
  conceptId: string;
  title: Text;
  items: number;
  right: number;
}

export interface AttemptResult {
  id: string;
  assignmentId: string;
  title: string;
  userId: string;
  name: string | null;
  email: string | null;
  number: number;
  /** Moments are ms since the epoch. */
  startedAt: number;
  endedAt: number;
  /** Share of items that are right, 0 to 1. */
  score: number;
  passed: boolean;
}

export const ATTEMPT_ORDERS = ordersOf<
  AttemptResult,
  "name" | "assignment" | "attempt" | "score" | "result" | "took" | "begun"
>(
  {
    name: ({ name, email }) => name ?? email,
    assignment: ({ title }) => title,
    attempt: ({ number }) => number,
    score: ({ score }) => score,
    result: ({ passed }) => Number(passed),
    took: ({ startedAt, endedAt }) => endedAt - startedAt,
    begun: ({ startedAt }) => startedAt,
  },
  { by: "begun", descending: true },
);

export interface ResultsFilter {
  group?: string | undefined;
  assignment?: string | undefined;
  /** One member only, which everybody may ask of themselves. */
  person?: string | undefined;
}

/**
 * The results of a team's final checks, for those who may see its dashboards, and for every member of their own: attempts
 * of members since they joined. Attempts whose time is up are closed by this. Null for everyone else.
 * @param now ms since the epoch
 */
export async function getExamResults(
  viewer: Viewer,
  teamId: string,
  filter: ResultsFilter,
  now: number,
): Promise<ExamResults | null> {
  const narrowing = await narrow(viewer, teamId, filter);
  if (!narrowing) return null;
  await closeOverdueAttempts(now, { assignment: { teamId } });
  const [exams, attempts, shares, concepts] = await Promise.all([
    examRows(db(), viewer, narrowing),
    attemptRows(db(), viewer, narrowing),
    conceptShares(db(), viewer, narrowing),
    conceptTitles(),
  ]);
  const byExam = groupBy(attempts, ({ assignmentId }) => assignmentId);
  const sharesByExam = groupBy(shares, ({ assignmentId }) => assignmentId);
  return {
    exams: exams.map(({ id, title, passMark, assigned }) => {
      const byPerson = groupBy(byExam.get(id) ?? [], ({ userId }) => userId);
      const best = [...byPerson.values()].map((own) => Math.max(...own.map(({ score }) => score)));
      return {
        assignmentId: id,
        title,
        passMark,
        assigned,
        taken: byPerson.size,
        passed: [...byPerson.values()].filter((own) => own.some(({ passed }) => passed)).length,
        median: medianOf(best),
        distribution: distributionOf(best),
        concepts: (sharesByExam.get(id) ?? [])
          .map(({ conceptId, items, right }) => ({
            conceptId,
            title: concepts.get(conceptId) ?? { ja: conceptId, en: conceptId },
            items,
            right,
          }))
          .sort((a, b) => a.right / a.items - b.right / b.items || (a.conceptId < b.conceptId ? -1 : 1)),
      };
    }),
    attempts: attempts.map(({ startedAt, submittedAt, ...rest }) => ({
      ...rest,
      startedAt: startedAt.getTime(),
      endedAt: submittedAt.getTime(),
    })),
  };
}

/** The shares of each attempt by concept, for files: by attempt, then by concept. Null where there are no results to see. */
export async function getAttemptShares(
  viewer: Viewer,
  teamId: string,
  filter: ResultsFilter,
): Promise<{ concepts: { id: string; title: Text }[]; shares: Map<string, Map<string, number>> } | null> {
  const narrowing = await narrow(viewer, teamId, filter);
  if (!narrowing) return null;
  const [rows, titles] = await Promise.all([attemptShares(db(), viewer, narrowing), conceptTitles()]);
  const asked = new Set(rows.map(({ conceptId }) => conceptId));
  const shares = new Map(
    [...groupBy(rows, ({ attemptId }) => attemptId)].map(([attemptId, own]) => [
      attemptId,
      new Map(own.map(({ conceptId, items, right }) => [conceptId, right / items])),
    ]),
  );
  return {
    concepts: [...titles].filter(([id]) => asked.has(id)).map(([id, title]) => ({ id, title })),
    shares,
  };
}

/** What the viewer may see of it; null where that is nothing. */
async function narrow(
  viewer: Viewer,
  teamId: string,
  { group, assignment, person }: ResultsFilter,
): Promise<ResultsNarrowing | null> {
  const ids = [teamId, group, assignment, person].filter((id) => id !== undefined);
  if (!isPerson(viewer) || !ids.every(isId)) return null;
  const action = person === viewer.userId ? "team.see" : "dashboards.see";
  const team = await db().team.findFirst({ where: { id: teamId, ...teamsWhere(viewer, action) } });
  return team && { teamId, group, assignment, person };
}

/** In teaching order. */
async function conceptTitles(): Promise<Map<string, Text>> {
  const concepts = await db().concept.findMany({
    select: { id: true, title: true },
    orderBy: { position: "asc" },
  });
  return new Map(concepts.map(({ id, title }) => [id, title as Text]));
}
