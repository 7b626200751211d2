import { groupBy } from "#lib/core/collections.ts";
import { type CardMemory, createScheduler, foldWith, NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import { personOf } from "#lib/server/auth/person.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";
import { countWrongFigures } from "#lib/server/db/sql/member-figures.ts";
import { eventsOf, lockPerson } from "#lib/server/db/sql/reviews.ts";
import { refoldCards, toCardEvent } from "./refold-cards.ts";

/** A card whose stored state is not the fold of its events. */
export interface Difference {
  userId: string;
  itemId: string;
  stored: CardMemory;
  folded: CardMemory;
}

/**
 * Folds every card of every person anew from the events and compares, and what teams keep of their answers too. With `fix`, writes
 * what the events say.
 * @returns how many cards were folded, those that differed, and how many rows of what teams count of members
 */
export async function rebuildCardStates({ fix, now }: { fix: boolean; now: number }): Promise<{
  cards: number;
  differences: Difference[];
  wrongFigures: number;
}> {
  const differences: Difference[] = [];
  let cards = 0;
  let wrongFigures = 0;
  for (const { id } of await db().user.findMany({ select: { id: true } })) {
    await db().$transaction(
      async (tx) => {
        await lockPerson(tx, id);
        const person = personOf(await tx.user.findUniqueOrThrow({ where: { id } }));
        const scheduler = createScheduler(person);
        const events = groupBy(await eventsOf(tx, id), ({ itemId }) => itemId);
        const states = new Map(
          (await tx.cardState.findMany({ where: { userId: id } })).map((state) => [
            state.itemId,
            memoryOf(state),
          ]),
        );
        for (const itemId of new Set([...events.keys(), ...states.keys()])) {
          cards++;
          const folded = foldWith((events.get(itemId) ?? []).map(toCardEvent), scheduler).memory;
          const stored = states.get(itemId) ?? NEW_MEMORY;
          if (!sameMemory(stored, folded)) differences.push({ userId: id, itemId, stored, folded });
        }
        wrongFigures += await countWrongFigures(tx, id);
        if (fix) await refoldCards(tx, id, now);
      },
      { timeout: 600_000 },
    );
  }
  return { cards, differences, wrongFigures };
}

const sameMemory = (a: CardMemory, b: CardMemory): boolean =>
  (Object.keys(NEW_MEMORY) as (keyof CardMemory)[]).every((field) => a[field] === b[field]);
