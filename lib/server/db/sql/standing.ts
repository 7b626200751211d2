import { type Goal, PACE_DAYS, type Standing } from "#lib/core/assignments/index.ts";
import { assignedConcepts } from "#lib/server/auth/scope.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";
import { curves, recallAt } from "./readiness.ts";

/**
 * Where people stand with what was assigned to them: raw SQL because it folds the card states of all assignees into one row
 * each. It reads as many card states as they have of the assigned items: linear in people.
 */

/** One person's part of an assignment, with all that a plan is made from. Moments are ms since the epoch. */
export interface StandingRow extends Standing, Goal {
  assignmentId: string;
  userId: string;
  assignedAt: number;
  extended: boolean;
  /** The person's, which decides what reviews keep. */
  desiredRetention: number;
}

/** SQL of somebody alone, as `standings` takes members. */
export const alone = (userId: string): Prisma.Sql => Prisma.sql`SELECT ${userId}::uuid AS "userId"`;

/**
 * The standing of the given members with the assignments of a team, or with one of them.
 * @param members SQL that selects `userId`, as `seenMembers` does
 * @param now ms since the epoch
 */
export function standings(
  db: Pick<PrismaClient, "$queryRaw">,
  { teamId, members, assignmentId }: { teamId: string; members: Prisma.Sql; assignmentId?: string },
  now: number,
): Promise<StandingRow[]> {
  const at = Prisma.sql`${new Date(now)}::timestamptz`;
  const only = assignmentId ? Prisma.sql`AND assignee."assignmentId" = ${assignmentId}::uuid` : Prisma.empty;
  const recallOf = (moment: Prisma.Sql) =>
    recallAt("s", Prisma.sql`curve.decay`, moment, Prisma.sql`curve.factor`);
  return db.$queryRaw<StandingRow[]>`
    WITH parts AS (
      SELECT assignee."assignmentId", assignee."userId", assignee."assignedAt", assignee."dueAt", assignee.extended,
        assignee."readinessAtDue" AS noted, assignment."readinessTarget", person."desiredRetention",
        least(${PACE_DAYS}, greatest(1, floor(extract(epoch FROM ${at} - assignee."assignedAt") / 86400)))::int AS "paceDays",
        exam."assignmentId" IS NOT NULL AS "hasExam",
        EXISTS (
          SELECT 1 FROM "ExamAttempt" attempt
          WHERE attempt."assignmentId" = assignee."assignmentId" AND attempt."userId" = assignee."userId"
            AND attempt.passed) AS passed
      FROM (${members}) member
      JOIN "Assignee" assignee ON assignee."teamId" = ${teamId}::uuid AND assignee."userId" = member."userId" ${only}
      JOIN "Assignment" assignment ON assignment.id = assignee."assignmentId"
      JOIN "User" person ON person.id = assignee."userId"
      LEFT JOIN "Exam" exam ON exam."assignmentId" = assignee."assignmentId"
    ), assigned AS (
      SELECT concept."assignmentId", item.id AS "itemId",
        1.0::float8 / count(*) OVER (PARTITION BY concept."assignmentId", concept."conceptId") AS share
      FROM (${assignedConcepts(teamId)}) concept
      JOIN "Item" item ON item."conceptId" = concept."conceptId" AND item."retiredAt" IS NULL
    ), weighted AS MATERIALIZED (
      -- Each concept counts the same, and so does each item within it.
      SELECT "assignmentId", "itemId", share / sum(share) OVER (PARTITION BY "assignmentId") AS weight
      FROM assigned
    )
    SELECT part."assignmentId", part."userId", part.extended, part."readinessTarget", part."desiredRetention",
      part."paceDays", part."hasExam", CASE WHEN part."hasExam" THEN part.passed END AS "examPassed",
      (extract(epoch FROM part."assignedAt") * 1000)::float8 AS "assignedAt",
      (extract(epoch FROM part."dueAt") * 1000)::float8 AS "dueAt",
      count(card."itemId")::int AS items,
      count(s."lastReview")::int AS seen,
      coalesce(sum(card.weight) FILTER (WHERE s."lastReview" IS NOT NULL), 0) AS coverage,
      coalesce(sum(card.weight * ${recallOf(at)}), 0) AS readiness,
      coalesce(part.noted, sum(card.weight * ${recallOf(Prisma.sql`part."dueAt"`)}), 0) AS "readinessAtDue",
      count(*) FILTER (
        WHERE s."introducedAt" >= ${at} - make_interval(days => part."paceDays"))::int AS "introducedLately"
    FROM parts part
    JOIN (${curves}) curve ON curve."userId" = part."userId"
    LEFT JOIN weighted card ON card."assignmentId" = part."assignmentId"
    LEFT JOIN "CardState" s ON s."userId" = part."userId" AND s."itemId" = card."itemId"
    GROUP BY part."assignmentId", part."userId", part."assignedAt", part."dueAt", part.extended, part.noted,
      part."readinessTarget", part."desiredRetention", part."paceDays", part."hasExam", part.passed
    ORDER BY part."assignmentId", part."userId"`;
}
