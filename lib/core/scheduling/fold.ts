import { hash, randomFrom } from "../questions/random.ts";
import { type CardEvent, compareEvents, RATINGS } from "../reviews/event.ts";
import { createScheduler, DAY_MS, MAX_INTERVAL_DAYS, type Scheduler } from "./fsrs.ts";
import { type CardMemory, NEW_MEMORY, type SchedulingParameters } from "./memory.ts";

/** A card as its events leave it. */
export interface FoldedCard {
  memory: CardMemory;
  /** Ids of the events that are undone, whose marks in the database follow. */
  undone: Set<string>;
}

/**
 * Folds the events of one card, in any order and with any repeats, into its memory. The same events always give the
 * same memory, on every machine: the one definition of what a learner's history means.
 */
export function foldCard(events: Iterable<CardEvent>, parameters: SchedulingParameters): FoldedCard {
  return foldWith(events, createScheduler(parameters));
}

/** `foldCard` with a scheduler at hand, for folding many cards of one learner. */
export function foldWith(events: Iterable<CardEvent>, scheduler: Scheduler): FoldedCard {
  const ordered = [...new Map([...events].map((event) => [event.id, event])).values()].sort(compareEvents);
  const undone = findUndone(ordered);
  const memory = ordered
    .filter((event) => !undone.has(event.id))
    .reduce((before, event) => applyEvent(before, event, scheduler), NEW_MEMORY);
  return { memory, undone };
}

/** An event is undone while the latest undo or redo that names it is an undo. Those two cannot be undone themselves. */
function findUndone(ordered: readonly CardEvent[]): Set<string> {
  const undoable = new Set(ordered.filter(isUndoable).map((event) => event.id));
  const undone = new Set<string>();
  for (const event of ordered) {
    if (isUndoable(event) || !undoable.has(event.targetId)) continue;
    if (event.type === "undo") undone.add(event.targetId);
    else undone.delete(event.targetId);
  }
  return undone;
}

const isUndoable = (event: CardEvent): event is Exclude<CardEvent, { targetId: string }> =>
  event.type !== "undo" && event.type !== "redo";

/**
 * The memory after one more event that is later than all before it. The browser moves a card on with this; undo and
 * redo change what came before and need the fold.
 */
export function applyEvent(memory: CardMemory, event: CardEvent, scheduler: Scheduler): CardMemory {
  switch (event.type) {
    case "answer": {
      // Cramming moves no schedule; a quiz or exam counts only for a card that was introduced. A placement introduces what
      // was answered right; what was not is learned later, after its lesson.
      if (event.source === "cram") return memory;
      if (event.source === "study" || memory.state !== "new")
        return scheduler.review(memory, event.rating, event.at);
      const shown = event.source === "placement" && event.rating > RATINGS.again;
      return shown ? introduceKnown(memory, event, scheduler) : memory;
    }
    case "know":
      // No answer was given: what is known of the card itself counts for more.
      return memory.state === "new" ? { ...introduceKnown(memory, event, scheduler), reps: 0 } : memory;
    case "suspend":
      return { ...memory, suspended: true };
    case "unsuspend":
      return { ...memory, suspended: false };
    case "bury":
      return { ...memory, buriedUntil: event.until };
    case "reset":
      return NEW_MEMORY;
    case "undo":
    case "redo":
      return memory;
  }
}

/**
 * The memory of a card that is known before it was ever studied: as after a first answer rated Easy. It rests up to twice
 * as long, by a share drawn from the event: what was taken for known in one hour must not come back in one.
 */
function introduceKnown(
  memory: CardMemory,
  { id, at }: Pick<CardEvent, "id" | "at">,
  scheduler: Scheduler,
): CardMemory {
  const easy = scheduler.review(memory, RATINGS.easy, at);
  const days = Math.min(MAX_INTERVAL_DAYS, Math.round(easy.scheduledDays * (1 + randomFrom(hash(id))())));
  return { ...easy, scheduledDays: days, due: at + days * DAY_MS, introducedAt: null };
}
