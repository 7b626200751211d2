import { z } from "zod";
import { type ExamItem, fromShown } from "#lib/core/exams/index.ts";
import { localeSchema, parseAnswer } from "#lib/core/questions/index.ts";
import { ownExamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { saveAnswer } from "#lib/server/db/sql/exams.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";

export const saveExamAnswerSchema = z.strictObject({
  attemptId: z.uuid(),
  position: z.int().min(0),
  /** In the form of the item's kind, in the ids that were shown; null takes back what was answered. */
  answer: z.unknown(),
  locale: localeSchema,
  /** Time spent on the question so far. */
  durationMs: z.int().min(0).max(3_600_000),
});

/**
 * Saves an answer in an open attempt of the viewer, as it was given: it is graded when the attempt is. It may be changed until
 * then. @returns the time that is left, in ms
 */
export async function saveExamAnswer(
  viewer: Viewer,
  { attemptId, position, answer, locale, durationMs }: z.infer<typeof saveExamAnswerSchema>,
  now: number,
): Promise<Result<{ remainingMs: number }>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const row = await db().examAnswer.findFirst({
    where: {
      position,
      attempt: { id: attemptId, userId: viewer.userId, assignment: ownExamsWhere(viewer) },
    },
    select: { id: true, itemId: true, revision: true, attempt: { select: { deadline: true } } },
  });
  if (!row) return failed("not-found");
  const { payload } = await db().itemRevision.findUniqueOrThrow({
    where: { itemId_revision: { itemId: row.itemId, revision: row.revision } },
  });
  const item = payload as unknown as ExamItem;
  const parsed = parseAnswer(item.kind, answer);
  const given = parsed && fromShown(item, parsed);
  if (answer !== null && !given) return failed("invalid-input");
  const saved = await saveAnswer(db(), { id: row.id, answer: given, locale, durationMs }, now);
  return saved ? done({ remainingMs: row.attempt.deadline.getTime() - now }) : failed("exam-over");
}
