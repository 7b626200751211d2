import { groupBy } from "#lib/core/collections.ts";
import { assignedConcepts, assignedPairs, seenConcepts, seenMembers } from "#lib/server/auth/scope.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { database } from "../client.ts";
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

/** A member and the concepts that figures of a team count of them. */
export interface CountedMember {
  userId: string;
  name: string | null;
  email: string | null;
  joinedAt: number;
  /** The same set for all to whom the same was assigned. */
  concepts: ReadonlySet<string>;
}

/**
 * What `countedPairs` selects, as members with their concepts: few sets of many concepts instead of a row for each. Members of
 * whom nothing counts are absent.
 */
export async function countedMembers(viewer: Viewer, narrowing: Narrowing): Promise<CountedMember[]> {
  const { teamId, assignment, area } = narrowing;
  const [members, parts] = await Promise.all([
    database().query<Omit<CountedMember, "concepts"> & { assignments: string }>(Prisma.sql`
      SELECT member."userId", person.name, person.email, assigned.assignments,
        (extract(epoch FROM member."joinedAt") * 1000)::float8 AS "joinedAt"
      FROM (${seenMembers(viewer, teamId)}) member
      JOIN (
        SELECT "userId", string_agg("assignmentId"::text, ' ' ORDER BY "assignmentId") AS assignments
        FROM "Assignee"
        WHERE "teamId" = ${teamId}::uuid
          AND (${assignment ?? null}::uuid IS NULL OR "assignmentId" = ${assignment ?? null}::uuid)
        GROUP BY 1
      ) assigned ON assigned."userId" = member."userId"
      JOIN "User" person ON person.id = member."userId"
      WHERE member."userId" IN (${narrowedMembers(viewer, narrowing)})
      ORDER BY member."userId"`),
    database().query<{ assignmentId: string; conceptId: string }>(Prisma.sql`
      SELECT part."assignmentId", part."conceptId"
      FROM (${assignedConcepts(teamId)}) part
      JOIN "Concept" concept ON concept.id = part."conceptId"
      WHERE ${area ?? null}::text IS NULL OR concept."areaId" = ${area ?? null}
      ORDER BY concept.position`),
  ]);
  const conceptsOf = groupBy(parts, ({ assignmentId }) => assignmentId);
  const sets = new Map<string, ReadonlySet<string>>();
  const setOf = (assignments: string) => {
    const known = sets.get(assignments);
    if (known) return known;
    const ids = assignments
      .split(" ")
      .flatMap((id) => (conceptsOf.get(id) ?? []).map(({ conceptId }) => conceptId));
    const fresh = new Set(ids);
    sets.set(assignments, fresh);
    return fresh;
  };
  return members
    .map(({ assignments, ...member }) => ({ ...member, concepts: setOf(assignments) }))
    .filter(({ concepts }) => concepts.size > 0);
}

/** Whose answers to what are counted, as far as the viewer may see them. */
export interface Counted {
  teamId: string;
  /** SQL that selects `userId` of those whose work the viewer may see: it stands inside each statement … */
  seen: Prisma.Sql;
  /** … and this says what counts of each. */
  members: readonly CountedMember[];
}

export const countedOf = async (viewer: Viewer, narrowing: Narrowing): Promise<Counted> => ({
  teamId: narrowing.teamId,
  seen: narrowedMembers(viewer, narrowing),
  members: await countedMembers(viewer, narrowing),
});

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
