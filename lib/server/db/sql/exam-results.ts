import { seenMembers } from "#lib/server/auth/scope.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";

/**
 * What came of final checks: raw SQL because whom and since when a viewer may see stands in it, and because it counts the
 * answers of a whole team. Linear in the attempts that are shown.
 */

/** What of a team's exams is asked for. Ids of something else find nothing. */
export interface ResultsNarrowing {
  teamId: string;
  group?: string | undefined;
  assignment?: string | undefined;
  person?: string | undefined;
}

/** Members that the viewer may see, narrowed down, as SQL that selects `userId` and `joinedAt`. */
const membersOf = (viewer: Viewer, { teamId, group, person }: ResultsNarrowing) => Prisma.sql`
  SELECT member."userId", member."joinedAt" FROM (${seenMembers(viewer, teamId)}) member
  WHERE ${person ? Prisma.sql`member."userId" = ${person}::uuid` : Prisma.sql`true`}
    AND ${
      group
        ? Prisma.sql`member."userId" IN (
            SELECT "userId" FROM "GroupMember" WHERE "groupId" = ${group}::uuid AND "teamId" = ${teamId}::uuid)`
        : Prisma.sql`true`
    }`;

const exams = ({ teamId, assignment }: ResultsNarrowing) => Prisma.sql`
  SELECT a.id, a.title, a."createdAt", e."passMark" FROM "Assignment" a JOIN "Exam" e ON e."assignmentId" = a.id
  WHERE a."teamId" = ${teamId}::uuid
    AND ${assignment ? Prisma.sql`a.id = ${assignment}::uuid` : Prisma.sql`a."archivedAt" IS NULL`}`;

/** Ended attempts of those members since each joined. */
const attempts = (viewer: Viewer, narrowing: ResultsNarrowing) => Prisma.sql`
  SELECT attempt.*, exam.title
  FROM (${membersOf(viewer, narrowing)}) member
  JOIN "ExamAttempt" attempt ON attempt."userId" = member."userId" AND attempt."startedAt" >= member."joinedAt"
    AND attempt."submittedAt" IS NOT NULL
  JOIN (${exams(narrowing)}) exam ON exam.id = attempt."assignmentId"`;

export interface AttemptRow {
  id: string;
  assignmentId: string;
  title: string;
  userId: string;
  name: string | null;
  email: string | null;
  number: number;
  startedAt: Date;
  submittedAt: Date;
  score: number;
  passed: boolean;
}

export function attemptRows(
  db: PrismaClient,
  viewer: Viewer,
  narrowing: ResultsNarrowing,
): Promise<AttemptRow[]> {
  return db.$queryRaw<AttemptRow[]>`
    SELECT attempt.id, attempt."assignmentId", attempt.title, attempt."userId", u.name, u.email, attempt.number,
      attempt."startedAt", attempt."submittedAt", coalesce(attempt.score, 0) AS score,
      coalesce(attempt.passed, false) AS passed
    FROM (${attempts(viewer, narrowing)}) attempt
    JOIN "User" u ON u.id = attempt."userId"
    ORDER BY attempt."startedAt" DESC, attempt.id`;
}

export interface ExamRow {
  id: string;
  title: string;
  passMark: number;
  /** Members that the viewer may see, and whom it comes to. */
  assigned: number;
}

/** The final checks of the team that come to members whom the viewer may see, latest first. */
export function examRows(db: PrismaClient, viewer: Viewer, narrowing: ResultsNarrowing): Promise<ExamRow[]> {
  return db.$queryRaw<ExamRow[]>`
    SELECT exam.id, exam.title, exam."passMark", count(member."userId")::int AS assigned
    FROM (${exams(narrowing)}) exam
    LEFT JOIN "Assignee" assignee ON assignee."assignmentId" = exam.id
    LEFT JOIN (${membersOf(viewer, narrowing)}) member ON member."userId" = assignee."userId"
    GROUP BY exam.id, exam.title, exam."passMark", exam."createdAt"
    HAVING count(member."userId") > 0
    ORDER BY exam."createdAt" DESC, exam.id`;
}

export interface ShareRow {
  conceptId: string;
  items: number;
  right: number;
}

/** How many items of each concept were asked in the attempts at each exam, and how many were answered rightly. */
export function conceptShares(
  db: PrismaClient,
  viewer: Viewer,
  narrowing: ResultsNarrowing,
): Promise<(ShareRow & { assignmentId: string })[]> {
  return db.$queryRaw`
    SELECT attempt."assignmentId", item."conceptId", count(*)::int AS items,
      (count(*) FILTER (WHERE answer.correct))::int AS "right"
    FROM (${attempts(viewer, narrowing)}) attempt
    JOIN "ExamAnswer" answer ON answer."attemptId" = attempt.id
    JOIN "Item" item ON item.id = answer."itemId"
    GROUP BY 1, 2`;
}

/** The same for each attempt by itself. */
export function attemptShares(
  db: PrismaClient,
  viewer: Viewer,
  narrowing: ResultsNarrowing,
): Promise<(ShareRow & { attemptId: string })[]> {
  return db.$queryRaw`
    SELECT answer."attemptId", item."conceptId", count(*)::int AS items,
      (count(*) FILTER (WHERE answer.correct))::int AS "right"
    FROM (${attempts(viewer, narrowing)}) attempt
    JOIN "ExamAnswer" answer ON answer."attemptId" = attempt.id
    JOIN "Item" item ON item.id = answer."itemId"
    GROUP BY 1, 2`;
}
