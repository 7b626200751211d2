import { z } from "zod";
import { ownExamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { lockPerson } from "#lib/server/db/sql/reviews.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { closeAttempt } from "./close-attempts.ts";

export const submitExamSchema = z.strictObject({ attemptId: z.uuid() });

/**
 * Hands in an attempt of the viewer: it is closed and graded. Handing in twice changes nothing; after the deadline, the attempt
 * ends at the deadline.
 */
export async function submitExam(
  viewer: Viewer,
  { attemptId }: z.infer<typeof submitExamSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const { userId } = viewer;
  return db().$transaction(async (tx) => {
    await lockPerson(tx, userId);
    const attempt = await tx.examAttempt.findFirst({
      where: { id: attemptId, userId, assignment: ownExamsWhere(viewer) },
    });
    if (!attempt) return failed("not-found");
    await closeAttempt(tx, attempt, now);
    return done(undefined);
  });
}
