import { assignedConcepts, assignedPairs, seenConcepts, seenMembers } from "#lib/server/auth/scope.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { Prisma } from "../generated/client.ts";

/**
 * Which concepts of which members a dashboard is about: raw SQL because it stands inside the statements of the dashboards,
 * which count over a whole team at once.
 */

/** A team and what of it is asked for. Ids of something else find nothing. */
export interface Narrowing {
  teamId: string;
  /** Members of this group only. */
  group?: string | undefined;
  /** Whom this assignment comes to, and its concepts only. */
  assignment?: string | undefined;
  /** Concepts of this area only. */
  area?: string | undefined;
  /** This member only. */
  person?: string | undefined;
}

/**
 * What was assigned to each member, narrowed down, as `assignedPairs` selects it: what figures of a team count. That somebody
 * shares more with their managers does not move them.
 */
export const countedPairs = (viewer: Viewer, narrowing: Narrowing): Prisma.Sql =>
  narrowed(assignedPairs(viewer, narrowing.teamId), narrowing);

/** What the viewer may see of each member, shared things too, narrowed down, as `seenConcepts` selects it. */
export const seenPairs = (viewer: Viewer, narrowing: Narrowing): Prisma.Sql =>
  narrowed(seenConcepts(viewer, narrowing.teamId), narrowing);

/** The members whose work the viewer may see, narrowed down by group and person, as SQL that selects `userId`. */
export const narrowedMembers = (
  viewer: Viewer,
  { teamId, group, person }: Pick<Narrowing, "teamId" | "group" | "person">,
): Prisma.Sql => Prisma.sql`
  SELECT member."userId" FROM (${seenMembers(viewer, teamId)}) member
  WHERE (${person ?? null}::uuid IS NULL OR member."userId" = ${person ?? null}::uuid)
    AND (${group ?? null}::uuid IS NULL OR member."userId" IN (
      SELECT "userId" FROM "GroupMember" WHERE "groupId" = ${group ?? null}::uuid AND "teamId" = ${teamId}::uuid))`;

function narrowed(pairs: Prisma.Sql, { teamId, group, assignment, area, person }: Narrowing): Prisma.Sql {
  const conditions: Prisma.Sql[] = [];
  if (person) conditions.push(Prisma.sql`pair."userId" = ${person}::uuid`);
  if (group)
    conditions.push(Prisma.sql`pair."userId" IN (
      SELECT "userId" FROM "GroupMember" WHERE "groupId" = ${group}::uuid AND "teamId" = ${teamId}::uuid)`);
  if (assignment)
    conditions.push(Prisma.sql`pair."userId" IN (SELECT "userId" FROM "Assignee" WHERE "assignmentId" = ${assignment}::uuid)
      AND pair."conceptId" IN (
        SELECT "conceptId" FROM (${assignedConcepts(teamId)}) part WHERE "assignmentId" = ${assignment}::uuid)`);
  if (area)
    conditions.push(Prisma.sql`pair."conceptId" IN (SELECT id FROM "Concept" WHERE "areaId" = ${area})`);
  if (conditions.length === 0) return pairs;
  return Prisma.sql`
    SELECT pair."userId", pair."conceptId", pair."joinedAt" FROM (${pairs}) pair
    WHERE ${Prisma.join(conditions, " AND ")}`;
}
