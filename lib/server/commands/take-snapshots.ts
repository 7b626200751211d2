import { groupBy } from "#lib/core/collections.ts";
import { conceptReadiness } from "#lib/core/mastery/index.ts";
import { compareEvents } from "#lib/core/reviews/event.ts";
import {
  addDays,
  type CardMemory,
  createScheduler,
  dayOf,
  foldWith,
  NEW_MEMORY,
  startOfDay,
} from "#lib/core/scheduling/index.ts";
import { personOf } from "#lib/server/auth/person.ts";
import { db } from "#lib/server/db/client.ts";
import { eventsOf } from "#lib/server/db/sql/reviews.ts";
import {
  memberBoundaries,
  type Note,
  noteUnchanged,
  stillUnnoted,
  writeNotes,
} from "#lib/server/db/sql/snapshots.ts";
import { toCardEvent } from "./refold-cards.ts";

/**
 * Notes yesterday's readiness of every active concept for every member of a team, as it was when their day ended. May run as
 * often as one likes, in any number of processes: what was noted stays. Run at least once a day, or days go missing until
 * they are recomputed.
 * @param now ms since the epoch
 * @returns for how many people and days something was noted
 */
export async function takeSnapshots(now: number): Promise<number> {
  let noted = 0;
  for (const boundary of await memberBoundaries(db())) {
    const today = dayOf(now, boundary);
    const ended = { ...boundary, day: addDays(today, -1), endedAt: new Date(startOfDay(today, boundary)) };
    const before = (await stillUnnoted(db(), ended)).length;
    await noteUnchanged(db(), ended);
    const changed = await stillUnnoted(db(), ended);
    // Who has studied since has card states of a later moment: their day is folded from the events.
    for (const userId of changed) await recomputeSnapshots(userId, { from: ended.day, to: ended.day }, now);
    noted += before;
  }
  return noted;
}

/**
 * Computes the notes of a person anew from all their events as they are now, day by day, over what was noted before: for days
 * that were missed, and for answers that arrived late. Days that have not ended are left out.
 * @param days `YYYY-MM-DD`, both included
 * @param now ms since the epoch
 */
export async function recomputeSnapshots(
  userId: string,
  days: { from: string; to: string },
  now: number,
): Promise<void> {
  const person = personOf(await db().user.findUniqueOrThrow({ where: { id: userId } }));
  const items = await db().item.findMany({
    where: { retiredAt: null, concept: { retiredAt: null } },
    select: { id: true, conceptId: true },
  });
  const scheduler = createScheduler(person);
  const cards = [...groupBy(await eventsOf(db(), userId), ({ itemId }) => itemId)].map(
    ([itemId, events]) => ({
      itemId,
      events: events.map(toCardEvent).sort(compareEvents),
      /** How many of the events are in its memory. */
      folded: 0,
    }),
  );
  const memories = new Map<string, CardMemory>();
  const concepts = groupBy(items, ({ conceptId }) => conceptId);
  const notes: Note[] = [];
  for (let day = days.from; day <= days.to && day < dayOf(now, person); day = addDays(day, 1)) {
    const end = startOfDay(addDays(day, 1), person);
    for (const card of cards) {
      const count = card.events.filter(({ at }) => at < end).length;
      if (count === card.folded) continue;
      memories.set(card.itemId, foldWith(card.events.slice(0, count), scheduler).memory);
      card.folded = count;
    }
    const chances = [...concepts].map(([conceptId, own]) => {
      const known = own.map(({ id }) => memories.get(id) ?? NEW_MEMORY);
      return [conceptId, conceptReadiness(known, scheduler, end).chance];
    });
    notes.push({ day, chances: Object.fromEntries(chances) });
  }
  await writeNotes(db(), userId, notes);
}
