import type { DayBoundary } from "#lib/core/scheduling/memory.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";

/**
 * Statistics over a person's reviews: raw SQL because Prisma cannot group by a study day, and because these read
 * thousands of rows to answer a few. Measured in `docs/decisions` (raw SQL). All use the index (userId, reviewedAt).
 */

/** The study day of a review as SQL: local time, shifted back by the hour at which the learner's day begins. */
const studyDay = ({ timeZone, dayStartHour }: DayBoundary) =>
  Prisma.sql`((r."reviewedAt" AT TIME ZONE ${timeZone}) - make_interval(hours => ${dayStartHour}::int))::date`;

/** Answers that stand: not undone. */
const standing = Prisma.sql`r.type = 'answer' AND r."undoneAt" IS NULL`;

export interface DayOfReviews {
  /** Study day, `YYYY-MM-DD`. */
  day: string;
  answers: number;
  correct: number;
  /** Time spent on the answers, in ms. */
  durationMs: number;
}

/** Answers per study day since a moment, oldest first; days without answers are absent. */
export function reviewsPerDay(
  db: PrismaClient,
  userId: string,
  boundary: DayBoundary,
  since: Date,
): Promise<DayOfReviews[]> {
  return db.$queryRaw<DayOfReviews[]>`
    SELECT day::text,
           count(*)::int AS answers,
           count(*) FILTER (WHERE correct)::int AS correct,
           sum("durationMs")::float8 AS "durationMs"
    FROM (
      SELECT ${studyDay(boundary)} AS day, r.correct, r."durationMs"
      FROM "Review" r
      WHERE r."userId" = ${userId}::uuid AND ${standing} AND r."reviewedAt" >= ${since}
    ) answers
    GROUP BY day
    ORDER BY day`;
}

export interface WeekOfRetention {
  /** Monday of the week, `YYYY-MM-DD`. */
  week: string;
  /** First answers of a day to cards learned on an earlier day … */
  reviews: number;
  /** … and how many of them were right. */
  recalled: number;
}

/**
 * True retention by week: of the cards learned on an earlier day, the share recalled at the first answer of the day.
 * Repeats within a day, cramming and placements say nothing of what was learned here and are left out.
 */
export function retentionPerWeek(
  db: PrismaClient,
  userId: string,
  boundary: DayBoundary,
  since: Date,
): Promise<WeekOfRetention[]> {
  return db.$queryRaw<WeekOfRetention[]>`
    SELECT date_trunc('week', day)::date::text AS week,
           count(*)::int AS reviews,
           count(*) FILTER (WHERE rating > 1)::int AS recalled
    FROM (
      SELECT day, rating, "reviewedAt",
             row_number() OVER (PARTITION BY "itemId", day ORDER BY "reviewedAt", id) AS nth_of_day,
             min(day) OVER (PARTITION BY "itemId") AS learned_on
      FROM (
        SELECT r.id, r."itemId", r.rating, r."reviewedAt", ${studyDay(boundary)} AS day
        FROM "Review" r
        WHERE r."userId" = ${userId}::uuid AND ${standing} AND r.source NOT IN ('cram', 'placement')
      ) dated
    ) numbered
    WHERE nth_of_day = 1 AND day > learned_on AND "reviewedAt" >= ${since}
    GROUP BY 1
    ORDER BY 1`;
}

export interface AnswerTotals {
  answers: number;
  durationMs: number;
  /** Half of the answers took less than this, in ms: what estimates of time to come are made from. */
  medianMs: number | null;
}

/** All a person's standing answers together. */
export async function answerTotals(db: PrismaClient, userId: string): Promise<AnswerTotals> {
  const [totals] = await db.$queryRaw<AnswerTotals[]>`
    SELECT count(*)::int AS answers,
           coalesce(sum(r."durationMs"), 0)::float8 AS "durationMs",
           (percentile_cont(0.5) WITHIN GROUP (ORDER BY r."durationMs"))::float8 AS "medianMs"
    FROM "Review" r
    WHERE r."userId" = ${userId}::uuid AND ${standing}`;
  return totals ?? { answers: 0, durationMs: 0, medianMs: null };
}

/** What an answer takes as long as the learner has given too few to tell, in ms. */
const USUAL_ANSWER_MS = 20_000;
/** Answers below which the learner's own median means nothing, nor does what they know show yet. */
export const ENOUGH_ANSWERS = 20;

/** What an answer of a learner takes, in ms. */
export const usualAnswerMs = (totals: AnswerTotals | null): number =>
  (totals && totals.answers >= ENOUGH_ANSWERS ? totals.medianMs : null) ?? USUAL_ANSWER_MS;
