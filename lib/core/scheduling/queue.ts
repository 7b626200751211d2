import { groupBy } from "../collections.ts";
import { addDays, dayOf, daysBetween, startOfDay } from "./day.ts";
import type { Scheduler } from "./fsrs.ts";
import type { CardMemory, DayBoundary } from "./memory.ts";

/** What the queue must know of a card. */
export interface QueueCard {
  itemId: string;
  conceptId: string;
  /** Place of the concept in the curriculum: prerequisites come first. */
  conceptPosition: number;
  /** Place of the item within its bank. */
  position: number;
  /** Cards of one family ask the same fact; one a day is enough. */
  family: string | null;
  memory: CardMemory;
  /** Due moments of the assignments that ask for it, earliest first, ms since the epoch; none for what is studied freely. */
  assignedUntil?: readonly number[] | null;
}

export interface QueueRules extends DayBoundary {
  /** ms since the epoch. */
  now: number;
  /** Cards introduced per study day at most, but for what assignments need. */
  newPerDay: number;
  scheduler: Scheduler;
}

/** What a day holds: the order in which to show it, and what it is made of. */
export interface DailyQueue<C extends QueueCard> {
  cards: C[];
  due: number;
  fresh: number;
}

/** New items of one concept in a row: enough to contrast, few enough to keep in mind. */
const BLOCK_SIZE = 3;
/** Reviews between two blocks of new items. */
const REVIEWS_BETWEEN_BLOCKS = 5;
/**
 * What assignments need is not more than this many new cards a day, however soon they are due: about an hour of work with
 * their repetitions. More are not learned but only looked at.
 */
export const MAX_ASSIGNED_PER_DAY = 40;
/** Lapses after which a card is a leech: more of the same will not help. */
const LEECH_LAPSES = 6;

/** A card that keeps being forgotten: better rewritten, or its concept read again. */
export const isLeech = (memory: CardMemory): boolean => memory.lapses >= LEECH_LAPSES;

/**
 * The cards to study now, in order. Due cards come by lowest chance of recall, spread so that no two of a concept
 * follow each other; new ones in the order of the curriculum, a concept at a time in short blocks, up to the daily
 * limit. What is assigned comes before other new cards, and past the limit where its due moment needs it. Suspended and buried cards, and siblings of what was answered today, stay out.
 */
export function buildQueue<C extends QueueCard>(all: readonly C[], rules: QueueRules): DailyQueue<C> {
  const { now, scheduler } = rules;
  const today = dayOf(now, rules);
  const dayStart = startOfDay(today, rules);
  const dayEnd = startOfDay(addDays(today, 1), rules);

  const available = all
    .filter(({ memory }) => !memory.suspended && (memory.buriedUntil ?? 0) <= now)
    .sort(byPlace);
  const chance = new Map(available.map((card) => [card, scheduler.recallChance(card.memory, now)]));
  const learned = available
    .filter(({ memory }) => memory.state !== "new" && memory.due < dayEnd)
    .sort((a, b) => (chance.get(a) ?? 0) - (chance.get(b) ?? 0));
  const unseen = available.filter(({ memory }) => memory.state === "new");
  const answeredToday = all.filter(({ memory }) => (memory.lastReview ?? 0) >= dayStart);
  const cards = withoutSiblings([...learned, ...unseen], answeredToday);
  const due = cards.filter(({ memory }) => memory.state !== "new");
  const introducedToday = all.filter(({ memory }) => (memory.introducedAt ?? 0) >= dayStart);
  const blocks = newBlocks(
    cards.filter(({ memory }) => memory.state === "new"),
    introducedToday,
    { ...rules, today },
  );
  return {
    cards: insertBlocks(spreadConcepts(due), blocks),
    due: due.length,
    fresh: blocks.reduce((sum, block) => sum + block.length, 0),
  };
}

/** The order of the curriculum; total, so that a queue does not depend on the order in which cards were read. */
const byPlace = (a: QueueCard, b: QueueCard): number =>
  a.conceptPosition - b.conceptPosition || a.position - b.position || (a.itemId < b.itemId ? -1 : 1);

/** Leaves the first card of each family. A family met today is done for today, but for its card that comes back. */
function withoutSiblings<C extends QueueCard>(cards: readonly C[], answeredToday: readonly C[]): C[] {
  const comingBack = new Set(answeredToday);
  const met = new Set(answeredToday.map(({ family }) => family));
  return cards.filter((card) => {
    if (card.family === null || comingBack.has(card)) return true;
    if (met.has(card.family)) return false;
    met.add(card.family);
    return true;
  });
}

/**
 * The blocks of new cards of a day. Assigned cards come first: as many as are needed for each due moment ahead, counted with
 * what was introduced today so that the need does not grow by being met, a concept in several blocks if it must be; then
 * what the limit of the day has room for, first of assigned cards, then of others, one block of a concept a day.
 */
