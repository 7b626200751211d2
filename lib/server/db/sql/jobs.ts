import type { Matter } from "#lib/core/reminders/index.ts";
import { assignedConcepts } from "#lib/server/auth/scope.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { Prisma, type PrismaClient } from "../generated/client.ts";
import { countedPairs } from "./pairs.ts";
import { readinessCells } from "./readiness.ts";

/**
 * Work that several processes share: raw SQL because a lease is taken in the statement that looks for it, and because one
 * statement finds for everybody at once what there may be to say.
 */

/** The local day, `YYYY-MM-DD`, in each time zone that is meant. */
export type Days = Readonly<Record<string, string>>;

const daysTable = (days: Days) => Prisma.sql`
  (SELECT key AS zone, value::date AS day FROM jsonb_each_text(${JSON.stringify(days)}::jsonb)) today`;
const ms = (column: Prisma.Sql) => Prisma.sql`(extract(epoch FROM ${column}) * 1000)::float8`;

/** The given people, as SQL that selects `userId`. */
export const people = (userIds: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT id::uuid AS "userId" FROM jsonb_array_elements_text(${JSON.stringify(userIds)}::jsonb) AS given(id)`;

/**
 * Takes a job that is due, for one process until `leasedUntil`. Several that ask at once wait for each other, and one gets it.
 * @returns whether it is ours
 */
export async function claimJob(
  db: PrismaClient,
  name: string,
  now: Date,
  leasedUntil: Date,
): Promise<boolean> {
  const claimed = await db.$queryRaw<unknown[]>`
    INSERT INTO "Job" AS job (name, "nextRunAt", "leasedUntil") VALUES (${name}, ${now}, ${leasedUntil})
    ON CONFLICT (name) DO UPDATE SET "leasedUntil" = excluded."leasedUntil"
      WHERE job."nextRunAt" <= ${now} AND (job."leasedUntil" IS NULL OR job."leasedUntil" <= ${now})
    RETURNING name`;
  return claimed.length > 0;
}

/** Time zones of the people that can get mail. */
export async function zonesOfRecipients(db: PrismaClient): Promise<string[]> {
  const zones = await db.$queryRaw<{ timeZone: string }[]>`
    SELECT DISTINCT "timeZone" FROM "User" WHERE "emailVerifiedAt" IS NOT NULL AND NOT "isGuest"`;
  return zones.map(({ timeZone }) => timeZone);
}

/** Somebody to whom there may be something to say. Moments are ms since the epoch. */
export interface RecipientRow {
  userId: string;
  timeZone: string;
  assignments: boolean;
  weekly: boolean;
  due: boolean;
  assigned: { assignmentId: string; teamId: string; assignedAt: number; dueAt: number }[];
  managed: { teamId: string; since: number }[];
  /** Keys of what was said. */
  said: string[];
  /** A letter of an earlier day that was not sent. */
  unsentId: string | null;
}

/**
 * People in the given zones who have no letter yet today and to whom there may be something to say: by a part of an open
 * assignment that is new or due around now, a team that they manage, or a wish to hear of due cards; and those whose last letter was
 * not sent. Who has a letter under way is left out until that is settled.
 * @param window assignments that came since `newSince`, or are due from `dueFrom` to `dueUntil`
 */
export function findRecipients(
  db: PrismaClient,
  days: Days,
  now: Date,
  window: { newSince: Date; dueFrom: Date; dueUntil: Date },
  managing: readonly string[],
): Promise<RecipientRow[]> {
  return db.$queryRaw<RecipientRow[]>`
    SELECT u.id AS "userId", u."timeZone", u."mailsAssignments" AS assignments, u."mailsWeekly" AS weekly, u."mailsDue" AS due,
      coalesce(part.list, '[]'::jsonb) AS assigned, coalesce(team.list, '[]'::jsonb) AS managed, said.keys AS said, unsent.id AS "unsentId"
    FROM "User" u
    JOIN ${daysTable(days)} ON today.zone = u."timeZone"
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('assignmentId', s."assignmentId", 'teamId', s."teamId",
        'assignedAt', ${ms(Prisma.sql`s."assignedAt"`)}, 'dueAt', ${ms(Prisma.sql`s."dueAt"`)})) AS list
      FROM "Assignee" s
      JOIN "Assignment" a ON a.id = s."assignmentId" AND a."closedAt" IS NULL AND a."archivedAt" IS NULL
      WHERE u."mailsAssignments" AND s."userId" = u.id
        AND (s."assignedAt" > ${window.newSince} OR s."dueAt" BETWEEN ${window.dueFrom} AND ${window.dueUntil})
    ) part ON true
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('teamId', m."teamId", 'since', ${ms(Prisma.sql`m."joinedAt"`)})) AS list
      FROM "Membership" m
      WHERE u."mailsWeekly" AND m."userId" = u.id AND m.role::text IN (${Prisma.join([...managing])})
    ) team ON true
    CROSS JOIN LATERAL (
      SELECT array(SELECT said.key FROM "ReminderMatter" said WHERE said."userId" = u.id) AS keys
    ) said
    LEFT JOIN LATERAL (
      SELECT m.id FROM "ReminderMail" m
      WHERE m."userId" = u.id AND m.day < today.day AND m.status IN ('waiting', 'sending')
      LIMIT 1
    ) unsent ON true
    WHERE u."emailVerifiedAt" IS NOT NULL AND NOT u."isGuest"
      AND (part.list IS NOT NULL OR team.list IS NOT NULL OR u."mailsDue" OR unsent.id IS NOT NULL)
      AND NOT EXISTS (
        SELECT 1 FROM "ReminderMail" m
        WHERE m."userId" = u.id
          AND (m.day >= today.day OR (m.status = 'sending' AND m."leasedUntil" > ${now})))`;
}

/**
 * Writes the letter of a person's day, or adds to the one of an earlier day that was not sent, which becomes today's. Of two
 * processes that try at once, one does it.
 */
export async function writeReminder(
  tx: Prisma.TransactionClient,
  letter: { id: string; userId: string; day: string; unsentId: string | null; matters: readonly Matter[] },
  now: Date,
): Promise<void> {
  const { userId, day, unsentId, matters } = letter;
  const written = unsentId
    ? await tx.$queryRaw<{ id: string }[]>`
        UPDATE "ReminderMail" SET day = ${day}::date, status = 'waiting', "leasedUntil" = NULL, "nextAttemptAt" = ${now}
        WHERE id = ${unsentId}::uuid AND day < ${day}::date
          AND (status = 'waiting' OR (status = 'sending' AND "leasedUntil" <= ${now}))
        RETURNING id`
    : await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO "ReminderMail" (id, "userId", day, "nextAttemptAt")
        VALUES (${letter.id}::uuid, ${userId}::uuid, ${day}::date, ${now})
        ON CONFLICT ("userId", day) DO NOTHING
        RETURNING id`;
  const [mail] = written;
  if (!mail) return;
  await tx.reminderMatter.createMany({
    data: matters.map((matter) => ({ ...matter, userId, mailId: mail.id })),
    skipDuplicates: true,
  });
}

