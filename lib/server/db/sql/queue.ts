import type { Text } from "#lib/core/questions/index.ts";
import type { CardMemory } from "#lib/core/scheduling/index.ts";
import type { PrismaClient } from "../generated/client.ts";

/**
 * The due queue: raw SQL because it joins a person's card states to the active items of the banks they are enrolled in,
 * new items included, in one statement. It reads as many rows as those banks have items, whatever the table holds.
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
}

/** The cards of the banks a person is enrolled in. */
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
      ) END AS memory
    FROM "Enrollment" e
    JOIN "Item" i ON i."bankId" = e."bankId" AND i."retiredAt" IS NULL
    JOIN "Concept" c ON c.id = i."conceptId"
    LEFT JOIN "CardState" s ON s."userId" = e."userId" AND s."itemId" = i.id
    WHERE e."userId" = ${userId}::uuid`;
}

/** The cards of all active banks, all new: what somebody sees who has not answered anything. */
export function freshRows(db: PrismaClient): Promise<QueueRow[]> {
  return db.$queryRaw<QueueRow[]>`
    SELECT i.id AS "itemId", i.revision, i.position, i.family,
      c.id AS "conceptId", c.title AS "conceptTitle", c."areaId", c.position AS "conceptPosition", NULL AS memory
    FROM "Bank" b
    JOIN "Item" i ON i."bankId" = b.id AND i."retiredAt" IS NULL
    JOIN "Concept" c ON c.id = i."conceptId"
    WHERE b."retiredAt" IS NULL`;
}
