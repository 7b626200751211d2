import { type Goal, type Standing, standingOf } from "#lib/core/assignments/index.ts";
import { groupBy } from "#lib/core/collections.ts";
import { NO_MEMORY, scopeOf } from "#lib/core/mastery/index.ts";
import { assignedConcepts } from "#lib/server/auth/scope.ts";
import { database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { readTeamMemory } from "./member-figures.ts";

/**
 * Where people stand with what was assigned to them: raw SQL because who is meant is given as SQL, in which the rule stands who may
 * see whom.
 */

/** One person's part of an assignment, with all that a plan is made from. Moments are ms since the epoch. */
export interface StandingRow extends Standing, Goal {
  assignmentId: string;
  userId: string;
  assignedAt: number;
  extended: boolean;
  name: string | null;
  email: string | null;
  /** The person's, which decides what reviews keep. */
  desiredRetention: number;
}

/** SQL of somebody alone, as `standings` takes members. */
export const alone = (userId: string): Prisma.Sql => Prisma.sql`SELECT ${userId}::uuid AS "userId"`;

/**
 * The standing of the given members with the assignments of a team, or with one of them.
 * @param members SQL that selects `userId`, as `seenMembers` does
 * @param now ms since the epoch
 * @param memory what those members remember, where it was read already
 */
export async function standings(
  { teamId, members, assignmentId }: { teamId: string; members: Prisma.Sql; assignmentId?: string },
  now: number,
  memory = readTeamMemory({ teamId, members }),
): Promise<StandingRow[]> {
  const only = assignmentId ? Prisma.sql`AND assignee."assignmentId" = ${assignmentId}::uuid` : Prisma.empty;
  const msOf = (moment: string) =>
    Prisma.sql`(extract(epoch FROM assignee.${Prisma.raw(`"${moment}"`)}) * 1000)::float8`;
  type Part = Omit<StandingRow, keyof ReturnType<typeof standingOf>> & { noted: number | null };
  const [parts, concepts, { catalogue, memories }] = await Promise.all([
    database().query<Part>(Prisma.sql`
      SELECT assignee."assignmentId", assignee."userId", assignee.extended, assignee."readinessAtDue" AS noted,
        ${msOf("assignedAt")} AS "assignedAt", ${msOf("dueAt")} AS "dueAt", assignment."readinessTarget",
        person.name, person.email, person."desiredRetention", exam."assignmentId" IS NOT NULL AS "hasExam",
        CASE WHEN exam."assignmentId" IS NOT NULL THEN EXISTS (
          SELECT 1 FROM "ExamAttempt" attempt
          WHERE attempt."assignmentId" = assignee."assignmentId" AND attempt."userId" = assignee."userId" AND attempt.passed
        ) END AS "examPassed"
      FROM (${members}) member
      JOIN "Assignee" assignee ON assignee."teamId" = ${teamId}::uuid AND assignee."userId" = member."userId" ${only}
      JOIN "Assignment" assignment ON assignment.id = assignee."assignmentId"
      JOIN "User" person ON person.id = assignee."userId"
      LEFT JOIN "Exam" exam ON exam."assignmentId" = assignee."assignmentId"
      ORDER BY assignee."assignmentId", assignee."userId"`),
    database().query<{ assignmentId: string; conceptId: string }>(assignedConcepts(teamId)),
    memory,
  ]);
  const scopes = new Map(
    [...groupBy(concepts, (concept) => concept.assignmentId)].map(([id, own]) => [
      id,
      scopeOf(
        own.map(({ conceptId }) => conceptId),
        catalogue,
      ),
    ]),
  );
  const nothing = scopeOf([], catalogue);
  return parts.map((part) => {
    const scope = scopes.get(part.assignmentId) ?? nothing;
    // Into the row that is there: thousands of copies would take longer than what is computed.
    return Object.assign(part, standingOf(scope, memories.get(part.userId) ?? NO_MEMORY, part, now));
  });
}
