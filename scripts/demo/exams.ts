import { groupBy } from "#lib/core/collections.ts";
import { drawItems } from "#lib/core/exams/index.ts";
import { misconceptionsOf } from "#lib/core/questions/index.ts";
import { createScheduler, foldWith } from "#lib/core/scheduling/index.ts";
import { closeAttempt } from "#lib/server/commands/close-attempts.ts";
import { toCardEvent } from "#lib/server/commands/refold-cards.ts";
import { db } from "#lib/server/db/client.ts";
import type { Assignment, Exam } from "#lib/server/db/generated/client.ts";
import { examCandidates } from "#lib/server/db/sql/exams.ts";
import { eventsOf, lockPerson, type StoredEvent } from "#lib/server/db/sql/reviews.ts";
import { goodAnswer, wrongAnswer } from "./answers.ts";
import type { Curriculum, Learner } from "./learner.ts";
import type { Chance } from "./random.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Half of the questions of a final check take less than this, in seconds. */
const SECONDS = 40;
/** The chance of a right answer to what was never studied. */
const GUESS = 0.3;

/** A busy machine is no reason to leave a company half made. */
const PATIENCE = { timeout: 120_000 };

/** Somebody at a final check. */
interface Candidate {
  learner: Learner;
  items: Curriculum["items"];
  /** What they have done so far, by item. */
  events: ReadonlyMap<string, readonly StoredEvent[]>;
}

/**
 * Has somebody sit the final checks that were assigned to them: most do before they are due, and again if they fail. What they
 * answer follows from what they remember at that moment. Graded as every attempt is.
 */
export async function sitExams(learner: Learner, { items }: Curriculum, chance: Chance): Promise<void> {
  const { person, habit, until } = learner;
  const { userId } = person;
  const assignees = await db().assignee.findMany({
    where: { userId, assignment: { exam: { isNot: null } } },
    include: { assignment: { include: { exam: true } } },
    orderBy: { assignedAt: "asc" },
  });
  const events = groupBy(await eventsOf(db(), userId), ({ itemId }) => itemId);
  const first = Math.min(...[...events.values()].flat().map(({ at }) => at));
  for (const { assignment, dueAt } of assignees) {
    const luck = chance.fork(assignment.title);
    const due = dueAt.getTime();
    const { maxAttempts, waitHours } = assignment.exam!;
    let at = Math.min(due, until + DAY) - Math.round(luck.between(0.2, 6) * DAY);
    // There is time yet.
    if (due > until && luck.happens(0.5)) continue;
    for (let number = 1; number <= maxAttempts; number++) {
      const away = habit.away.some(([from, to]) => at >= from && at < to);
      if (away || at < first || at > Math.min(until, due) - HOUR) break;
      const passed = await sit(
        { learner, items, events },
        { assignment, exam: assignment.exam!, number, at },
        luck,
      );
      if (passed || luck.happens(0.2)) break;
      at += (waitHours + luck.whole(1, 30)) * HOUR;
    }
  }
}

/** One attempt, begun at `at` (ms since the epoch). @returns whether it is passed */
async function sit(
  { learner, items, events }: Candidate,
  { assignment, exam, number, at }: { assignment: Assignment; exam: Exam; number: number; at: number },
  luck: Chance,
): Promise<boolean> {
  const { userId, locale } = learner.person;
  const scheduler = createScheduler(learner.person);
  const lot = `${userId}/${assignment.id}/${number}`;
  const drawn = drawItems(await examCandidates(db(), assignment), {
    itemsPerConcept: exam.itemsPerConcept,
    drawnBy: lot,
    laidOutBy: lot,
  });
  const deadline = at + exam.minutes * 60_000;
  let moment = at;
  const answers = drawn.map(({ itemId, revision, seed }, position) => {
    const { item } = items.find((one) => one.item.id === itemId)!;
    const known = (events.get(itemId) ?? []).filter((event) => event.at < at).map(toCardEvent);
    const recalled = scheduler.recallChance(foldWith(known, scheduler).memory, at);
    const belief = misconceptionsOf(item).find((id) => learner.beliefs.has(id) && luck.happens(0.6)) ?? null;
    const right = belief === null && luck.happens(Math.max(GUESS, recalled));
    const durationMs = Math.round(SECONDS * Math.exp(0.5 * luck.normal()) * 1000);
    moment += durationMs;
    const row = { id: luck.id(moment), position, itemId, revision, seed };
    // Who is too slow leaves the last ones open.
    if (moment >= deadline) return row;
    const answer = right ? goodAnswer(item, locale, recalled) : wrongAnswer(item, locale, belief, luck);
    return { ...row, locale, answer, answeredAt: new Date(moment), durationMs };
  });
  const id = luck.id(at);
  return db().$transaction(async (tx) => {
    await lockPerson(tx, userId);
    await tx.examAttempt.create({
      data: {
        id,
        assignmentId: assignment.id,
        userId,
        number,
        startedAt: new Date(at),
        deadline: new Date(deadline),
        answers: { createMany: { data: answers } },
      },
    });
    await closeAttempt(tx, { id, userId }, moment + 5000);
    return (await tx.examAttempt.findUniqueOrThrow({ where: { id } })).passed ?? false;
  }, PATIENCE);
}
