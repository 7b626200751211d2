import { DEFAULT_DECAY } from "#lib/core/scheduling/index.ts";
import { Prisma } from "../generated/client.ts";

/**
 * Readiness of many people at once: raw SQL because a team of a thousand has hundreds of thousands of cards, of which a page
 * shows a few means. The formulas are those of `lib/core` (`recallChance`, `conceptReadiness`); a test holds both equal.
 */

/**
 * The forgetting curve of each person, as SQL that selects `userId`, `decay` and `factor`: FSRS-6 with w20 of their own
 * weights. Not merged into the statement around it, which would compute it anew for every card.
 */
const curves = Prisma.sql`
  SELECT id AS "userId", -w AS decay, exp(ln(0.9::float8) / -w) - 1 AS factor
  FROM (SELECT id, coalesce("schedulerWeights"[21], ${DEFAULT_DECAY}::float8) AS w FROM "User" OFFSET 0) own
  OFFSET 0`;

/**
 * The chance that a card is recalled at a moment, as an SQL expression over a card state `s` and its person's `curve`: 0 for
 * a card that was never answered. (`date_part` and not `extract`, which counts in the slow `numeric`.)
 */
const recallChance = (at: Date): Prisma.Sql => Prisma.sql`
  CASE WHEN s."lastReview" IS NULL OR s.stability <= 0 THEN 0
  ELSE power(1 + curve.factor * greatest(0, date_part('epoch', ${at}::timestamptz - s."lastReview")) / 86400 / s.stability,
    curve.decay) END`;

/**
 * Readiness of each concept of each person at a moment, as SQL that selects `userId`, `conceptId`, `items` (its active ones),
 * `chance` and `coverage`. Concepts without active items have none and are left out.
 * @param pairs SQL that selects `userId` and `conceptId`, once each: `assignedPairs`, `seenConcepts`
 * @param later a second moment, for which `chanceLater` says what is left if nothing more is studied
 */
export function readinessCells(pairs: Prisma.Sql, at: Date, later?: Date): Prisma.Sql {
  const sumLater = later ? Prisma.sql`, sum(${recallChance(later)}) AS later` : Prisma.empty;
  const chanceLater = later
    ? Prisma.sql`, coalesce(known.later, 0) / active.items AS "chanceLater"`
    : Prisma.empty;
  return Prisma.sql`
    WITH pair AS MATERIALIZED (${pairs}), active AS (
      SELECT "conceptId", count(*)::int AS items FROM "Item" WHERE "retiredAt" IS NULL GROUP BY 1
    ), known AS (
      SELECT s."userId", i."conceptId", sum(${recallChance(at)}) AS now, count(s."lastReview") AS seen ${sumLater}
      FROM "CardState" s
      JOIN "Item" i ON i.id = s."itemId" AND i."retiredAt" IS NULL
      JOIN (${curves}) curve ON curve."userId" = s."userId"
      WHERE s."userId" IN (SELECT "userId" FROM pair)
      GROUP BY 1, 2
    )
    SELECT pair."userId", pair."conceptId", active.items,
      coalesce(known.now, 0) / active.items AS chance,
      coalesce(known.seen, 0)::float8 / active.items AS coverage ${chanceLater}
    FROM pair
    JOIN active USING ("conceptId")
    LEFT JOIN known USING ("userId", "conceptId")`;
}
