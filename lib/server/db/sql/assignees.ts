import type { Prisma } from "../generated/client.ts";

/**
 * Whom the assignments of a team come to: raw SQL because it compares what is meant (everyone, newcomers, groups, people) with
 * what stands, for a whole team at once.
 */

/**
 * Makes the assignees of a team's open assignments those that are meant: called after every change of an assignment, of
 * members or of groups, in its transaction. Who is no longer meant is taken out; who is new gets a due moment; due
 * moments follow the assignment, but for those set for one person. A fixed day that has passed is given to nobody new.
 * @param now ms since the epoch
 */
export async function syncAssignees(
  tx: Prisma.TransactionClient,
  teamId: string,
  now: number,
): Promise<void> {
  await tx.$executeRaw`
    WITH meant AS (
      SELECT a.id AS "assignmentId", m."userId"
      FROM "Assignment" a
      JOIN "Membership" m ON m."teamId" = a."teamId"
      WHERE a."teamId" = ${teamId}::uuid AND a."closedAt" IS NULL AND (
        (m.role = 'learner' AND (a."forEveryone" OR (a."forNewcomers" AND m."joinedAt" > a."createdAt")))
        OR EXISTS (
          SELECT 1 FROM "AssignmentTarget" t
          WHERE t."assignmentId" = a.id AND (t."userId" = m."userId" OR EXISTS (
            SELECT 1 FROM "GroupMember" g WHERE g."groupId" = t."groupId" AND g."userId" = m."userId"))))
    ), gone AS (
      DELETE FROM "Assignee" s USING "Assignment" a
      WHERE s."assignmentId" = a.id AND a."teamId" = ${teamId}::uuid AND a."closedAt" IS NULL
        AND NOT EXISTS (
          SELECT 1 FROM meant WHERE meant."assignmentId" = s."assignmentId" AND meant."userId" = s."userId")
    )
    INSERT INTO "Assignee" ("assignmentId", "userId", "teamId", "assignedAt", "dueAt")
    SELECT "assignmentId", "userId", "teamId", "assignedAt", "dueAt"
    FROM (
      SELECT a.id AS "assignmentId", meant."userId", a."teamId", s."assignmentId" IS NULL AS fresh,
        given.at AS "assignedAt",
        ((coalesce(a."dueOn", (given.at AT TIME ZONE t."timeZone")::date + a."dueAfterDays") + 1)::timestamp
          AT TIME ZONE t."timeZone") AS "dueAt"
      FROM meant
      JOIN "Assignment" a ON a.id = meant."assignmentId"
      JOIN "Team" t ON t.id = a."teamId"
      LEFT JOIN "Assignee" s ON s."assignmentId" = a.id AND s."userId" = meant."userId"
      CROSS JOIN LATERAL (SELECT coalesce(s."assignedAt", ${new Date(now)}) AS at) given
    ) due
    WHERE NOT fresh OR "dueAt" > ${new Date(now)}
    ON CONFLICT ("assignmentId", "userId") DO UPDATE SET "dueAt" = excluded."dueAt", "readinessAtDue" = NULL
      WHERE NOT "Assignee".extended AND "Assignee"."dueAt" <> excluded."dueAt"`;
}
