import "server-only";
import { groupBy } from "#lib/core/collections.ts";
import {
  type ExamItem,
  type ExamRules,
  type ExamStanding,
  inShownOrder,
  isOver,
  standingOf,
  toShown,
  withoutKey,
} from "#lib/core/exams/index.ts";
import type { Answer, Asked, Locale, PublishedItem } from "#lib/core/questions/index.ts";
import type { Misconceptions } from "#lib/core/study/index.ts";
import { ownExamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { closeOverdueAttempts } from "#lib/server/commands/close-attempts.ts";
import { db } from "#lib/server/db/client.ts";
import type { Assignment, Exam, ExamAnswer, ExamAttempt } from "#lib/server/db/generated/client.ts";
import { attemptOf } from "#lib/server/db/memory.ts";
import { examCandidates } from "#lib/server/db/sql/exams.ts";
import { isId } from "#lib/server/ids.ts";
import { misconceptionsIn } from "./study-session.ts";

/** The final check of an assignment, as its learner sees it. */
export interface ExamView {
  assignmentId: string;
  title: string;
  teamName: string;
  rules: ExamRules & {
    /** Items of an attempt; 0 when there is nothing that could be asked. */
    items: number;
    minutes: number;
    /** Share of items to be right, 0 to 1. */
    passMark: number;
    reviewable: boolean;
  };
  standing: ExamStanding;
  /** The attempt that is under way. */
  open: OpenAttempt | null;
  /** Those that have ended, latest first. */
  ended: EndedAttempt[];
  /** Whether questions, answers and explanations of ended attempts can be read now. */
  mayReview: boolean;
}

export interface OpenAttempt {
  id: string;
  number: number;
  /** The time that is left, in ms: clocks of browsers are not to be trusted. */
  remainingMs: number;
  questions: ExamQuestion[];
}

/** A question of an open attempt, with nothing in it that tells what is right. */
export interface ExamQuestion {
  position: number;
  item: Asked;
  /** Of its layout. */
  seed: number;
  /** What was saved, in the ids that are shown. */
  answer: Answer | null;
  /** Time spent on it so far. */
  durationMs: number;
}

export interface EndedAttempt {
  number: number;
  /** Moments are ms since the epoch. */
  startedAt: number;
  endedAt: number;
  /** Its time ran out before it was handed in. */
  timeUp: boolean;
  /** Items that are right, of how many. */
  right: number;
  items: number;
  /** Share of items that are right, 0 to 1. */
  score: number;
  passed: boolean;
}

/**
 * The final check that the viewer was assigned, with the attempt that is under way. An attempt whose time is up is closed by
 * this, as by everything that looks at it. Null when the viewer has no such check.
 * @param now ms since the epoch
 */
export async function getExam(viewer: Viewer, assignmentId: string, now: number): Promise<ExamView | null> {
  const own = await loadOwn(viewer, assignmentId, now);
  if (!own) return null;
  const { assignment, exam, attempts } = own;
  const standing = standingOf(attempts.map(attemptOf), exam, { closed: isClosed(assignment), now });
  const open = standing.may === "resume" ? attempts.find(({ submittedAt }) => submittedAt === null) : null;
  return {
    assignmentId,
    title: assignment.title,
    teamName: assignment.team.name,
    rules: {
      maxAttempts: exam.maxAttempts,
      waitHours: exam.waitHours,
      items: await countItems(assignment, exam),
      minutes: exam.minutes,
      passMark: exam.passMark,
      reviewable: exam.reviewable,
    },
    standing,
    open: open
      ? {
          id: open.id,
          number: open.number,
          remainingMs: open.deadline.getTime() - now,
          questions: await questionsOf(open.answers),
        }
      : null,
    ended: attempts.filter(({ submittedAt }) => submittedAt !== null).map(endedOf),
    mayReview: mayReview(attempts, exam, assignment),
  };
}

/** An attempt after the last word was said. */
export interface ExamReview {
  title: string;
  attempt: EndedAttempt;
  entries: ReviewedQuestion[];
  misconceptions: Misconceptions;
}

export interface ReviewedQuestion {
  position: number;
  conceptId: string;
  item: PublishedItem;
  seed: number;
  answer: Answer | null;
  locale: Locale;
  correct: boolean;
  /** Share of the parts that are right, 0 to 1. */
  score: number;
}

/**
 * The questions of an ended attempt of the viewer's, with answers and explanations; null while they may not be read: before
 * the last attempt that there can be is over, and ever, where the manager decided so.
 */
export async function getExamReview(
  viewer: Viewer,
  { assignmentId, number }: { assignmentId: string; number: number },
  now: number,
): Promise<ExamReview | null> {
  const own = await loadOwn(viewer, assignmentId, now);
  const attempt = own?.attempts.find((one) => one.number === number);
  if (!own || !attempt || !mayReview(own.attempts, own.exam, own.assignment)) return null;
  const items = await itemsOf(attempt.answers);
  const concepts = await db().item.findMany({
    where: { id: { in: attempt.answers.map(({ itemId }) => itemId) } },
    select: { id: true, conceptId: true },
  });
  const conceptOf = new Map(concepts.map(({ id, conceptId }) => [id, conceptId]));
  const entries = attempt.answers.flatMap((row): ReviewedQuestion[] => {
    const item = items.get(row.id);
    if (!item) return [];
    return [
      {
        position: row.position,
        conceptId: conceptOf.get(row.itemId) ?? "",
        item: inShownOrder(item),
        seed: Number(row.seed),
        answer: row.answer as Answer | null,
        locale: row.locale ?? "ja",
        correct: row.correct ?? false,
        score: row.score ?? 0,
      },
    ];
  });
  return {
    title: own.assignment.title,
    attempt: endedOf(attempt),
    entries,
    misconceptions: await misconceptionsIn(entries),
  };
}

/**
 * The viewer's exam answers that may not be read (yet), by their ids, which are those of their reviews. Nobody has none.
 */
export async function getSealedAnswers(viewer: Viewer): Promise<string[]> {
  if (!isPerson(viewer)) return [];
  const attempts = await db().examAttempt.findMany({
    where: { userId: viewer.userId },
    include: { assignment: { include: { exam: true } }, answers: { select: { id: true } } },
  });
  return [...groupBy(attempts, ({ assignmentId }) => assignmentId).values()].flatMap((ofOne) => {
    const assignment = ofOne[0]?.assignment;
    if (!assignment?.exam || mayReview(ofOne, assignment.exam, assignment)) return [];
    return ofOne.flatMap(({ answers }) => answers.map(({ id }) => id));
  });
}

type AttemptWithAnswers = ExamAttempt & { answers: ExamAnswer[] };

/** The exam with the viewer's attempts, latest first, none of them open beyond its deadline. */
async function loadOwn(viewer: Viewer, assignmentId: string, now: number) {
  if (!isPerson(viewer) || !isId(assignmentId)) return null;
  const own = { assignmentId, userId: viewer.userId };
  await closeOverdueAttempts(now, own);
  const assignment = await db().assignment.findFirst({
    where: { id: assignmentId, ...ownExamsWhere(viewer) },
    include: {
      exam: true,
      team: { select: { name: true } },
      attempts: {
        where: own,
        orderBy: { number: "desc" },
        include: { answers: { orderBy: { position: "asc" } } },
      },
    },
  });
  return assignment?.exam ? { assignment, exam: assignment.exam, attempts: assignment.attempts } : null;
}

const isClosed = ({ closedAt, archivedAt }: Pick<Assignment, "closedAt" | "archivedAt">): boolean =>
  closedAt !== null || archivedAt !== null;

const mayReview = (
  attempts: readonly Pick<ExamAttempt, "deadline" | "submittedAt" | "passed">[],
  exam: Exam,
  assignment: Assignment,
): boolean => exam.reviewable && isOver(attempts.map(attemptOf), exam, isClosed(assignment));

/** How many items an attempt that is begun now would have. */
async function countItems(assignment: Assignment, { itemsPerConcept }: Exam): Promise<number> {
  const byConcept = groupBy(await examCandidates(db(), assignment), ({ conceptId }) => conceptId);
  return [...byConcept.values()].reduce((sum, items) => sum + Math.min(items.length, itemsPerConcept), 0);
}

async function questionsOf(answers: readonly ExamAnswer[]): Promise<ExamQuestion[]> {
  const items = await itemsOf(answers);
  return answers.flatMap(({ id, position, seed, answer, durationMs }) => {
    const item = items.get(id) as ExamItem | undefined;
    if (!item) return [];
    return [
      {
        position,
        item: withoutKey(item),
        seed: Number(seed),
        answer: answer === null ? null : toShown(item, answer as Answer),
        durationMs: durationMs ?? 0,
      },
    ];
  });
}

/** The items as they were asked, by the ids of the answers. */
async function itemsOf(answers: readonly ExamAnswer[]): Promise<Map<string, PublishedItem>> {
  const revisions = await db().itemRevision.findMany({
    where: { OR: answers.map(({ itemId, revision }) => ({ itemId, revision })) },
  });
  const payloads = new Map(revisions.map((row) => [row.itemId, row.payload as unknown as PublishedItem]));
  return new Map(
    answers.flatMap(({ id, itemId }) => {
      const item = payloads.get(itemId);
      return item ? [[id, item] as const] : [];
    }),
  );
}

const endedOf = ({
  number,
  startedAt,
  submittedAt,
  deadline,
  score,
  passed,
  answers,
}: AttemptWithAnswers): EndedAttempt => ({
  number,
  startedAt: startedAt.getTime(),
  endedAt: (submittedAt ?? deadline).getTime(),
  timeUp: submittedAt?.getTime() === deadline.getTime(),
  right: answers.filter(({ correct }) => correct).length,
  items: answers.length,
  score: score ?? 0,
  passed: passed ?? false,
});
