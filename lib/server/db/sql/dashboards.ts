import type { Text } from "#lib/core/questions/index.ts";
import type { Sort } from "#lib/core/sorting.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";
import { curves, readinessCells, recallAt } from "./readiness.ts";

/**
 * The figures of a team's dashboards: raw SQL because they count over all members at once and hand on a row per person or per
 * week, not one per person and concept. Each takes the pairs of member and concept that it is about (`pairs.ts`), in which the
 * rule stands who may see what, and is linear in them.
 */

type Db = Pick<PrismaClient, "$queryRaw">;

/**
 * What the pairs come to, as common tables: `person` (`userId`, `joinedAt`, `kind`) and `part` (`kind`, `conceptId`, `itemId`,
 * `weight`). People to whom the same concepts were assigned are of one kind, of which there are few. So the hundreds of
 * thousands of cards or answers of a team are looked up in a table of a few hundred rows, not in one of person by item. The
 * weights of a kind's items add up to 1: each concept counts the same, and so does each item within it.
 */
const kinds = (pairs: Prisma.Sql): Prisma.Sql => Prisma.sql`
  grouped AS MATERIALIZED (
    SELECT pair."userId", pair."joinedAt", array_agg(pair."conceptId" ORDER BY pair."conceptId") AS concepts
    FROM (${pairs}) pair
    WHERE EXISTS (SELECT 1 FROM "Item" i WHERE i."conceptId" = pair."conceptId" AND i."retiredAt" IS NULL)
    GROUP BY 1, 2
  ), person AS MATERIALIZED (
    SELECT "userId", "joinedAt", concepts, dense_rank() OVER (ORDER BY concepts)::int AS kind FROM grouped
  ), part AS MATERIALIZED (
    SELECT own.kind, concept.id AS "conceptId", i.id AS "itemId",
      1::float8 / cardinality(own.concepts) / count(*) OVER (PARTITION BY own.kind, concept.id) AS weight
    FROM (SELECT DISTINCT kind, concepts FROM person) own
    CROSS JOIN LATERAL unnest(own.concepts) AS concept(id)
    JOIN "Item" i ON i."conceptId" = concept.id AND i."retiredAt" IS NULL
  )`;

export interface PersonRow {
  userId: string;
  name: string | null;
  email: string | null;
  /** Concepts counted. */
  concepts: number;
  /** Readiness now, its plain mean over the concepts … */
  chance: number;
  /** … and at the later moment, if nothing more is studied. */
  chanceLater: number;
  coverage: number;
  /** Readiness at the end of the day compared with; null where nothing was noted for the person that day. */
  chanceBefore: number | null;
}

/**
 * Readiness of each person over their concepts.
 * @param before the day, `YYYY-MM-DD`, whose snapshots are compared with: a concept without one counts as 0 there
 */
export function peopleReadiness(
  db: Db,
  pairs: Prisma.Sql,
  { at, later, before }: { at: Date; later: Date; before: string },
): Promise<PersonRow[]> {
  const recallOfCard = (moment: Date) =>
    recallAt("s", Prisma.sql`s.decay`, Prisma.sql`${moment}::timestamptz`, Prisma.sql`s.factor`);
  return db.$queryRaw<PersonRow[]>`
    WITH ${kinds(pairs)}, known AS (
      SELECT s."userId", sum(part.weight * ${recallOfCard(at)}) AS chance,
        sum(part.weight * ${recallOfCard(later)}) AS "chanceLater",
        sum(part.weight) FILTER (WHERE s."lastReview" IS NOT NULL) AS coverage
      FROM (
        SELECT card."userId", card."itemId", card."lastReview", card.stability, person.kind, curve.decay, curve.factor
        FROM person
        JOIN (${curves}) curve ON curve."userId" = person."userId"
        JOIN "CardState" card ON card."userId" = person."userId"
        -- The cards first, then what each weighs: the other way round, everybody's weights would be made before.
        OFFSET 0
      ) s
      JOIN part ON part.kind = s.kind AND part."itemId" = s."itemId"
      GROUP BY 1
    ), concept AS MATERIALIZED (
      SELECT kind, "conceptId", sum(weight) AS weight FROM part GROUP BY 1, 2
    ), before AS (
      SELECT s."userId", coalesce(sum(s.chance * concept.weight), 0) AS chance
      FROM person
      JOIN "ReadinessSnapshot" s ON s."userId" = person."userId" AND s.day = ${before}::date
      LEFT JOIN concept ON concept.kind = person.kind AND concept."conceptId" = s."conceptId"
      GROUP BY 1
    )
    SELECT person."userId", u.name, u.email, cardinality(person.concepts) AS concepts,
      coalesce(known.chance, 0) AS chance, coalesce(known."chanceLater", 0) AS "chanceLater",
      coalesce(known.coverage, 0) AS coverage, before.chance AS "chanceBefore"
    FROM person
    JOIN "User" u ON u.id = person."userId"
    LEFT JOIN known ON known."userId" = person."userId"
    LEFT JOIN before ON before."userId" = person."userId"
    ORDER BY person."userId"`;
}

export interface WeekOfActivity {
  /** Monday of the week, `YYYY-MM-DD`, where the team is. */
  week: string;
  answers: number;
  /** Time spent on the answers, in ms. */
  durationMs: number;
  /** People with at least one answer. */
  people: number;
}

/** A week as a range of moments: whole weeks are found by index where a function of each moment is not. */
export interface Week {
  /** Its Monday, `YYYY-MM-DD`. */
  week: string;
  from: Date;
  /** Not itself in it. */
  until: Date;
}

