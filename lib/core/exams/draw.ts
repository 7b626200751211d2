import { groupBy } from "../collections.ts";
import { hash, randomFrom, shuffle } from "../questions/index.ts";

/** An item that an exam could ask. */
interface Candidate {
  itemId: string;
  conceptId: string;
}

/** An item of an attempt, in its place. */
export type DrawnItem<C extends Candidate> = C & {
  /** Of its layout. */
  seed: number;
};

/**
 * Draws the items of an attempt: so many of each concept, all of them where there are fewer, in an order of their own for
 * each attempt. An item's chance does not hang on its neighbours, so that one more or less in a bank changes what is drawn
 * by no more than that one.
 * @param drawnBy what decides which items: the attempt's id, or the assignment's where all attempts ask the same
 * @param laidOutBy what decides their order and layout: the attempt's id
 */
export function drawItems<C extends Candidate>(
  candidates: readonly C[],
  { itemsPerConcept, drawnBy, laidOutBy }: { itemsPerConcept: number; drawnBy: string; laidOutBy: string },
): DrawnItem<C>[] {
  const lot = ({ itemId }: C) => randomFrom(hash(`${drawnBy}/${itemId}`))();
  const drawn = [...groupBy(candidates, ({ conceptId }) => conceptId).values()].flatMap((items) =>
    [...items].sort((a, b) => lot(a) - lot(b)).slice(0, itemsPerConcept),
  );
  // Whatever order they came in.
  const sorted = drawn.sort((a, b) => (a.itemId < b.itemId ? -1 : 1));
  return shuffle(sorted, hash(laidOutBy)).map((item) => ({
    ...item,
    seed: hash(`${laidOutBy}/${item.itemId}`),
  }));
}
