import { groupBy } from "#lib/core/collections.ts";
import { conceptReadiness, meanReadiness } from "#lib/core/mastery/index.ts";
import { createScheduler, foldWith, NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import { personOf } from "#lib/server/auth/person.ts";
import { toCardEvent } from "#lib/server/commands/refold-cards.ts";
import { db } from "#lib/server/db/client.ts";
import type { Assignee, User } from "#lib/server/db/generated/client.ts";
import { itemsOfAssignment } from "#lib/server/db/sql/jobs.ts";
import { eventsOf } from "#lib/server/db/sql/reviews.ts";
import type { JobContext } from "./job.ts";

/** Parts noted before the rest is looked for again. */
const BATCH = 100;

/**
 * Job: once the due moment of somebody's assignment has passed, notes how ready they were at that moment. What was answered since
 * does not count, so it is folded from the events until then, not read from the cards as they are.
 */
export async function noteReadinessAtDue({ clock, signal }: JobContext): Promise<void> {
  const now = new Date(clock());
  for (;;) {
    const passed = await db().assignee.findMany({
      where: { dueAt: { lte: now }, readinessAtDue: null },
      include: { membership: { include: { user: true } } },
      take: BATCH,
    });
    for (const part of passed) {
      if (signal.aborted) return;
      const { assignmentId, userId, dueAt } = part;
      const readinessAtDue = await readinessAt(part, part.membership.user);
      // Unless it was given another due moment meanwhile.
      await db().assignee.updateMany({
        where: { assignmentId, userId, dueAt, readinessAtDue: null },
        data: { readinessAtDue },
      });
    }
    if (passed.length < BATCH) return;
  }
}

/** A person's readiness over an assignment's concepts at the due moment, by their answers until then. */
async function readinessAt(part: Assignee, user: User): Promise<number> {
  const dueAt = part.dueAt.getTime();
  const scheduler = createScheduler(personOf(user));
  const items = await itemsOfAssignment(db(), part);
  const itemIds = items.map(({ itemId }) => itemId);
  const events = (await eventsOf(db(), part.userId, itemIds)).filter(({ at }) => at <= dueAt);
  const byItem = groupBy(events, (event) => event.itemId);
  const memoryOf = (itemId: string) => {
    const ofItem = byItem.get(itemId);
    return ofItem ? foldWith(ofItem.map(toCardEvent), scheduler).memory : NEW_MEMORY;
  };
  const concepts = [...groupBy(items, (item) => item.conceptId).values()].map((ofConcept) =>
    conceptReadiness(
      ofConcept.map(({ itemId }) => memoryOf(itemId)),
      scheduler,
      dueAt,
    ),
  );
  return meanReadiness(concepts).chance;
}
