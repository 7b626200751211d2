import { type Catalogue, type Memory, memoryFrom, type SeenCards } from "#lib/core/mastery/index.ts";
import { forgettingCurve } from "#lib/core/scheduling/index.ts";
import { database } from "../client.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";
import { writeMemberAnswers } from "./member-answers.ts";
import { decayOf } from "./readiness.ts";
import { lockPerson } from "./reviews.ts";

/**
 * What figures of a team are counted from (`MemberDigest`, `MemberWeek`): raw SQL because a dashboard reads a few hundred thousand
 * cards and answers at once. Those of one member are packed into one value: as rows of their own they would take many times as
 * long to read. How they are packed stands in this file, but for answers (`member-answers.ts`).
 *
 *     cards:   item number (4 bytes), stability (4, float), last review (8, float: ms since the epoch), introduced (8, likewise)
 *     answers: of a week: concept number (2), how many (2), ms taken (4)
 */

type Tx = Prisma.TransactionClient;

const msOf = (moment: Prisma.Sql) => Prisma.sql`(extract(epoch FROM ${moment}) * 1000)::float8`;

const packedCard = Prisma.sql`int4send(i.number) || float4send(s.stability::float4)
  || float8send(${msOf(Prisma.sql`s."lastReview"`)}) || float8send(coalesce(${msOf(Prisma.sql`s."introducedAt"`)}, 0))`;

const CARD_BYTES = 24;
/** Before the cards of somebody, where they are read: the decay of their forgetting curve (8, float). */
const DECAY_BYTES = 8;

const packedOfWeek = Prisma.sql`int2send(answered.number::int2) || int2send(least(answered.count, 32767)::int2)
  || int4send(least(answered."durationMs", 2147483647)::int4)`;

const OF_WEEK_BYTES = 8;

/**
 * Writes what teams count of a person, after their cards or answers changed, or where they have just joined: the one way in which it
 * comes about.
 * @param userId whose, in every team; everybody's when null, for data that was put in past the commands
 * @param itemIds the items that were touched; all when absent
 */
export async function writeMemberFigures(
  tx: Tx,
  userId: string | null,
  itemIds?: readonly string[],
): Promise<void> {
  // Most learners are in no team, and then there is nothing to keep.
  if (userId && (await tx.membership.count({ where: { userId } })) === 0) return;
  await writeMemberAnswers(tx, userId, itemIds);
  await writeMemberWeeks(tx, { userId: userId ?? undefined }, itemIds);
  await writeDigests(tx, userId);
}

/** Writes what teams count of members of whom nothing is kept: after an upgrade, or where memberships were put in by hand. */
export async function writeMissingFigures(db: PrismaClient): Promise<void> {
  const missing = await db.$queryRaw<{ userId: string }[]>`
    SELECT DISTINCT m."userId" FROM "Membership" m
    LEFT JOIN "MemberDigest" d ON d."teamId" = m."teamId" AND d."userId" = m."userId"
    WHERE d."userId" IS NULL`;
  for (const { userId } of missing) {
    await db.$transaction(
      async (tx) => {
        await lockPerson(tx, userId);
        await writeMemberFigures(tx, userId);
      },
      { timeout: 120_000 },
    );
  }
}

/**
 * How many rows of what teams count of a person are not what the events and card states say. Writes nothing: what is written to
 * compare is taken back.
 */
export async function countWrongFigures(tx: Tx, userId: string): Promise<number> {
  const kept = await figuresOf(tx, userId);
  await tx.$executeRaw`SAVEPOINT before_writing`;
  await writeMemberFigures(tx, userId);
  const right = await figuresOf(tx, userId);
  await tx.$executeRaw`ROLLBACK TO SAVEPOINT before_writing`;
  return [...new Set([...kept.keys(), ...right.keys()])].filter((row) => kept.get(row) !== right.get(row))
    .length;
}

