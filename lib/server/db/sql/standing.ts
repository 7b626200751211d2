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
    recallAt("s", Prisma.sql`part.decay`, moment, Prisma.sql`part.factor`);
  // Whom and what it is about comes first, and whole: what follows goes once over the states of the cards that were seen.
  return db.$queryRaw<StandingRow[]>`
    WITH parts AS MATERIALIZED (
      SELECT assignee."assignmentId", assignee."userId", assignee."assignedAt", assignee."dueAt", assignee.extended,
        assignee."readinessAtDue" AS noted, assignment."readinessTarget", person."desiredRetention",
        pace.days AS "paceDays", ${at} - make_interval(days => pace.days) AS "paceSince",
        exam."assignmentId" IS NOT NULL AS "hasExam", curve.decay, curve.factor
      FROM (${members}) member
      JOIN "Assignee" assignee ON assignee."teamId" = ${teamId}::uuid AND assignee."userId" = member."userId" ${only}
      JOIN "Assignment" assignment ON assignment.id = assignee."assignmentId"
      JOIN "User" person ON person.id = assignee."userId"
      JOIN (${curves}) curve ON curve."userId" = assignee."userId"
      LEFT JOIN "Exam" exam ON exam."assignmentId" = assignee."assignmentId"
      CROSS JOIN LATERAL (
        SELECT least(${PACE_DAYS}, greatest(1, floor(date_part('epoch', ${at} - assignee."assignedAt") / 86400)))::int
          AS days) pace
    ), assigned AS (
      SELECT concept."assignmentId", item.id AS "itemId",
        1.0::float8 / count(*) OVER (PARTITION BY concept."assignmentId", concept."conceptId") AS share
      FROM (${assignedConcepts(teamId)}) concept
      JOIN "Item" item ON item."conceptId" = concept."conceptId" AND item."retiredAt" IS NULL
    ), weighted AS MATERIALIZED (
      -- Each concept counts the same, and so does each item within it.
      SELECT "assignmentId", "itemId", share / sum(share) OVER (PARTITION BY "assignmentId") AS weight
      FROM assigned
    ), known AS (
      SELECT part."assignmentId", part."userId", count(*)::int AS seen, sum(s.weight) AS coverage,
        sum(s.weight * ${recallOf(at)}) AS readiness,
        sum(s.weight * CASE WHEN part.noted IS NULL THEN ${recallOf(Prisma.sql`part."dueAt"`)} END) AS "atDue",
        count(*) FILTER (WHERE s."introducedAt" >= part."paceSince")::int AS "introducedLately"
      FROM (
        -- Joined by item first (OFFSET 0 keeps it so): by person first it would be everybody times every item.
        SELECT state."userId", state.stability, state."lastReview", state."introducedAt", card."assignmentId", card.weight
        FROM "CardState" state
        JOIN weighted card ON card."itemId" = state."itemId"
        WHERE state."lastReview" IS NOT NULL AND state."userId" IN (SELECT "userId" FROM parts)
        OFFSET 0
      ) s
      JOIN parts part ON part."userId" = s."userId" AND part."assignmentId" = s."assignmentId"
      GROUP BY part."assignmentId", part."userId"
    ), passed AS (
      SELECT DISTINCT attempt."assignmentId", attempt."userId"
      FROM "ExamAttempt" attempt
      JOIN "Assignment" assignment ON assignment.id = attempt."assignmentId" AND assignment."teamId" = ${teamId}::uuid
      WHERE attempt.passed
    )
    SELECT part."assignmentId", part."userId", part.extended, part."readinessTarget", part."desiredRetention",
      part."paceDays", part."hasExam",
      CASE WHEN part."hasExam" THEN passed."userId" IS NOT NULL END AS "examPassed",
      (extract(epoch FROM part."assignedAt") * 1000)::float8 AS "assignedAt",
      (extract(epoch FROM part."dueAt") * 1000)::float8 AS "dueAt",
      coalesce(size.items, 0) AS items,
      coalesce(known.seen, 0) AS seen,
      coalesce(known.coverage, 0) AS coverage,
      coalesce(known.readiness, 0) AS readiness,
      coalesce(part.noted, known."atDue", 0) AS "readinessAtDue",
      coalesce(known."introducedLately", 0) AS "introducedLately"
    FROM parts part
    LEFT JOIN (SELECT "assignmentId", count(*)::int AS items FROM weighted GROUP BY 1) size USING ("assignmentId")
    LEFT JOIN known USING ("assignmentId", "userId")
    LEFT JOIN passed USING ("assignmentId", "userId")
    ORDER BY part."assignmentId", part."userId"`;
}
