import { type FirstAnswer, FRESH_HOURS, type RevealingAnswer } from "#lib/core/mastery/index.ts";
import type { Answer, PublishedItem, Text } from "#lib/core/questions/index.ts";
import { database } from "../client.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";
import type { Counted } from "./pairs.ts";

/**
 * First and last answers of members (`MemberAnswers`): raw SQL because a dashboard reads hundreds of thousands of them at once. Each is
 * packed into a few bytes, and those of one person into one value (`MemberDigest`). How answers are packed stands in this file alone.
 *
 *     first: item number (4 bytes), ms taken (4), revision (2), chosen options (1: a bit for each, in the item's order), right (1);
 *            in a digest also when it was given (8, float: ms since the epoch)
 *     last:  of the last telling answer (`FRESH_HOURS`): item number (4), ms since the epoch (8), revision (2), beliefs shown (4: a bit for each that the item can show, A to Z)
 */

type Db = Pick<PrismaClient, "$queryRaw">;
type Tx = Prisma.TransactionClient;

const FIRST_BYTES = 12;
const LAST_BYTES = 18;

/** Answers that count: not undone, and not crammed, which right after the solution says nothing of what was known. */
const counts = (review: string) => {
  const r = Prisma.raw(review);
  return Prisma.sql`${r}.type = 'answer' AND ${r}."undoneAt" IS NULL AND ${r}.source <> 'cram'`;
};

/** SQL of the beliefs that an item can show, A to Z (`misconceptionsOf`). @param payload of its revision */
const beliefsOf = (payload: string) => Prisma.sql`
  SELECT DISTINCT (named #>> '{}') COLLATE "C" AS belief FROM (
    SELECT jsonb_path_query(${Prisma.raw(payload)}, '$.**.misconception') AS named
    UNION ALL SELECT jsonb_path_query(${Prisma.raw(payload)}, '$.task.beliefs[*]')
  ) names ORDER BY belief`;

/** SQL of a packed first answer. @param r a review @param i its item @param v the answered revision */
const packedFirst = Prisma.sql`
  int4send(i.number) || int4send(r."durationMs") || int2send(r.revision::int2) || substring(int2send((
    SELECT coalesce(sum(1 << (o.n - 1)::int), 0)
    FROM jsonb_array_elements(v.payload->'options') WITH ORDINALITY o(option, n)
    WHERE r.answer->>'option' = o.option->>'id' OR jsonb_exists(r.answer->'options', o.option->>'id')
  )::int2) FROM 2) || substring(int2send(r.correct::int::int2) FROM 2)`;

/** SQL of a packed last answer, likewise. */
const packedLast = Prisma.sql`
  int4send(i.number) || int8send((extract(epoch FROM r."reviewedAt") * 1000)::bigint) || int2send(r.revision::int2) || int4send((
    SELECT coalesce(sum(1 << (b.n - 1)::int), 0)
    FROM (SELECT belief, row_number() OVER () AS n FROM (${beliefsOf("v.payload")}) sorted) b
    WHERE b.belief = ANY(r.misconceptions)
  )::int4)`;

/** What packing needs besides the review `r`. */
const asked = Prisma.sql`
  JOIN "Item" i ON i.id = r."itemId"
  JOIN "ItemRevision" v ON v."itemId" = r."itemId" AND v.revision = r.revision`;

/**
 * Writes what the first and last answers of members are since they joined, from the reviews as they stand, undo marks included: the
 * one way in which they come about. Of answers at the same moment the order is that of their ids, as in every fold.
 * @param userId whose, in every team; everybody's when null, for data that was put in past the commands
 * @param itemIds to which items; to all when absent
 */
