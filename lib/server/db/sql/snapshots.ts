import type { DayBoundary } from "#lib/core/scheduling/index.ts";
import { database } from "../client.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";
import { readinessCells } from "./readiness.ts";

/**
 * Daily notes of readiness: raw SQL because a night notes every concept of every member of a team, tens of thousands of figures
 * that nobody needs to see pass by.
 */

type Db = Pick<PrismaClient, "$queryRaw" | "$executeRaw">;

/** A day that has ended for whoever has the same boundary. */
export interface EndedDay extends DayBoundary {
  /** `YYYY-MM-DD`. */
  day: string;
  endedAt: Date;
}

/** When the days of members of teams begin: each boundary that somebody has. */
export function memberBoundaries(db: Db): Promise<DayBoundary[]> {
  return db.$queryRaw<DayBoundary[]>`
    SELECT DISTINCT "timeZone", "dayStartHour" FROM "User" WHERE id IN (SELECT "userId" FROM "Membership")`;
}

/** SQL of the ids of the members of teams for whom that day ended then and was not noted. */
const unnoted = ({ timeZone, dayStartHour, day }: EndedDay): Prisma.Sql => Prisma.sql`
  SELECT u.id AS "userId" FROM "User" u
  WHERE u."timeZone" = ${timeZone} AND u."dayStartHour" = ${dayStartHour}
    AND EXISTS (SELECT 1 FROM "Membership" m WHERE m."userId" = u.id)
    AND NOT EXISTS (SELECT 1 FROM "ReadinessSnapshot" s WHERE s."userId" = u.id AND s.day = ${day}::date)`;

/** SQL that is true of a person (the expression of their id) whose card states are still those of the end of the day. */
const unchangedSince = (userId: Prisma.Sql, { endedAt }: EndedDay): Prisma.Sql => Prisma.sql`
  NOT EXISTS (SELECT 1 FROM "Review" r WHERE r."userId" = ${userId} AND r."reviewedAt" >= ${endedAt})`;

/**
 * Notes the readiness at the end of a day of everyone whose card states still are what they were then. Who was noted before is
 * left alone.
 * @returns of how many people it was noted
 */
export function noteUnchanged(db: Db, ended: EndedDay): Promise<number> {
  const pairs = Prisma.sql`
    SELECT person."userId", concept.id AS "conceptId"
    FROM (${unnoted(ended)}) person
    CROSS JOIN "Concept" concept
    WHERE concept."retiredAt" IS NULL AND ${unchangedSince(Prisma.sql`person."userId"`, ended)}`;
  return db.$executeRaw`
    INSERT INTO "ReadinessSnapshot" ("userId", day, chances)
    SELECT "userId", ${ended.day}::date, jsonb_object_agg("conceptId", round(chance::numeric, 6))
    FROM (${readinessCells(pairs, ended.endedAt)}) cell
    GROUP BY 1
    ON CONFLICT DO NOTHING`;
}

/** Those for whom a day ended and was not noted: after `noteUnchanged`, who has gone on since. */
export async function stillUnnoted(db: Db, ended: EndedDay): Promise<string[]> {
  return (await db.$queryRaw<{ userId: string }[]>`${unnoted(ended)}`).map(({ userId }) => userId);
}

/** Readiness by concept, 0 to 1. */
type Chances = Readonly<Record<string, number>>;

/** What is noted of a day. */
export interface Note {
  /** `YYYY-MM-DD`. */
  day: string;
  chances: Chances;
}

/** Writes the notes of a person over those that are there. */
export async function writeNotes(db: Db, userId: string, notes: readonly Note[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "ReadinessSnapshot" ("userId", day, chances)
    SELECT ${userId}::uuid, note.day, (
      SELECT jsonb_object_agg(key, round(value::text::numeric, 6)) FROM jsonb_each(note.chances))
    FROM jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) AS note(day date, chances jsonb)
    ON CONFLICT ("userId", day) DO UPDATE SET chances = excluded.chances`;
}

/**
 * What was noted of members at the end of a day; who was not noted that day is absent.
 * @param members SQL that selects `userId`, as `seenMembers` does
 * @param day `YYYY-MM-DD`
 */
export async function notedOn(members: Prisma.Sql, day: string): Promise<Map<string, Chances>> {
  const rows = await database().query<{ userId: string; chances: Chances }>(Prisma.sql`
    SELECT "userId", chances FROM "ReadinessSnapshot"
    WHERE day = ${day}::date
      AND "userId" IN (SELECT "userId" FROM (${members}) member)`);
  return new Map(rows.map(({ userId, chances }) => [userId, chances]));
}

/** The notes of somebody from a day on, oldest first. @param members SQL that selects their `userId`, as `seenMembers` does */
export const notesSince = (db: Db, members: Prisma.Sql, since: Date): Promise<Note[]> => db.$queryRaw<Note[]>`
  SELECT day::text, chances FROM "ReadinessSnapshot"
  WHERE "userId" IN (SELECT "userId" FROM (${members}) member) AND day >= ${since}::date
  ORDER BY day`;

/** Readiness over some concepts as it was noted: their mean, one that was not noted counted as 0. */
export const notedReadiness = (chances: Chances, concepts: readonly string[]): number =>
  concepts.reduce((sum, id) => sum + (chances[id] ?? 0), 0) / concepts.length;
