import { z } from "zod";
import { slugSchema } from "#lib/core/questions/index.ts";
import { joinMarks, type LessonMark } from "#lib/core/study/lesson.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { markOf } from "#lib/server/db/memory.ts";
import { lockPerson } from "#lib/server/db/sql/reviews.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";

export const readLessonSchema = z.strictObject({ conceptId: slugSchema });

/** Marks a lesson as read by the viewer now. */
export async function readLesson(
  viewer: Viewer,
  { conceptId }: z.infer<typeof readLessonSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    await lockPerson(tx, viewer.userId);
    const marks = await judgeMarks(tx, viewer.userId, [{ conceptId, at: now, skipped: false }], now);
    if (marks.unknown.has(conceptId)) return failed("not-found");
    await writeMarks(tx, viewer.userId, marks.fresh);
    return done(undefined);
  });
}

/** What marks of a person would change. */
interface JudgedMarks {
  /** The marks to write, joined with those that are there. */
  fresh: LessonMark[];
  /** Concepts that do not exist. */
  unknown: Set<string>;
}

/**
 * Joins marks with what a person has of the same lessons. A clock that is ahead is set back to `now`. Writes nothing. The
 * caller holds the person's lock.
 */
export async function judgeMarks(
  tx: Prisma.TransactionClient,
  userId: string,
  marks: readonly LessonMark[],
  now: number,
): Promise<JudgedMarks> {
  if (marks.length === 0) return { fresh: [], unknown: new Set() };
  const ids = [...new Set(marks.map(({ conceptId }) => conceptId))];
  const concepts = await tx.concept.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const known = new Set(concepts.map(({ id }) => id));
  const stored = await tx.lessonRead.findMany({ where: { userId, conceptId: { in: ids } } });
  const before = new Map(stored.map((row) => [row.conceptId, markOf(row)]));
  const after = new Map(before);
  for (const mark of marks) {
    if (!known.has(mark.conceptId)) continue;
    const clamped = { ...mark, at: Math.min(mark.at, now) };
    const other = after.get(mark.conceptId);
    after.set(mark.conceptId, other ? joinMarks(other, clamped) : clamped);
  }
  return {
    fresh: [...after.values()].filter((mark) => mark !== before.get(mark.conceptId)),
    unknown: new Set(ids.filter((id) => !known.has(id))),
  };
}

/** Writes joined marks, replacing what was there. */
export async function writeMarks(
  tx: Prisma.TransactionClient,
  userId: string,
  marks: readonly LessonMark[],
): Promise<void> {
  for (const { conceptId, at, skipped } of marks) {
    const key = { userId, conceptId };
    const data = { readAt: new Date(at), skipped };
    await tx.lessonRead.upsert({
      where: { userId_conceptId: key },
      create: { ...key, ...data },
      update: data,
    });
  }
}
