import { type Assignment, Prisma, type Team } from "#lib/server/db/generated/client.ts";
import { MAY, type TeamAction } from "./policy.ts";
import { isPerson, type Viewer } from "./viewer.ts";

/**
 * Which rows a viewer may see or change, as conditions that stand inside each statement: what is not the viewer's is not
 * found, and there is no moment between asking and doing.
 */

/** No row has it. */
const NO_ONE = "00000000-0000-0000-0000-000000000000";

const idOf = (viewer: Viewer): string => (isPerson(viewer) ? viewer.userId : NO_ONE);

/** Teams in which the viewer may do something. */
export const teamsWhere = (viewer: Viewer, action: TeamAction): Prisma.TeamWhereInput => ({
  memberships: { some: { userId: idOf(viewer), role: { in: [...MAY[action]] } } },
});

/** Assignments whose final check is one of the viewer's to take. */
export const ownExamsWhere = (viewer: Viewer): Prisma.AssignmentWhereInput => ({
  exam: { isNot: null },
  assignees: { some: { userId: idOf(viewer) } },
});

/** SQL that is true of a team, given by the expression of its id, in which the viewer may do something. */
const mayIn = (viewer: Viewer, teamId: Prisma.Sql, action: TeamAction) => Prisma.sql`EXISTS (
  SELECT 1 FROM "Membership" asking
  WHERE asking."teamId" = ${teamId} AND asking."userId" = ${idOf(viewer)}::uuid
    AND asking.role::text IN (${Prisma.join([...MAY[action]])}))`;

/**
 * The members of a team whose work the viewer may see, as SQL that selects `userId`, `joinedAt` and `sharesAll`: everyone for
 * those who see dashboards, oneself for everyone else.
 */
export const seenMembers = (viewer: Viewer, teamId: string): Prisma.Sql => Prisma.sql`
  SELECT member."userId", member."joinedAt", member."sharesAll"
  FROM "Membership" member
  WHERE member."teamId" = ${teamId}::uuid
    AND (member."userId" = ${idOf(viewer)}::uuid OR ${mayIn(viewer, Prisma.sql`member."teamId"`, "dashboards.see")})`;

/** The same as `seenMembers` for plain reads: the memberships whose work the viewer may see. */
export const seenMemberships = (viewer: Viewer): Prisma.MembershipWhereInput => ({
  OR: [{ userId: idOf(viewer) }, { team: teamsWhere(viewer, "dashboards.see") }],
});

/** The concepts that each assignment comes to, as SQL that selects `assignmentId` and `conceptId`, given a condition on it. */
const conceptsWhere = (condition: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT DISTINCT assignment.id AS "assignmentId", concept.id AS "conceptId"
  FROM "Assignment" assignment
  JOIN "AssignmentScope" part ON part."assignmentId" = assignment.id
  JOIN "Concept" concept ON concept."retiredAt" IS NULL AND (
    (part.kind = 'concept' AND part."refId" = concept.id)
    OR (part.kind = 'area' AND part."refId" = concept."areaId")
    OR (part.kind = 'bank' AND EXISTS (
      SELECT 1 FROM "Item" item
      WHERE item."bankId" = part."refId" AND item."conceptId" = concept.id AND item."retiredAt" IS NULL)))
  WHERE ${condition}`;

/**
 * The concepts that each assignment of a team comes to, as SQL that selects `assignmentId` and `conceptId`: a bank comes to
 * the concepts of its active items.
 */
export const assignedConcepts = (teamId: string): Prisma.Sql =>
  conceptsWhere(Prisma.sql`assignment."teamId" = ${teamId}::uuid`);

/**
 * The concepts that any team assigned to a person, as SQL that selects `conceptId` and `dueAts`: the due moments of the open
 * assignments that it is part of, earliest first, in ms since the epoch; null if none is open.
 */
export const conceptsAssignedTo = (userId: string): Prisma.Sql => Prisma.sql`
  SELECT scope."conceptId",
    array_agg(DISTINCT (extract(epoch FROM assignee."dueAt") * 1000)::float8)
      FILTER (WHERE assignment."closedAt" IS NULL AND assignment."archivedAt" IS NULL) AS "dueAts"
  FROM "Assignee" assignee
  JOIN "Assignment" assignment ON assignment.id = assignee."assignmentId"
  JOIN (${conceptsWhere(
    Prisma.sql`assignment.id IN (SELECT "assignmentId" FROM "Assignee" WHERE "userId" = ${userId}::uuid)`,
  )}) scope ON scope."assignmentId" = assignee."assignmentId"
  WHERE assignee."userId" = ${userId}::uuid
  GROUP BY scope."conceptId"`;

/**
 * What the team assigned to each of the members whose work the viewer may see, archived assignments too, as SQL that selects
 * `userId`, `conceptId` and `joinedAt`, once each.
 */
export const assignedPairs = (viewer: Viewer, teamId: string): Prisma.Sql => Prisma.sql`
  SELECT DISTINCT member."userId", assigned."conceptId", member."joinedAt"
  FROM (${seenMembers(viewer, teamId)}) member
  JOIN "Assignee" assignee ON assignee."teamId" = ${teamId}::uuid AND assignee."userId" = member."userId"
  JOIN (${assignedConcepts(teamId)}) assigned ON assigned."assignmentId" = assignee."assignmentId"`;

/**
 * Which concepts of which members the viewer may see, as SQL that selects `userId`, `conceptId` and `joinedAt`: those that the
 * team assigned to them; all, of members who share everything.
 */
export const seenConcepts = (viewer: Viewer, teamId: string): Prisma.Sql => Prisma.sql`
  ${assignedPairs(viewer, teamId)}
  UNION
  SELECT member."userId", concept.id, member."joinedAt"
  FROM (${seenMembers(viewer, teamId)}) member
  CROSS JOIN "Concept" concept
  WHERE member."sharesAll" AND concept."retiredAt" IS NULL`;

/**
 * The team, if the viewer may do this in it, locked until the transaction ends: changes of one team come one after the
 * other, so that, say, two owners cannot both be the last to leave.
 */
export async function lockTeam(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  teamId: string,
  action: TeamAction,
): Promise<Team | null> {
  await holdTeam(tx, teamId);
  return tx.team.findFirst({ where: { id: teamId, ...teamsWhere(viewer, action) } });
}

/** Lets only one transaction at a time change a team, whoever asks: for those who are about to join it. */
export async function holdTeam(tx: Prisma.TransactionClient, teamId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Team" WHERE id = ${teamId}::uuid FOR UPDATE`;
}

/**
 * An assignment with its team, if the viewer may change it, the team locked until the transaction ends.
 * @param where what else must hold of it
 */
export async function lockAssignment(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  assignmentId: string,
  where: Prisma.AssignmentWhereInput = {},
): Promise<(Assignment & { team: Team }) | null> {
  const found = await tx.assignment.findFirst({
    where: { id: assignmentId, team: teamsWhere(viewer, "assignments.edit") },
  });
  if (!found || !(await lockTeam(tx, viewer, found.teamId, "assignments.edit"))) return null;
  return tx.assignment.findFirst({
    where: { ...where, id: assignmentId, teamId: found.teamId },
    include: { team: true },
  });
}
