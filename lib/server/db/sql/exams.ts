import { EXAM_KINDS } from "#lib/core/exams/index.ts";
import type { Answer, Locale } from "#lib/core/questions/index.ts";
import { assignedConcepts } from "#lib/server/auth/scope.ts";
import type { Prisma, PrismaClient } from "../generated/client.ts";

/** Exams: raw SQL where a row has to be locked in the statement that decides by it, or many are written at once. */

type Tx = Prisma.TransactionClient;

export interface ExamCandidate {
  itemId: string;
  revision: number;
  conceptId: string;
}

/** What the final check of an assignment can ask: the active items of its concepts, of kinds that exams ask. */
export function examCandidates(
  db: Tx | PrismaClient,
  { id, teamId }: { id: string; teamId: string },
): Promise<ExamCandidate[]> {
  return db.$queryRaw<ExamCandidate[]>`
    SELECT item.id AS "itemId", item.revision, item."conceptId"
    FROM (${assignedConcepts(teamId)}) assigned
    JOIN "Item" item ON item."conceptId" = assigned."conceptId"
      AND item."retiredAt" IS NULL AND item.kind = ANY(${EXAM_KINDS})
    -- What is drawn anew each time is not asked either: an exam keeps what it asked.
    JOIN "ItemRevision" current ON current."itemId" = item.id AND current.revision = item.revision
      AND NOT jsonb_exists(current.payload, 'template')
    WHERE assigned."assignmentId" = ${id}::uuid`;
}

/**
 * Saves an answer, or takes it back, while its attempt is open. The attempt's row is held until the answer is in it: grading
 * waits for answers under way and misses none, and what comes after it finds the attempt closed.
 * @returns whether the attempt was open
 */
export async function saveAnswer(
  db: PrismaClient,
  {
    id,
    answer,
    locale,
    durationMs,
  }: { id: string; answer: Answer | null; locale: Locale; durationMs: number },
  now: number,
): Promise<boolean> {
  const saved = await db.$executeRaw`
    WITH open AS (
      SELECT attempt.id FROM "ExamAttempt" attempt
      WHERE attempt.id = (SELECT "attemptId" FROM "ExamAnswer" WHERE id = ${id}::uuid)
        AND attempt."submittedAt" IS NULL AND attempt.deadline > ${new Date(now)}
      FOR SHARE
    )
    UPDATE "ExamAnswer" answer
    SET answer = ${answer === null ? null : JSON.stringify(answer)}::jsonb, locale = ${locale}::"Locale",
      "durationMs" = ${durationMs},
      "answeredAt" = ${answer === null ? null : new Date(now)}
    FROM open
    WHERE answer.id = ${id}::uuid AND answer."attemptId" = open.id`;
  return saved > 0;
}

/** The deadline of an attempt that is still open, which is locked until the transaction ends; null once it is closed. */
export async function lockOpenAttempt(tx: Tx, id: string): Promise<Date | null> {
  const [attempt] = await tx.$queryRaw<{ deadline: Date }[]>`
    SELECT deadline FROM "ExamAttempt" WHERE id = ${id}::uuid AND "submittedAt" IS NULL FOR UPDATE`;
  return attempt?.deadline ?? null;
}

/** Notes what the answers of an attempt are worth. */
export async function writeGrades(
  tx: Tx,
  grades: readonly { id: string; correct: boolean; score: number }[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ExamAnswer" answer SET correct = graded.correct, score = graded.score
    FROM jsonb_to_recordset(${JSON.stringify(grades)}::jsonb) AS graded(id uuid, correct boolean, score float8)
    WHERE answer.id = graded.id`;
}