/** A digest of each row, by what it is. */
async function figuresOf(tx: Tx, userId: string): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ row: string; digest: string }[]>`
    SELECT concat("teamId", "itemId") AS row, md5(a::text) AS digest FROM "MemberAnswers" a WHERE "userId" = ${userId}::uuid
    UNION ALL
    SELECT concat("teamId", week), md5(w::text) FROM "MemberWeek" w WHERE "userId" = ${userId}::uuid
    UNION ALL
    SELECT "teamId"::text, md5(d::text) FROM "MemberDigest" d WHERE "userId" = ${userId}::uuid`;
  return new Map(rows.map(({ row, digest }) => [row, digest]));
}

/** Packs what stands of members anew. */
async function writeDigests(tx: Tx, userId: string | null): Promise<void> {
  const whose = userId ? Prisma.sql`m."userId" = ${userId}::uuid` : Prisma.sql`true`;
  await tx.$executeRaw`
    INSERT INTO "MemberDigest" ("teamId", "userId", cards, firsts, lasts)
    SELECT m."teamId", m."userId", coalesce(known.cards, ''), coalesce(given.firsts, ''), coalesce(given.lasts, '')
    FROM "Membership" m
    CROSS JOIN LATERAL (
      SELECT string_agg(${packedCard}, '' ORDER BY i.number) AS cards
      FROM "CardState" s JOIN "Item" i ON i.id = s."itemId"
      WHERE s."userId" = m."userId" AND s."lastReview" IS NOT NULL
    ) known
    CROSS JOIN LATERAL (
      SELECT string_agg(a.first || float8send(${msOf(Prisma.sql`a."firstAt"`)}), '' ORDER BY a."itemId") AS firsts,
        string_agg(a.last, '' ORDER BY a."itemId") AS lasts
      FROM "MemberAnswers" a WHERE a."teamId" = m."teamId" AND a."userId" = m."userId"
    ) given
    WHERE ${whose}
    ON CONFLICT ("teamId", "userId") DO UPDATE SET
      cards = excluded.cards, firsts = excluded.firsts, lasts = excluded.lasts`;
}

/**
 * Counts the weeks of members anew in which they answered certain items, or all their weeks.
 * @param itemIds all when absent
 */
export async function writeMemberWeeks(
  tx: Tx,
  whose: { userId?: string | undefined; teamId?: string | undefined },
  itemIds?: readonly string[],
): Promise<void> {
  const member = (alias: string) => {
    const m = Prisma.raw(alias);
    return Prisma.sql`(${whose.userId ?? null}::uuid IS NULL OR ${m}."userId" = ${whose.userId ?? null}::uuid)
      AND (${whose.teamId ?? null}::uuid IS NULL OR ${m}."teamId" = ${whose.teamId ?? null}::uuid)`;
  };
  const week = Prisma.sql`date_trunc('week', r."reviewedAt" AT TIME ZONE t."timeZone")::date`;
  const touched = itemIds
    ? Prisma.sql`AND r."itemId" IN (SELECT jsonb_array_elements_text(${JSON.stringify(itemIds)}::jsonb))`
    : Prisma.empty;
  if (!itemIds) await tx.$executeRaw`DELETE FROM "MemberWeek" w WHERE ${member("w")}`;
  await tx.$executeRaw`
    WITH span AS MATERIALIZED (
      SELECT week.*, greatest("joinedAt", week::timestamp AT TIME ZONE "timeZone") AS "from",
        (week + 7)::timestamp AT TIME ZONE "timeZone" AS until
      FROM (
        SELECT DISTINCT m."teamId", m."userId", m."joinedAt", t."timeZone", ${week} AS week
        FROM "Membership" m
        JOIN "Team" t ON t.id = m."teamId"
        JOIN "Review" r ON r."userId" = m."userId" AND r."reviewedAt" >= m."joinedAt" AND r.type = 'answer' ${touched}
        WHERE ${member("m")}
      ) week
    ), counted AS (
      SELECT span."teamId", span."userId", span.week, coalesce(answered.answers, '') AS answers
      FROM span
      CROSS JOIN LATERAL (
        SELECT string_agg(${packedOfWeek}, '' ORDER BY answered.number) AS answers
        FROM (
          SELECT c.number, count(*) AS count, sum(r."durationMs") AS "durationMs"
          FROM "Review" r JOIN "Item" i ON i.id = r."itemId" JOIN "Concept" c ON c.id = i."conceptId"
          WHERE r."userId" = span."userId" AND r."reviewedAt" >= span."from" AND r."reviewedAt" < span.until
            AND r.type = 'answer' AND r."undoneAt" IS NULL
          GROUP BY 1
        ) answered
      ) answered
    )
    INSERT INTO "MemberWeek" ("teamId", "userId", week, answers)
    SELECT "teamId", "userId", week, answers FROM counted
    ON CONFLICT ("teamId", "userId", week) DO UPDATE SET answers = excluded.answers`;
}