export async function writeMemberAnswers(
  tx: Tx,
  userId: string | null,
  itemIds?: readonly string[],
): Promise<void> {
  const whose = userId ? Prisma.sql`m."userId" = ${userId}::uuid` : Prisma.sql`true`;
  const touched = (table: string) =>
    itemIds
      ? Prisma.sql`${Prisma.raw(table)}."itemId" IN (SELECT jsonb_array_elements_text(${JSON.stringify(itemIds)}::jsonb))`
      : Prisma.sql`true`;
  await tx.$executeRaw`
    DELETE FROM "MemberAnswers" a USING "Membership" m
    WHERE m."teamId" = a."teamId" AND m."userId" = a."userId" AND ${whose} AND ${touched("a")} AND NOT EXISTS (
      SELECT 1 FROM "Review" r
      WHERE r."userId" = a."userId" AND r."itemId" = a."itemId" AND r."reviewedAt" >= m."joinedAt" AND ${counts("r")})`;
  await tx.$executeRaw`
    WITH answer AS (
      SELECT r.id, m."teamId", r."userId", r."itemId", r."reviewedAt", lag(r."reviewedAt") OVER (
        PARTITION BY m."teamId", r."userId", r."itemId" ORDER BY r."reviewedAt", r.id) AS before
      FROM "Membership" m JOIN "Review" r ON r."userId" = m."userId" AND r."reviewedAt" >= m."joinedAt"
      WHERE ${whose} AND ${touched("r")} AND ${counts("r")}
    ), card AS (
      SELECT "teamId", "userId", "itemId", (array_agg(id) FILTER (WHERE before IS NULL))[1] AS first,
        (array_agg(id ORDER BY "reviewedAt" DESC, id DESC) FILTER (
          WHERE before IS NULL OR "reviewedAt" >= before + make_interval(hours => ${FRESH_HOURS}::int)))[1] AS last
      FROM answer GROUP BY 1, 2, 3
    )
    INSERT INTO "MemberAnswers" ("teamId", "userId", "itemId", "firstAt", first, "lastAt", last)
    SELECT card."teamId", card."userId", card."itemId", first.at, first.packed, last.at, last.packed
    FROM card
    -- Looked up for each card: what is packed is dear, and joined it might be packed for every two cards.
    CROSS JOIN LATERAL (
      SELECT r."reviewedAt" AS at, ${packedFirst} AS packed FROM "Review" r ${asked} WHERE r.id = card.first
    ) first
    CROSS JOIN LATERAL (
      SELECT r."reviewedAt" AS at, ${packedLast} AS packed FROM "Review" r ${asked} WHERE r.id = card.last
    ) last
    ON CONFLICT ("teamId", "userId", "itemId") DO UPDATE SET
      "firstAt" = excluded."firstAt", first = excluded.first, "lastAt" = excluded."lastAt", last = excluded.last`;
}

/** Names by bits. */
type Chosen = (bits: number) => readonly string[];

/** An active item, as far as packed answers need it. */
interface AskedItem {
  id: string;
  number: number;
  conceptId: string;
  /** By number of the revision. */
  revisions: Map<number, { chosen: Chosen; shown: Chosen; couldShow: readonly string[] }>;
}

/** The active items. */
async function askedItems(db: Db): Promise<AskedItem[]> {
  interface Row extends Omit<AskedItem, "revisions"> {
    revisions: Record<string, { options: string[]; beliefs: string[] }>;
  }
  const rows = await db.$queryRaw<Row[]>`
    SELECT i.id, i.number, i."conceptId", jsonb_object_agg(v.revision, jsonb_build_object(
      'options', coalesce(jsonb_path_query_array(v.payload, '$.options[*].id'), '[]'),
      'beliefs', to_jsonb(ARRAY(${beliefsOf("v.payload")})))) AS revisions
    FROM "Item" i JOIN "ItemRevision" v ON v."itemId" = i.id
    WHERE i."retiredAt" IS NULL
    GROUP BY i.id`;
  return rows.map(({ revisions, ...item }) => ({
    ...item,
    revisions: new Map(
      Object.entries(revisions).map(([revision, { options, beliefs }]) => [
        Number(revision),
        { chosen: chosenOf(options), shown: chosenOf(beliefs), couldShow: beliefs },
      ]),
    ),
  }));
}

/** Finds those of the names whose bits are set. The same choice is made by many, and kept as one array. */
function chosenOf(names: readonly string[]): Chosen {
  const known: (readonly string[] | undefined)[] = [];
  return (bits) => {
    const before = known[bits];
    if (before) return before;
    const chosen = names.filter((_, n) => (bits & (1 << n)) !== 0);
    known[bits] = chosen;
    return chosen;
  };
}

const NONE: readonly string[] = [];

/** Each person with their answers. Unpacked one person at a time, as it is gone through: all together would be a lot to keep. */
type Answered<T> = Iterable<[userId: string, answers: T[]]>;

/** Packed answers of one kind, and how one is read; null where it was given before `from`, in ms since the epoch. */
interface Reading<T> {
  column: "firsts" | "lasts";
  bytes: number;
  read(packed: DataView, at: number, item: AskedItem, from: number): T | null;
}

