import type { Text } from "#lib/core/questions/index.ts";
import type { CardMemory } from "#lib/core/scheduling/index.ts";
import { conceptsAssignedTo } from "#lib/server/auth/scope.ts";
import type { PrismaClient } from "../generated/client.ts";

/**
 * The due queue: raw SQL because it joins a person's card states to the active items of the banks they are enrolled in and
 * of what was assigned to them, new items included, in one statement. It reads as many rows as there are items, whatever
 * the table of states holds.
 */

export interface QueueRow {
  itemId: string;
  revision: number;
  conceptId: string;
  conceptTitle: Text;
  areaId: string;
  conceptPosition: number;
  position: number;
  family: string | null;
  /** Null for a card that was never touched. Moments are ms since the epoch. */
  memory: CardMemory | null;
  /** Due moments of the open assignments that ask for it, earliest first; null where none does. */
  assignedUntil: number[] | null;
}

/**
 * The cards of the banks a person is enrolled in, those assigned, and those learned when they were: an assignment that ends
 * does not let them fade.
 */
export function queueRows(db: PrismaClient, userId: string): Promise<QueueRow[]> {
  return db.$queryRaw<QueueRow[]>`
    SELECT i.id AS "itemId", i.revision, i.position, i.family,
      c.id AS "conceptId", c.title AS "conceptTitle", c."areaId", c.position AS "conceptPosition",
      CASE WHEN s."itemId" IS NULL THEN NULL ELSE jsonb_build_object(
        'state', s.state, 'stability', s.stability, 'difficulty', s.difficulty, 'step', s.step,
        'scheduledDays', s."scheduledDays", 'reps', s.reps, 'lapses', s.lapses, 'suspended', s.suspended,
        'due', (extract(epoch FROM s.due) * 1000)::bigint,
        'lastReview', (extract(epoch FROM s."lastReview") * 1000)::bigint,
        'introducedAt', (extract(epoch FROM s."introducedAt") * 1000)::bigint,
        'buriedUntil', (extract(epoch FROM s."buriedUntil") * 1000)::bigint
      ) END AS memory,
      assigned."dueAts" AS "assignedUntil"
    FROM "Item" i
    JOIN "Concept" c ON c.id = i."conceptId"
    LEFT JOIN "Enrollment" e ON e."userId" = ${userId}::uuid AND e."bankId" = i."bankId"
    LEFT JOIN (${conceptsAssignedTo(userId)}) assigned ON assigned."conceptId" = i."conceptId"
    LEFT JOIN "CardState" s ON s."userId" = ${userId}::uuid AND s."itemId" = i.id
    WHERE i."retiredAt" IS NULL AND (
      e."userId" IS NOT NULL
      OR assigned."dueAts" IS NOT NULL
      OR (assigned."conceptId" IS NOT NULL AND s."lastReview" IS NOT NULL))`;
}

/** The cards of all active banks, all new: what somebody sees who has not answered anything. */
export function freshRows(db: PrismaClient): Promise<QueueRow[]> {
  return db.$queryRaw<QueueRow[]>`
    SELECT i.id AS "itemId", i.revision, i.position, i.family,
      c.id AS "conceptId", c.title AS "conceptTitle", c."areaId", c.position AS "conceptPosition", NULL AS memory,
      NULL AS "assignedUntil"
    FROM "Bank" b
    JOIN "Item" i ON i."bankId" = b.id AND i."retiredAt" IS NULL
    JOIN "Concept" c ON c.id = i."conceptId"
    WHERE b."retiredAt" IS NULL`;
}
