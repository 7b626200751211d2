import { groupBy } from "#lib/core/collections.ts";
import type { CardEvent, Rating } from "#lib/core/reviews/event.ts";
import { type CardMemory, createScheduler, foldWith } from "#lib/core/scheduling/index.ts";
import { personOf } from "#lib/server/auth/person.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { writeMemberFigures } from "#lib/server/db/sql/member-figures.ts";
import { eventsOf, markUndone, type StoredEvent, upsertCardStates } from "#lib/server/db/sql/reviews.ts";

/** A card as its stored events fold it. */
export interface RefoldedCard {
  itemId: string;
  memory: CardMemory;
}

/**
 * Folds cards of a person anew from all their stored events and writes the states, undo marks, and what teams count of
 * them. The one way card states come about: ingest, merging, importing, changed parameters and `db:rebuild` all end here. The
 * caller holds the person's lock.
 * @param itemIds the cards; all of the person's when absent
 */
export async function refoldCards(
  tx: Prisma.TransactionClient,
  userId: string,
  now: number,
  itemIds?: readonly string[],
): Promise<RefoldedCard[]> {
  // Read under the lock: what the request began with may have been changed by another since.
  const scheduler = createScheduler(personOf(await tx.user.findUniqueOrThrow({ where: { id: userId } })));
  const cards: RefoldedCard[] = [];
  const mark: string[] = [];
  const unmark: string[] = [];
  for (const [itemId, events] of groupBy(await eventsOf(tx, userId, itemIds), (event) => event.itemId)) {
    const { memory, undone } = foldWith(events.map(toCardEvent), scheduler);
    cards.push({ itemId, memory });
    mark.push(...events.filter((event) => undone.has(event.id) && !event.undone).map(({ id }) => id));
    unmark.push(...events.filter((event) => !undone.has(event.id) && event.undone).map(({ id }) => id));
  }
  await upsertCardStates(tx, userId, cards);
  await markUndone(tx, { mark, unmark }, now);
  await writeMemberFigures(tx, userId, itemIds);
  return cards;
}

/** A stored row as the fold sees it. The database's constraints say which columns each type has. */
export function toCardEvent({ id, type, at, source, rating, targetId, until }: StoredEvent): CardEvent {
  switch (type) {
    case "answer":
      return { id, at, type, rating: rating as Rating, source: source ?? "study" };
    case "undo":
    case "redo":
      return { id, at, type, targetId: targetId ?? "" };
    case "bury":
      return { id, at, type, until: until ?? 0 };
    default:
      return { id, at, type };
  }
}
