import type { PrismaClient } from "../generated/client.ts";

/**
 * What is in force of the content: raw SQL because what an item says stands inside its current revision's JSON.
 */

/** The active items, and how many of them state a fact that was to be checked again before `today`, `YYYY-MM-DD`. */
export async function countItems(
  db: PrismaClient,
  today: string,
): Promise<{ items: number; expired: number }> {
  const [counts] = await db.$queryRaw<{ items: number; expired: number }[]>`
    SELECT count(*)::int AS items, (count(*) FILTER (WHERE r.payload->>'reviewBy' < ${today}))::int AS expired
    FROM "Item" i
    JOIN "ItemRevision" r ON r."itemId" = i.id AND r.revision = i.revision
    WHERE i."retiredAt" IS NULL`;
  return counts ?? { items: 0, expired: 0 };
}