/** The concepts that have active items, and where numbers lead to. */
export interface NumberedCatalogue extends Catalogue {
  /** By the number of an active item: the place of its concept. */
  placeOfItem: ReadonlyMap<number, number>;
  /** By the place of a concept: its number. */
  numbers: readonly number[];
}

export async function readCatalogue(): Promise<NumberedCatalogue> {
  const concepts = await database().query<{ id: string; number: number; items: number[] }>(Prisma.sql`
    SELECT c.id, c.number, array_agg(i.number) AS items
    FROM "Item" i JOIN "Concept" c ON c.id = i."conceptId"
    WHERE i."retiredAt" IS NULL
    GROUP BY c.id ORDER BY c.position`);
  return {
    concepts: concepts.map(({ id }) => id),
    items: concepts.map(({ items }) => items.length),
    placeOfItem: new Map(concepts.flatMap(({ items }, place) => items.map((number) => [number, place]))),
    numbers: concepts.map(({ number }) => number),
  };
}

/** What members of a team remember of the active items. */
export interface TeamMemory {
  catalogue: NumberedCatalogue;
  /** By user id; who has seen nothing may be absent. */
  memories: ReadonlyMap<string, Memory>;
}

/** @param members SQL that selects `userId`, as `seenMembers` does */
export async function readTeamMemory(
  { teamId, members }: { teamId: string; members: Prisma.Sql },
  reading = readCatalogue(),
): Promise<TeamMemory> {
  const [catalogue, rows] = await Promise.all([
    reading,
    database().readPacked(Prisma.sql`
      SELECT digest."userId"::text AS key, float8send(${decayOf("person")}) || digest.cards AS packed
      FROM "MemberDigest" digest
      JOIN "User" person ON person.id = digest."userId"
      WHERE digest."teamId" = ${teamId}::uuid AND digest."userId" IN (SELECT "userId" FROM (${members}) member)`),
  ]);
  const most = rows.reduce((sum, { packed }) => sum + Math.floor(packed.byteLength / CARD_BYTES), 0);
  // One set of columns for the whole team: thousands of small ones would keep the garbage collector busy.
  const columns = {
    concept: new Int32Array(most),
    stability: new Float64Array(most),
    lastReview: new Float64Array(most),
    introducedAt: new Float64Array(most),
  };
  let filled = 0;
  const memories = rows.map(({ key: userId, packed }): [string, Memory] => {
    const from = filled;
    filled = unpackCards(packed, DECAY_BYTES, columns, from, catalogue);
    const curve = forgettingCurve(packed.getFloat64(0));
    return [userId, memoryFrom({ ...columns, from, to: filled }, curve, catalogue.concepts.length)];
  });
  return { catalogue, memories: new Map(memories) };
}

/** Fills in the cards of active items from a place on. @param start where they begin @returns the place after them */
function unpackCards(
  packed: DataView,
  start: number,
  { concept, stability, lastReview, introducedAt }: Omit<SeenCards, "from" | "to">,
  from: number,
  { placeOfItem }: NumberedCatalogue,
): number {
  let n = from;
  for (let at = start; at < packed.byteLength; at += CARD_BYTES) {
    const place = placeOfItem.get(packed.getInt32(at));
    if (place === undefined) continue;
    concept[n] = place;
    stability[n] = packed.getFloat32(at + 4);
    lastReview[n] = packed.getFloat64(at + 8);
    introducedAt[n] = packed.getFloat64(at + 16);
    n++;
  }
  return n;
}

