import type { CardMemory } from "../scheduling/memory.ts";

/** How far ahead of its time a card in learning steps is shown when nothing else is left, in ms. */
export const LEARN_AHEAD_MS = 20 * 60_000;

/** What a session must know of its cards; what they ask is its caller's. */
export interface SessionCard {
  itemId: string;
  memory: CardMemory;
}

/** Something done to a card, so that it can be taken back. */
export interface Step<C extends SessionCard> {
  /** The event that was recorded. */
  eventId: string;
  /** The card as it was before. */
  before: C;
  /** The card as it is now; `null` if it left the session. */
  after: C | null;
  kind: "answer" | "bury" | "suspend";
  correct: boolean;
}

/** A running session: what is still to be shown, what comes back, and what was done. */
export interface Session<C extends SessionCard> {
  /** The card whose answer was just taken back: it is shown before all others. */
  takenBack: C | null;
  /** Not shown yet, in order. */
  waiting: C[];
  /** Shown and in learning steps: they come back when due. */
  returning: C[];
  steps: Step<C>[];
}

export const startSession = <C extends SessionCard>(cards: readonly C[]): Session<C> => ({
  takenBack: null,
  waiting: [...cards],
  returning: [],
  steps: [],
});

/**
 * The card to show: the one taken back, else one that came due again, else the next in order, else one that is due
 * soon. A card shown just now waits while there is another. `null` when the session is over.
 */
export function currentCard<C extends SessionCard>(session: Session<C>, now: number): C | null {
  if (session.takenBack) return session.takenBack;
  const back = [...session.returning].sort((a, b) => a.memory.due - b.memory.due);
  const justShown = session.steps.at(-1)?.before.itemId;
  const due = back.filter(({ memory }) => memory.due <= now);
  const soon = back.filter(({ memory }) => memory.due <= now + LEARN_AHEAD_MS);
  const other = (cards: C[]) => cards.find(({ itemId }) => itemId !== justShown);
  return other(due) ?? session.waiting[0] ?? other(soon) ?? soon[0] ?? null;
}

/** Whether the lesson of its concept comes before a card: it is new, and the lesson was neither read nor skipped. */
export const comesAfterLesson = (
  { conceptId, memory }: SessionCard & { conceptId: string },
  unread: ReadonlySet<string>,
): boolean => memory.state === "new" && unread.has(conceptId);

/** How far a session is. */
export interface Tally {
  answers: number;
  /** Cards that were answered and do not come back. */
  done: number;
  /** Cards that were put away until tomorrow or for good. */
  away: number;
  /** Cards that are still to come. */
  left: number;
  /** Those of them that come once more. */
  again: number;
}

/** Counts cards, each once, by what became of it; only answers are counted as often as they were given. */
export function tally(session: Session<SessionCard>): Tally {
  const { takenBack, waiting, returning, steps } = session;
  const toCome = new Set(
    [...(takenBack ? [takenBack] : []), ...waiting, ...returning].map(({ itemId }) => itemId),
  );
  const fates = new Map(steps.map(({ before, kind }) => [before.itemId, kind]));
  const gone = [...fates].filter(([itemId]) => !toCome.has(itemId));
  const done = gone.filter(([, kind]) => kind === "answer").length;
  return {
    answers: steps.filter(({ kind }) => kind === "answer").length,
    done,
    away: gone.length - done,
    left: toCome.size,
    again: returning.length,
  };
}

/** The session after something was done to a card. A card still in learning steps comes back; others are done. */
export function advance<C extends SessionCard>(session: Session<C>, step: Step<C>): Session<C> {
  const { itemId } = step.before;
  const rest = without(session, itemId);
  const returns = step.after !== null && ["learning", "relearning"].includes(step.after.memory.state);
  return {
    ...rest,
    returning: returns && step.after ? [...rest.returning, step.after] : rest.returning,
    steps: [...session.steps, step],
  };
}

/** The session with its last step taken back: that card is shown next, as it was. */
export function takeBack<C extends SessionCard>(session: Session<C>): Session<C> {
  const last = session.steps.at(-1);
  if (!last) return session;
  const { takenBack, waiting, returning } = without(session, last.before.itemId);
  return {
    takenBack: last.before,
    waiting: takenBack ? [takenBack, ...waiting] : waiting,
    returning,
    steps: session.steps.slice(0, -1),
  };
}

/** The session without a card that was answered elsewhere. */
export function without<C extends SessionCard>(session: Session<C>, itemId: string): Session<C> {
  const others = (cards: C[]) => cards.filter((card) => card.itemId !== itemId);
  return {
    ...session,
    takenBack: session.takenBack?.itemId === itemId ? null : session.takenBack,
    waiting: others(session.waiting),
    returning: others(session.returning),
  };
}
