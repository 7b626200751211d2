import type { Scope } from "#lib/core/mastery/index.ts";
import type { Text } from "#lib/core/questions/index.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";
import { readinessCells } from "./readiness.ts";

/**
 * Figures of dashboards that are counted by the database, most of them of one person: raw SQL because they aggregate. Each takes the pairs of
 * member and concept that it is about (`pairs.ts`), in which the rule stands who may see what, and is linear in them.
 */

type Db = Pick<PrismaClient, "$queryRaw">;

/**
 * Readiness of people over their scopes as it was noted at the end of a day, by user id. A concept that was not noted counts as 0;
 * who was not noted at all that day is absent.
 * @param members few scopes, each that of many
 * @param day `YYYY-MM-DD`
 */
export async function notedReadiness(
  db: Db,
  members: readonly { userId: string; scope: Scope }[],
  day: string,
): Promise<Map<string, number>> {
  const scopes = [...new Set(members.map(({ scope }) => scope))];
  const people = members.map(({ userId, scope }) => ({ userId, kind: scopes.indexOf(scope) }));
  const parts = scopes.flatMap(({ concepts }, kind) =>
    concepts.map((conceptId) => ({ kind, conceptId, weight: 1 / concepts.length })),
  );
  const rows = await db.$queryRaw<{ userId: string; chance: number }[]>`
    SELECT s."userId", coalesce(sum(s.chance * part.weight), 0) AS chance
    FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS person("userId" uuid, kind int)
    JOIN "ReadinessSnapshot" s ON s."userId" = person."userId" AND s.day = ${day}::date
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) AS part(kind int, "conceptId" text, weight float8)
      ON part.kind = person.kind AND part."conceptId" = s."conceptId"
    GROUP BY 1`;
  return new Map(rows.map(({ userId, chance }) => [userId, chance]));
}

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

export interface DayOfReadiness {
  /** `YYYY-MM-DD`, in the person's own time zone. */
  day: string;
  chance: number;
}

/**
 * Readiness of one person over the given concepts at the end of each day for which something was noted; a concept without a
 * note counts as 0 on that day. @param pairs of one person
 */
export function readinessByDay(
  db: Db,
  pairs: Prisma.Sql,
  { person, since }: { person: string; since: Date },
): Promise<DayOfReadiness[]> {
  return db.$queryRaw<DayOfReadiness[]>`
    WITH pair AS MATERIALIZED (
      SELECT "conceptId" FROM (${pairs}) one
      WHERE "conceptId" IN (SELECT "conceptId" FROM "Item" WHERE "retiredAt" IS NULL)
    )
    SELECT s.day::text,
      coalesce(sum(s.chance) FILTER (WHERE s."conceptId" IN (SELECT "conceptId" FROM pair)), 0)::float8
        / (SELECT count(*) FROM pair) AS chance
    FROM "ReadinessSnapshot" s
    WHERE s."userId" = ${person}::uuid AND s.day >= ${since}::date AND EXISTS (SELECT 1 FROM pair)
    GROUP BY 1 ORDER BY 1`;
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
