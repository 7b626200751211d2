import { type ExamItem, isExamItem, scoreOf } from "#lib/core/exams/index.ts";
import { type AnswerOf, grade, type PublishedItem } from "#lib/core/questions/index.ts";
import type { AnswerEvent } from "#lib/core/reviews/event.ts";
import { db } from "#lib/server/db/client.ts";
import type { ExamAnswer, Prisma } from "#lib/server/db/generated/client.ts";
import { lockOpenAttempt, writeGrades } from "#lib/server/db/sql/exams.ts";
import { insertReviews, lockPerson } from "#lib/server/db/sql/reviews.ts";
import { log } from "#lib/server/log.ts";
import { judgeEvents } from "./judge-events.ts";
import { refoldCards } from "./refold-cards.ts";

/**
 * Closes and grades the attempts whose deadline has passed, each as of its deadline with whatever was saved. Any process may
 * do it at any time, several at once too: whoever looks at an attempt does it for that one, a job for those that nobody
 * looks at.
 * @param which those to look at; all when absent
 * @param now ms since the epoch
 */
export async function closeOverdueAttempts(
  now: number,
  which: Prisma.ExamAttemptWhereInput = {},
): Promise<void> {
  const overdue = await db().examAttempt.findMany({
    where: { ...which, submittedAt: null, deadline: { lte: new Date(now) } },
    select: { id: true, userId: true },
    orderBy: { deadline: "asc" },
  });
  for (const { id, userId } of overdue) {
    try {
      await db().$transaction(async (tx) => {
        await lockPerson(tx, userId);
        await closeAttempt(tx, { id, userId }, now);
      });
    } catch (error) {
      // The others behind it are not to wait for it.
      log.error({ error, attempt: id }, "an exam attempt could not be closed");
    }
  }
}

/**
 * Closes an open attempt and grades what was saved in it; its answers become reviews. One that is closed stays as it is. The
 * caller holds the person's lock.
 * @param now ms since the epoch; the attempt ends then, or at its deadline if that came before
 */
export async function closeAttempt(
  tx: Prisma.TransactionClient,
  { id, userId }: { id: string; userId: string },
  now: number,
): Promise<void> {
  const deadline = await lockOpenAttempt(tx, id);
  if (!deadline) return;
  const answers = await tx.examAnswer.findMany({ where: { attemptId: id } });
  const { assignment } = await tx.examAttempt.findUniqueOrThrow({
    where: { id },
    select: { assignment: { select: { exam: { select: { passMark: true } } } } },
  });
  const graded = await gradeAnswers(tx, answers);
  await writeGrades(tx, graded);
  await recordAnswers(tx, userId, answers, now);
  const passMark = assignment.exam?.passMark;
  const { score, passed } = scoreOf(graded, passMark ?? 1);
  await tx.examAttempt.update({
    where: { id },
    data: {
      submittedAt: new Date(Math.min(now, deadline.getTime())),
      score,
      // An exam that was taken out of its assignment in the meantime cannot be passed.
      passed: passMark === undefined ? null : passed,
    },
  });
}

/** Grades answers with the revisions that were asked. What was not answered is wrong. */
async function gradeAnswers(
  tx: Prisma.TransactionClient,
  answers: readonly ExamAnswer[],
): Promise<{ id: string; correct: boolean; score: number }[]> {
  const revisions = await tx.itemRevision.findMany({
    where: { OR: answers.map(({ itemId, revision }) => ({ itemId, revision })) },
  });
  const items = new Map(
    revisions.map(({ itemId, payload }) => [itemId, payload as unknown as PublishedItem]),
  );
  return answers.map(({ id, itemId, answer, locale }) => {
    const item = items.get(itemId);
    if (!item || !isExamItem(item) || answer === null) return { id, correct: false, score: 0 };
    const { correct, score } = grade(item, answer as AnswerOf<ExamItem["kind"]>, locale ?? "ja");
    return { id, correct, score };
  });
}

/** Makes the answers of an attempt reviews, each with its id, and brings the cards up to date. */
async function recordAnswers(
  tx: Prisma.TransactionClient,
  userId: string,
  answers: readonly ExamAnswer[],
  now: number,
): Promise<void> {
  const events = answers.flatMap((row): AnswerEvent[] =>
    row.answer === null || row.answeredAt === null
      ? []
      : [
          {
            id: row.id,
            type: "answer",
            itemId: row.itemId,
            at: row.answeredAt.getTime(),
            revision: row.revision,
            source: "exam",
            locale: row.locale ?? "ja",
            answer: row.answer,
            seed: Number(row.seed),
            hinted: false,
            easy: false,
            durationMs: row.durationMs ?? 0,
          },
        ],
  );
  const { rows } = await judgeEvents(tx, userId, events, now);
  await insertReviews(tx, userId, rows, now);
  if (rows.length > 0)
    await refoldCards(
      tx,
      userId,
      now,
      rows.map(({ itemId }) => itemId),
    );
}