/** Answers on the given concepts by week, from the day on which each person joined; weeks without answers are absent. */
export function activityByWeek(db: Db, pairs: Prisma.Sql, weeks: readonly Week[]): Promise<WeekOfActivity[]> {
  return db.$queryRaw<WeekOfActivity[]>`
    WITH ${kinds(pairs)}, span AS MATERIALIZED (
      SELECT person."userId", person.kind, week, greatest("from", person."joinedAt") AS "from", until
      FROM person CROSS JOIN jsonb_to_recordset(${JSON.stringify(weeks)}::jsonb)
        AS given(week text, "from" timestamptz, until timestamptz)
    ), per_person AS (
      SELECT span.week, span."userId", count(*) AS answers, sum(r."durationMs") AS "durationMs"
      FROM span
      -- Span by span in the index of standing answers; otherwise all answers would be read for each week.
      CROSS JOIN LATERAL (
        SELECT "itemId", "durationMs" FROM "Review"
        WHERE "userId" = span."userId" AND type = 'answer' AND "undoneAt" IS NULL
          AND "reviewedAt" >= span."from" AND "reviewedAt" < span.until
        OFFSET 0
      ) r
      JOIN part ON part.kind = span.kind AND part."itemId" = r."itemId"
      GROUP BY 1, 2
    )
    SELECT week, sum(answers)::int AS answers, sum("durationMs")::float8 AS "durationMs", count(*)::int AS people
    FROM per_person GROUP BY 1 ORDER BY 1`;
}

/** A person in the heat map: one value for each column, null where nothing of it was assigned to them. */
export interface HeatRow {
  /** Null for the row of everyone together. */
  userId: string | null;
  name: string | null;
  email: string | null;
  chance: number;
  coverage: number;
  /** Of each column, in order. */
  chances: (number | null)[];
  coverages: (number | null)[];
  /** How many people there are in all. */
  people: number;
}

/**
 * Readiness by person and column, a page of people at a time; before them a row of everyone together. A column is an area (the
 * mean of its concepts) or a concept.
 * @param by what a column is: the id that its cells have in common
 * @param columns the ids of the columns, in order
 * @param order by `name`, by `need` (readiness over everything), or by the id of a column
 */
export function heatRows(
  db: Db,
  pairs: Prisma.Sql,
  {
    at,
    by,
    columns,
    order,
    limit,
    offset,
  }: {
    at: Date;
    by: "area" | "concept";
    columns: readonly string[];
    order: Sort;
    limit: number | null;
    offset: number;
  },
): Promise<HeatRow[]> {
  const column = by === "area" ? Prisma.sql`c."areaId"` : Prisma.sql`c.id`;
  const key =
    order.by === "name"
      ? Prisma.sql`lower(coalesce(u.name, u.email))`
      : order.by === "need"
        ? Prisma.sql`persons.chance`
        : Prisma.sql`sorting.chance`;
  const direction = order.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return db.$queryRaw<HeatRow[]>`
    WITH col AS MATERIALIZED (
      SELECT id, n FROM jsonb_array_elements_text(${JSON.stringify(columns)}::jsonb) WITH ORDINALITY AS given(id, n)
    ), cell AS MATERIALIZED (
      SELECT cell."userId", ${column} AS col, avg(cell.chance) AS chance, avg(cell.coverage) AS coverage,
        sum(cell.chance) AS chances, sum(cell.coverage) AS coverages, count(*) AS concepts
      FROM (${readinessCells(pairs, at)}) cell JOIN "Concept" c ON c.id = cell."conceptId"
      GROUP BY 1, 2
    ), persons AS MATERIALIZED (
      SELECT "userId", sum(chances) / sum(concepts) AS chance, sum(coverages) / sum(concepts) AS coverage,
        count(*) OVER ()::int AS people
      FROM cell GROUP BY 1
    ), sorting AS (SELECT "userId", chance FROM cell WHERE col = ${order.by}),
    shown AS MATERIALIZED (
      -- Who has nothing of a column comes last, whichever way.
      SELECT persons.*, u.name, u.email,
        row_number() OVER (ORDER BY ${key} ${direction} NULLS LAST, persons.chance, persons."userId") AS place
      FROM persons
      JOIN "User" u ON u.id = persons."userId"
      LEFT JOIN sorting ON sorting."userId" = persons."userId"
      ORDER BY place LIMIT ${limit}::int OFFSET ${offset}::int
    ), everyone AS (
      -- Of several people: the mean over people.
      SELECT col, avg(chance) AS chance, avg(coverage) AS coverage FROM cell GROUP BY 1
    )
    SELECT NULL AS "userId", NULL AS name, NULL AS email,
      (SELECT avg(chance) FROM persons) AS chance, (SELECT avg(coverage) FROM persons) AS coverage,
      array_agg(everyone.chance ORDER BY col.n) AS chances, array_agg(everyone.coverage ORDER BY col.n) AS coverages,
      (SELECT count(*) FROM persons)::int AS people, 0 AS place
    FROM col LEFT JOIN everyone ON everyone.col = col.id
    UNION ALL
    SELECT shown."userId", shown.name, shown.email, shown.chance, shown.coverage,
      array_agg(cell.chance ORDER BY col.n), array_agg(cell.coverage ORDER BY col.n), shown.people, shown.place
    FROM shown CROSS JOIN col
    LEFT JOIN cell ON cell."userId" = shown."userId" AND cell.col = col.id
    GROUP BY 1, 2, 3, 4, 5, 8, 9
    ORDER BY place`;
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
