import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { drawItems, standingOf } from "#lib/core/exams/index.ts";
import { ownExamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { attemptOf } from "#lib/server/db/memory.ts";
import { examCandidates } from "#lib/server/db/sql/exams.ts";
import { lockPerson } from "#lib/server/db/sql/reviews.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { closeAttempt } from "./close-attempts.ts";

export const startExamSchema = z.strictObject({ assignmentId: z.uuid() });

/**
 * Begins an attempt at the final check of an assignment, or goes on with the one that is open. Its items are drawn and its
 * deadline is set here, once.
 */
export async function startExam(
  viewer: Viewer,
  { assignmentId }: z.infer<typeof startExamSchema>,
  now: number,
): Promise<Result<{ attemptId: string }>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const { userId } = viewer;
  return db().$transaction(async (tx) => {
    await lockPerson(tx, userId);
    const own = { assignmentId, userId };
    const overdue = { ...own, submittedAt: null, deadline: { lte: new Date(now) } };
    for (const { id } of await tx.examAttempt.findMany({ where: overdue, select: { id: true } }))
      await closeAttempt(tx, { id, userId }, now);
    const assignment = await tx.assignment.findFirst({
      where: { id: assignmentId, ...ownExamsWhere(viewer) },
      include: { exam: true, attempts: { where: own, orderBy: { number: "desc" } } },
    });
    if (!assignment?.exam) return failed("not-found");
    const { exam, attempts } = assignment;
    const closed = assignment.closedAt !== null || assignment.archivedAt !== null;
    const { may } = standingOf(attempts.map(attemptOf), exam, { closed, now });
    const [latest] = attempts;
    if (may === "resume" && latest) return done({ attemptId: latest.id });
    if (may !== "start") return failed("exam-not-open");

    const id = uuidv7();
    const drawn = drawItems(await examCandidates(tx, assignment), {
      itemsPerConcept: exam.itemsPerConcept,
      drawnBy: exam.drawnPerAttempt ? id : assignmentId,
      laidOutBy: id,
    });
    // Everything that could be asked was retired.
    if (drawn.length === 0) return failed("exam-not-open");
    await tx.examAttempt.create({
      data: {
        id,
        ...own,
        number: (latest?.number ?? 0) + 1,
        startedAt: new Date(now),
        deadline: new Date(now + exam.minutes * 60_000),
        answers: {
          createMany: {
            data: drawn.map(({ itemId, revision, seed }, position) => ({
              id: uuidv7(),
              position,
              itemId,
              revision,
              seed,
            })),
          },
        },
      },
    });
    return done({ attemptId: id });
  });
}