/** Readiness of a team over what is assigned to each of its members, each counting the same; 0 where nothing is. */
export async function readinessOfTeam(
  db: PrismaClient,
  viewer: Viewer,
  teamId: string,
  at: Date,
): Promise<number> {
  const [team] = await db.$queryRaw<{ readiness: number | null }[]>`
    SELECT avg(person.readiness)::float8 AS readiness
    FROM (
      SELECT avg(cell.chance) AS readiness
      FROM (${readinessCells(countedPairs(viewer, { teamId }), at)}) cell
      GROUP BY cell."userId"
    ) person`;
  return team?.readiness ?? 0;
}

/** The active items of an assignment, with their concepts. */
export function itemsOfAssignment(
  db: PrismaClient,
  { teamId, assignmentId }: { teamId: string; assignmentId: string },
): Promise<{ itemId: string; conceptId: string }[]> {
  return db.$queryRaw`
    SELECT item.id AS "itemId", item."conceptId"
    FROM (${assignedConcepts(teamId)}) assigned
    JOIN "Item" item ON item."conceptId" = assigned."conceptId" AND item."retiredAt" IS NULL
    WHERE assigned."assignmentId" = ${assignmentId}::uuid`;
}

/** A letter that is ours to send. */
export interface ClaimedMail {
  id: string;
  userId: string;
  /** `YYYY-MM-DD`. */
  day: string;
  /** This attempt counted. */
  attempts: number;
}

/**
 * Takes the next letter that is to be sent today in one of the given zones, until `leasedUntil`; one whose process has not come
 * back in time, too. Letters that another process is just taking are passed over.
 */
export async function claimMail(
  db: PrismaClient,
  days: Days,
  now: Date,
  leasedUntil: Date,
): Promise<ClaimedMail | null> {
  const [claimed] = await db.$queryRaw<ClaimedMail[]>`
    UPDATE "ReminderMail" SET status = 'sending', attempts = attempts + 1, "leasedUntil" = ${leasedUntil}
    WHERE id = (
      SELECT m.id
      FROM "ReminderMail" m
      JOIN "User" u ON u.id = m."userId"
      JOIN ${daysTable(days)} ON today.zone = u."timeZone" AND today.day = m.day
      WHERE (m.status = 'waiting' AND m."nextAttemptAt" <= ${now}) OR (m.status = 'sending' AND m."leasedUntil" <= ${now})
      ORDER BY m."nextAttemptAt"
      LIMIT 1
      FOR UPDATE OF m SKIP LOCKED)
    RETURNING id, "userId", day::text, attempts`;
  return claimed ?? null;
}