/** The answers of each person to items of concepts that count for them; the rest is dropped here and goes no further. */
async function readAnswers<T>(
  db: Db,
  { teamId, seen, members }: Counted,
  since: number | null,
  { column, bytes, read }: Reading<T>,
): Promise<Answered<T>> {
  const [items, rows] = await Promise.all([
    askedItems(db),
    database().readPacked(Prisma.sql`
      SELECT "userId"::text AS key, ${Prisma.raw(`"${column}"`)} AS packed FROM "MemberDigest"
      WHERE "teamId" = ${teamId}::uuid
        AND "userId" IN (SELECT "userId" FROM (${seen}) member)`),
  ]);
  const byNumber = new Map(items.map((item) => [item.number, item]));
  const counted = new Map(members.map((member) => [member.userId, member]));
  return {
    *[Symbol.iterator]() {
      for (const { key: userId, packed } of rows) {
        const member = counted.get(userId);
        if (!member) continue;
        const from = Math.max(member.joinedAt, since ?? member.joinedAt);
        const own: T[] = [];
        for (let at = 0; at < packed.byteLength; at += bytes) {
          const item = byNumber.get(packed.getInt32(at));
          const answer = item && member.concepts.has(item.conceptId) ? read(packed, at, item, from) : null;
          if (answer) own.push(answer);
        }
        if (own.length > 0) yield [userId, own];
      }
    },
  };
}

/**
 * The first answer of each person to each item since they joined, if it was given in the period. Who has none is
 * absent.
 * @param since ms since the epoch; null for since joining
 */
export const firstAnswers = (
  db: Db,
  counted: Counted,
  since: number | null,
): Promise<Answered<FirstAnswer>> =>
  readAnswers(db, counted, since, {
    column: "firsts",
    bytes: FIRST_BYTES + 8,
    read(packed, at, { id, revisions }, from) {
      if (packed.getFloat64(at + FIRST_BYTES) < from) return null;
      return {
        itemId: id,
        right: packed.getUint8(at + 11) === 1,
        durationMs: packed.getInt32(at + 4),
        chosen: revisions.get(packed.getInt16(at + 8))?.chosen(packed.getUint8(at + 10)) ?? NONE,
      };
    },
  });

/**
 * The last telling answer (`FRESH_HOURS`) of each person to each item that can show a belief, if it was given since they joined
 * and in the period.
 */
export const lastAnswers = (
  db: Db,
  counted: Counted,
  since: number | null,
): Promise<Answered<RevealingAnswer>> =>
  readAnswers(db, counted, since, {
    column: "lasts",
    bytes: LAST_BYTES,
    read(packed, at, { id, revisions }, from) {
      // As two halves: a BigInt would take longer than all the rest.
      const answeredAt = packed.getInt32(at + 4) * 2 ** 32 + packed.getUint32(at + 8);
      if (answeredAt < from) return null;
      const revision = revisions.get(packed.getInt16(at + 12));
      if (!revision || revision.couldShow.length === 0) return null;
      const shows = revision.shown(packed.getInt32(at + 14));
      return { itemId: id, at: answeredAt, couldShow: revision.couldShow, shows };
    },
  });

/** The first answer of somebody to one item, as it was given. */
export interface GivenAnswer {
  answer: Answer;
  revision: number;
  correct: boolean;
  misconceptions: string[];
}

/** The first answers to one item since each person joined, if given in the period, as they were given. */
export function givenFirst(
  db: Db,
  { seen, members }: Counted,
  item: { id: string; conceptId: string },
  since: number | null,
): Promise<GivenAnswer[]> {
  const asked = members
    .filter(({ concepts }) => concepts.has(item.conceptId))
    .map(({ userId, joinedAt }) => ({ userId, joinedAt, from: Math.max(joinedAt, since ?? joinedAt) }));
  return db.$queryRaw<GivenAnswer[]>`
    SELECT first.answer, first.revision, first.correct, first.misconceptions
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS person("userId" uuid, "joinedAt" float8, "from" float8)
    CROSS JOIN LATERAL (
      SELECT r.answer, r.revision, r.correct, r.misconceptions, r."reviewedAt" FROM "Review" r
      WHERE r."userId" = person."userId" AND r."itemId" = ${item.id}
        AND r."reviewedAt" >= to_timestamp(person."joinedAt" / 1000) AND ${counts("r")}
      ORDER BY r."reviewedAt", r.id LIMIT 1
    ) first
    WHERE first."reviewedAt" >= to_timestamp(person."from" / 1000)
      AND person."userId" IN (SELECT "userId" FROM (${seen}) member)`;
}

/** An active item as it is asked now. */
export interface CurrentItem {
  id: string;
  conceptId: string;
  concept: Text;
  item: PublishedItem;
}

/** The active items as they are asked now, in teaching order. */
export const currentItems = (db: Db): Promise<CurrentItem[]> => db.$queryRaw<CurrentItem[]>`
  SELECT i.id, i."conceptId", c.title AS concept, v.payload AS item
  FROM "Item" i
  JOIN "Concept" c ON c.id = i."conceptId"
  JOIN "ItemRevision" v ON v."itemId" = i.id AND v.revision = i.revision
  WHERE i."retiredAt" IS NULL
  ORDER BY c.position, i.position`;