/** What people did in a week. */
export interface WeekOfActivity {
  /** Monday of the week, `YYYY-MM-DD`, where the team is. */
  week: string;
  answers: number;
  /** Time spent on the answers, in ms. */
  durationMs: number;
  /** People with at least one answer. */
  people: number;
}

/** Who is counted, each with the concepts that count; many have the same set. */
type Counted = readonly { userId: string; concepts: ReadonlySet<string> }[];

/**
 * What members answered in each week since they joined, oldest first; weeks without answers are absent.
 * @param members SQL that selects `userId`, as `seenMembers` does
 * @param counted what counts of them: of who is not among them, nothing
 * @param since the first week, by its Monday; null for all
 */
export async function readActivity(
  { teamId, members, counted }: { teamId: string; members: Prisma.Sql; counted: Counted },
  since: string | null,
  reading = readCatalogue(),
): Promise<WeekOfActivity[]> {
  const [catalogue, rows] = await Promise.all([
    reading,
    // The members of a week as one value, each after who they are: as ten thousand rows they take longer.
    database().readPacked(Prisma.sql`
      SELECT week::text AS key, string_agg(uuid_send("userId") || int4send(length(answers)) || answers, '') AS packed
      FROM "MemberWeek"
      WHERE "teamId" = ${teamId}::uuid AND week >= coalesce(${since}::date, '-infinity')
        AND "userId" IN (SELECT "userId" FROM (${members}) member)
      GROUP BY week`),
  ]);
  const sets = [...new Set(counted.map(({ concepts }) => concepts))];
  const countsOf = new Map(sets.map((concepts) => [concepts, countsFor(concepts, catalogue)]));
  const countsOfMember = new Map(
    counted.map(({ userId, concepts }) => [packedId(userId), countsOf.get(concepts) ?? new Uint8Array()]),
  );
  return rows
    .map(({ key: week, packed }) => ({ week, ...sumUpWeek(packed, countsOfMember) }))
    .filter(({ people }) => people > 0)
    .sort((a, b) => (a.week < b.week ? -1 : 1));
}

/** Whether answers on a concept count, by its number: 1 or 0. */
function countsFor(concepts: ReadonlySet<string>, catalogue: NumberedCatalogue): Uint8Array {
  const counts = new Uint8Array(1 + Math.max(0, ...catalogue.numbers));
  for (const [place, number] of catalogue.numbers.entries())
    counts[number] = Number(concepts.has(catalogue.concepts[place] ?? ""));
  return counts;
}

/** The 16 bytes of an id as a string of as many characters: cheaper to compare with packed ones than its digits. */
const packedId = (id: string): string => Buffer.from(id.replaceAll("-", ""), "hex").toString("latin1");

const MEMBER_HEAD_BYTES = 20;

/** @param countsOf what `countsFor` says of each user, by `packedId` */
function sumUpWeek(
  packed: DataView,
  countsOf: ReadonlyMap<string, Uint8Array>,
): Omit<WeekOfActivity, "week"> {
  const sums = { answers: 0, durationMs: 0, people: 0 };
  const ids = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.byteLength; ) {
    const counts = countsOf.get(ids.toString("latin1", at, at + 16));
    const end = at + MEMBER_HEAD_BYTES + packed.getInt32(at + 16);
    const before = sums.answers;
    for (at += MEMBER_HEAD_BYTES; at < end; at += OF_WEEK_BYTES) {
      if (counts?.[packed.getInt16(at)] !== 1) continue;
      sums.answers += packed.getInt16(at + 2);
      sums.durationMs += packed.getInt32(at + 4);
    }
    if (sums.answers > before) sums.people++;
  }
  return sums;
}
