import type { ReviewEventType, Source } from "#lib/core/reviews/event.ts";
import type { CardMemory } from "#lib/core/scheduling/index.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";

/**
 * Review ingest: raw SQL because a batch of 500 events is then five statements instead of thousands. Lists travel as one
 * JSON parameter (`jsonb_to_recordset`), which both engines take without arrays of every type.
 */

type Tx = Prisma.TransactionClient;

/** A row of "Review" as ingest writes it. Moments are ms since the epoch. */
export interface ReviewRow {
  id: string;
  itemId: string;
  type: ReviewEventType;
  reviewedAt: number;
  revision: number | null;
  source: Source | null;
  locale: "ja" | "en" | null;
  answer: unknown;
  seed: number | null;
  hinted: boolean | null;
  easy: boolean | null;
  durationMs: number | null;
  rating: number | null;
  correct: boolean | null;
  score: number | null;
  misconceptions: string[];
  targetId: string | null;
  until: number | null;
}

/** Lets only one transaction at a time change what a person remembers, over all processes. Ends with the transaction. */
export async function lockPerson(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${userId}, 0))`;
}

const at = (column: Prisma.Sql) => Prisma.sql`to_timestamp(${column} / 1000.0)`;

/** Stores the rows whose id is new. @returns the ids stored now */
export async function insertReviews(
  tx: Tx,
  userId: string,
  rows: readonly ReviewRow[],
  receivedAt: number,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const stored = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "Review" (id, "userId", "itemId", type, "reviewedAt", "receivedAt", revision, source, locale, answer,
      seed, hinted, easy, "durationMs", rating, correct, score, misconceptions, "targetId", until)
    SELECT r.id, ${userId}::uuid, r."itemId", r.type::"ReviewType", ${at(Prisma.sql`r."reviewedAt"`)},
      ${at(Prisma.sql`${receivedAt}::float8`)}, r.revision, r.source::"ReviewSource", r.locale::"Locale", r.answer,
      r.seed, r.hinted, r.easy, r."durationMs", r.rating, r.correct, r.score,
      ARRAY(SELECT jsonb_array_elements_text(r.misconceptions)), r."targetId", ${at(Prisma.sql`r.until`)}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, "itemId" text, type text,
      "reviewedAt" float8, revision int, source text, locale text, answer jsonb, seed bigint, hinted boolean,
      easy boolean, "durationMs" int, rating int, correct boolean, score float8, misconceptions jsonb,
      "targetId" uuid, until float8)
    ON CONFLICT (id) DO NOTHING
    RETURNING id`;
  return new Set(stored.map(({ id }) => id));
}

/** A stored event, as much of it as a fold needs. */
export interface StoredEvent {
  id: string;
  itemId: string;
  type: ReviewEventType;
  at: number;
  source: Source | null;
  rating: number | null;
  targetId: string | null;
  until: number | null;
  undone: boolean;
}

/** All events of the given cards of a person, or of all their cards. */
export function eventsOf(
  tx: Tx | PrismaClient,
  userId: string,
  itemIds?: readonly string[],
): Promise<StoredEvent[]> {
  const only = itemIds
    ? Prisma.sql`AND r."itemId" IN (SELECT jsonb_array_elements_text(${JSON.stringify(itemIds)}::jsonb))`
    : Prisma.empty;
  return tx.$queryRaw<StoredEvent[]>`
    SELECT r.id, r."itemId", r.type, r.source, r.rating, r."targetId",
      (extract(epoch FROM r."reviewedAt") * 1000)::float8 AS at,
      (extract(epoch FROM r.until) * 1000)::float8 AS until,
      r."undoneAt" IS NOT NULL AS undone
    FROM "Review" r
    WHERE r."userId" = ${userId}::uuid ${only}`;
}

/** Writes card states, replacing what was there. */
export async function upsertCardStates(
  tx: Tx,
  userId: string,
  states: readonly { itemId: string; memory: CardMemory }[],
): Promise<void> {
  if (states.length === 0) return;
  const rows = JSON.stringify(states.map(({ itemId, memory }) => ({ itemId, ...memory })));
  await tx.$executeRaw`
    INSERT INTO "CardState" ("userId", "itemId", state, due, stability, difficulty, step, "scheduledDays", reps, lapses,
      "lastReview", "introducedAt", suspended, "buriedUntil")
    SELECT ${userId}::uuid, s."itemId", s.state::"CardPhase", ${at(Prisma.sql`s.due`)}, s.stability, s.difficulty,
      s.step, s."scheduledDays", s.reps, s.lapses, ${at(Prisma.sql`s."lastReview"`)},
      ${at(Prisma.sql`s."introducedAt"`)}, s.suspended, ${at(Prisma.sql`s."buriedUntil"`)}
    FROM jsonb_to_recordset(${rows}::jsonb) AS s("itemId" text, state text, due float8, stability float8,
      difficulty float8, step int, "scheduledDays" float8, reps int, lapses int, "lastReview" float8,
      "introducedAt" float8, suspended boolean, "buriedUntil" float8)
    ON CONFLICT ("userId", "itemId") DO UPDATE SET
      state = excluded.state, due = excluded.due, stability = excluded.stability, difficulty = excluded.difficulty,
      step = excluded.step, "scheduledDays" = excluded."scheduledDays", reps = excluded.reps,
      lapses = excluded.lapses, "lastReview" = excluded."lastReview", "introducedAt" = excluded."introducedAt",
      suspended = excluded.suspended, "buriedUntil" = excluded."buriedUntil"`;
}

/** Lets `undoneAt` follow what the fold found: sets it on the events to mark, clears it on the events to unmark. */
export async function markUndone(
  tx: Tx,
  marks: { mark: readonly string[]; unmark: readonly string[] },
  now: number,
): Promise<void> {
  for (const [ids, value] of [
    [marks.mark, new Date(now)],
    [marks.unmark, null],
  ] as const) {
    if (ids.length === 0) continue;
    await tx.review.updateMany({ where: { id: { in: [...ids] } }, data: { undoneAt: value } });
  }
}