function newBlocks<C extends QueueCard>(
  fresh: readonly C[],
  introducedToday: readonly C[],
  rules: QueueRules & { today: string },
): C[][] {
  const taken: C[][] = [];
  const take = (blocks: readonly C[][], limit: number) => {
    let left = limit;
    for (const block of blocks) {
      if (left <= 0) return;
      taken.push(block.slice(0, left));
      left -= block.length;
    }
  };
  const rest = (cards: readonly C[]) => {
    const gone = new Set(taken.flat());
    return cards.filter((card) => !gone.has(card));
  };
  const roomLeft = () => rules.newPerDay - introducedToday.length - taken.flat().length;

  const untilOf = new Map(
    [...fresh, ...introducedToday].map((card) => [card, dueMoment(card.assignedUntil ?? [], rules.now)]),
  );
  const assigned = fresh
    .filter((card) => untilOf.get(card) !== undefined)
    .sort((a, b) => (untilOf.get(a) ?? 0) - (untilOf.get(b) ?? 0));
  const dues = [...new Set(assigned.flatMap((card) => untilOf.get(card) ?? []))];
  for (const due of dues.filter((moment) => moment > rules.now)) {
    const isFor = (card: C) => (untilOf.get(card) ?? Number.POSITIVE_INFINITY) <= due;
    const doneToday = introducedToday.filter(isFor).length;
    const total = assigned.filter(isFor).length + doneToday;
    // The day on which it is due counts to the last moment before.
    const days = daysBetween(rules.today, dayOf(due - 1, rules)) + 1;
    const needed = Math.min(MAX_ASSIGNED_PER_DAY, Math.ceil(total / days)) - doneToday;
    const before = taken.flat();
    take(
      blocksOf(rest(assigned.filter(isFor)), [...introducedToday, ...before]).map(({ cards }) => cards),
      needed - before.length,
    );
  }
  for (const cards of [assigned, fresh]) {
    const blocks = blocksOf(rest(cards), [...introducedToday, ...taken.flat()]);
    take(
      blocks.filter(({ isFirst }) => isFirst).map(({ cards }) => cards),
      roomLeft(),
    );
  }
  return taken;
}

/** The due moment that counts: the next one ahead, or the last one missed. */
const dueMoment = (moments: readonly number[], now: number): number | undefined =>
  moments.find((moment) => moment > now) ?? moments.at(-1);

/**
 * Cuts new cards, given in order, into blocks of one concept each: first those that complete a concept's first block of the
 * day, then further ones of concepts that have had it.
 */
function blocksOf<C extends QueueCard>(
  cards: readonly C[],
  introduced: readonly QueueCard[],
): { isFirst: boolean; cards: C[] }[] {
  const already = groupBy(introduced, ({ conceptId }) => conceptId);
  return [...groupBy(cards, ({ conceptId }) => conceptId)]
    .flatMap(([conceptId, ofConcept]) => {
      const before = already.get(conceptId)?.length ?? 0;
      const rounds = groupBy(ofConcept.entries(), ([index]) => Math.floor((before + index) / BLOCK_SIZE));
      return [...rounds].map(([round, block]) => ({ round, cards: block.map(([, card]) => card) }));
    })
    .sort((a, b) => a.round - b.round)
    .map(({ round, cards }) => ({ isFirst: round === 0, cards }));
}

/**
 * Reorders as little as possible so that no two neighbours share a concept: each place takes the first remaining card
 * of another concept than the card before, except that a concept which makes up half of what remains goes first.
 */
export function spreadConcepts<C extends { conceptId: string }>(cards: readonly C[]): C[] {
  const remaining = [...cards];
  const counts = new Map<string, number>();
  for (const { conceptId } of cards) counts.set(conceptId, (counts.get(conceptId) ?? 0) + 1);
  const spread: C[] = [];
  while (remaining.length > 0) {
    const last = spread.at(-1)?.conceptId;
    const crowded = [...counts].find(([id, count]) => id !== last && count * 2 > remaining.length)?.[0];
    const index = remaining.findIndex(({ conceptId }) =>
      crowded === undefined ? conceptId !== last : conceptId === crowded,
    );
    const [card] = remaining.splice(Math.max(0, index), 1);
    if (!card) break;
    counts.set(card.conceptId, (counts.get(card.conceptId) ?? 1) - 1);
    spread.push(card);
  }
  return spread;
}

/** Puts a block of new cards after every few reviews; what is left of either follows at the end. */
function insertBlocks<C>(reviews: readonly C[], blocks: readonly C[][]): C[] {
  const mixed: C[] = [];
  let next = 0;
  for (const block of blocks) {
    mixed.push(...reviews.slice(next, next + REVIEWS_BETWEEN_BLOCKS), ...block);
    next += REVIEWS_BETWEEN_BLOCKS;
  }
  return [...mixed, ...reviews.slice(next)];
}
