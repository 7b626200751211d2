import { DEFAULT_DECAY } from "#lib/core/scheduling/index.ts";
import { Prisma } from "../generated/client.ts";

/**
 * Readiness of many people at once: raw SQL because a team of a thousand has hundreds of thousands of cards, of which a page
 * shows a few means. The formulas are those of `lib/core` (`recallChance`, `conceptReadiness`); a test holds both equal.
 */

/** SQL of w20 of a person (a row of `User` under this alias): how fast their forgetting curve falls in the long run. */
export const decayOf = (person: string): Prisma.Sql =>
  Prisma.sql`coalesce(${Prisma.raw(`"${person}"`)}."schedulerWeights"[21], ${DEFAULT_DECAY}::float8)`;

/** SQL of the factor that makes recall 90 % after as many days as the stability, for a decay as of `decayOf`. */
const factorOf = (decay: Prisma.Sql): Prisma.Sql => Prisma.sql`power(0.9::float8, -1 / ${decay}) - 1`;

/**
 * SQL of the chance that a card is recalled at a moment: (1 + f·t/S)^−d, t days since the last review and not less than 0; 0
 * for a card never answered, and where there is no row. (`date_part` and not `extract`, which counts in the slow `numeric`.)
 * @param state alias of the row of `CardState`
 * @param decay SQL of d, as of `decayOf`
 * @param at SQL of a `timestamptz`
 * @param factor SQL of f
 */
function recallAt(state: string, decay: Prisma.Sql, at: Prisma.Sql, factor: Prisma.Sql): Prisma.Sql {
  const card = Prisma.raw(`"${state}"`);
  return Prisma.sql`CASE WHEN ${card}."lastReview" IS NULL OR ${card}.stability <= 0 THEN 0::float8 ELSE
    power(
      1 + (${factor}) * greatest(0, date_part('epoch', ${at} - ${card}."lastReview")) / 86400 / ${card}.stability,
      -${decay}
    ) END`;
}

/**
 * The forgetting curve of each person, as SQL that selects `userId`, `decay` and `factor`. Not merged into the statement
 * around it, which would compute it anew for every card.
 */
const curves = Prisma.sql`
  SELECT "userId", decay, ${factorOf(Prisma.sql`decay`)} AS factor
  FROM (SELECT id AS "userId", ${decayOf("person")} AS decay FROM "User" person) own OFFSET 0`;

const recallOf = (at: Date): Prisma.Sql =>
  recallAt("s", Prisma.sql`curve.decay`, Prisma.sql`${at}::timestamptz`, Prisma.sql`curve.factor`);

/**
 * Readiness of each concept of each person at a moment, as SQL that selects `userId`, `conceptId`, `items` (its active ones),
 * `chance` and `coverage`. Concepts without active items have none and are left out.
 * @param pairs SQL that selects `userId` and `conceptId`, once each: `assignedPairs`, `seenConcepts`
 */
export function readinessCells(pairs: Prisma.Sql, at: Date): Prisma.Sql {
  return Prisma.sql`
    WITH pair AS MATERIALIZED (${pairs}), active AS (
      SELECT "conceptId", count(*)::int AS items FROM "Item" WHERE "retiredAt" IS NULL GROUP BY 1
    ), known AS (
      SELECT s."userId", i."conceptId", sum(${recallOf(at)}) AS now, count(s."lastReview") AS seen
      FROM "CardState" s
      JOIN "Item" i ON i.id = s."itemId" AND i."retiredAt" IS NULL
      JOIN (${curves}) curve ON curve."userId" = s."userId"
      WHERE s."userId" IN (SELECT "userId" FROM pair)
      GROUP BY 1, 2
    )
    SELECT pair."userId", pair."conceptId", active.items,
      coalesce(known.now, 0) / active.items AS chance,
      coalesce(known.seen, 0)::float8 / active.items AS coverage
    FROM pair
    JOIN active USING ("conceptId")
    LEFT JOIN known USING ("userId", "conceptId")`;
}
