import type { Attempt } from "#lib/core/exams/index.ts";
import type { CardMemory } from "#lib/core/scheduling/index.ts";
import type { LessonMark } from "#lib/core/study/lesson.ts";
import type { CardState, ExamAttempt, LessonRead } from "./generated/client.ts";

/** The memory that a stored card state stands for. */
export function memoryOf(row: Omit<CardState, "userId" | "itemId">): CardMemory {
  return {
    state: row.state,
    due: row.due.getTime(),
    stability: row.stability,
    difficulty: row.difficulty,
    step: row.step,
    scheduledDays: row.scheduledDays,
    reps: row.reps,
    lapses: row.lapses,
    lastReview: row.lastReview?.getTime() ?? null,
    introducedAt: row.introducedAt?.getTime() ?? null,
    suspended: row.suspended,
    buriedUntil: row.buriedUntil?.getTime() ?? null,
  };
}

/** The mark that a stored row stands for. */
export const markOf = (row: Omit<LessonRead, "userId">): LessonMark => ({
  conceptId: row.conceptId,
  at: row.readAt.getTime(),
  skipped: row.skipped,
});

/** A stored attempt as far as it decides about the next one. */
export const attemptOf = (row: Pick<ExamAttempt, "deadline" | "submittedAt" | "passed">): Attempt => ({
  deadline: row.deadline.getTime(),
  submittedAt: row.submittedAt?.getTime() ?? null,
  passed: row.passed,
});
