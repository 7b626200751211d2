import type { Text } from "#lib/core/questions/index.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";
import { readinessCells } from "./readiness.ts";

/**
 * Figures of one person that the database counts: raw SQL because they aggregate. Each takes the pairs of member and concept that it
 * is about (`pairs.ts`), in which the rule stands who may see what.
 */

type Db = Pick<PrismaClient, "$queryRaw">;

export interface ConceptOfPerson {
  conceptId: string;
  areaId: string;
  title: Text;
  items: number;
  chance: number;
  coverage: number;
}

/** Readiness of each of the given concepts of one person, weakest first. @param pairs of one person */
export function conceptsOfPerson(db: Db, pairs: Prisma.Sql, at: Date): Promise<ConceptOfPerson[]> {
  return db.$queryRaw<ConceptOfPerson[]>`
    SELECT cell."conceptId", c."areaId", c.title, cell.items, cell.chance, cell.coverage
    FROM (${readinessCells(pairs, at)}) cell JOIN "Concept" c ON c.id = cell."conceptId"
    ORDER BY cell.chance, c.position`;
}

export interface RetentionRow {
  /** First answers of a day to cards learned on an earlier day … */
  reviews: number;
  /** … and how many of them were right. */
  recalled: number;
}

/**
 * True retention of one person on the given concepts: of the cards answered on an earlier day, the share recalled at the first
 * answer of the day. What was answered before joining is not looked at. @param pairs of one person
 */
export async function retentionOfPerson(
  db: Db,
  pairs: Prisma.Sql,
  { timeZone, dayStartHour, since }: { timeZone: string; dayStartHour: number; since: Date | null },
): Promise<RetentionRow> {
  const [row] = await db.$queryRaw<RetentionRow[]>`
    WITH pair AS MATERIALIZED (${pairs})
    SELECT count(*)::int AS reviews, count(*) FILTER (WHERE rating > 1)::int AS recalled
    FROM (
      SELECT day, rating, "reviewedAt",
        row_number() OVER (PARTITION BY "itemId", day ORDER BY "reviewedAt", id) AS nth_of_day,
        min(day) OVER (PARTITION BY "itemId") AS learned_on
      FROM (
        SELECT r.id, r."itemId", r.rating, r."reviewedAt",
          ((r."reviewedAt" AT TIME ZONE ${timeZone}) - make_interval(hours => ${dayStartHour}::int))::date AS day
        FROM "Review" r
        JOIN "Item" i ON i.id = r."itemId"
        JOIN pair ON pair."userId" = r."userId" AND pair."conceptId" = i."conceptId"
        WHERE r."reviewedAt" >= pair."joinedAt" AND r.type = 'answer' AND r."undoneAt" IS NULL
          AND r.source NOT IN ('cram', 'placement')
      ) dated
    ) numbered
    WHERE nth_of_day = 1 AND day > learned_on AND "reviewedAt" >= coalesce(${since}::timestamptz, '-infinity')`;
  return row ?? { reviews: 0, recalled: 0 };
}

export interface SeenAnswer {
  id: string;
  conceptId: string;
}

/**
 * A page of the ids of one person's answers on the given concepts since they joined, newest first. Answers of final checks are
 * not among them: they are shown with the check, where its author allows it. @param pairs of one person
 * @param after the last id of the page before
 */
export function answersOfPerson(
  db: Db,
  pairs: Prisma.Sql,
  { since, after, limit }: { since: Date | null; after: string | undefined; limit: number },
): Promise<SeenAnswer[]> {
  const further = after
    ? Prisma.sql`AND (r."reviewedAt", r.id) < (
        SELECT "reviewedAt", id FROM "Review" WHERE id = ${after}::uuid AND "userId" = pair."userId")`
    : Prisma.empty;
  return db.$queryRaw<SeenAnswer[]>`
    SELECT r.id, i."conceptId"
    FROM (${pairs}) pair
    JOIN "Item" i ON i."conceptId" = pair."conceptId"
    JOIN "Review" r ON r."userId" = pair."userId" AND r."itemId" = i.id
      AND r."reviewedAt" >= greatest(pair."joinedAt", ${since}::timestamptz)
    WHERE r.type = 'answer' AND r."undoneAt" IS NULL AND r.source <> 'exam' ${further}
    ORDER BY r."reviewedAt" DESC, r.id DESC
    LIMIT ${limit}`;
}
