import { default_w } from "ts-fsrs";
import { groupBy } from "#lib/core/collections.ts";
import { hintsOf, type Kind, misconceptionsOf, type PublishedItem } from "#lib/core/questions/index.ts";
import type { CardEvent, Rating, ReviewEvent, Source } from "#lib/core/reviews/event.ts";
import {
  addDays,
  applyEvent,
  type CardMemory,
  createScheduler,
  dayOf,
  endOfDay,
  foldWith,
  isLeech,
  NEW_MEMORY,
  ratingOf,
  type Scheduler,
  startOfDay,
} from "#lib/core/scheduling/index.ts";
import type { LessonMark } from "#lib/core/study/lesson.ts";
import { gradeAny } from "#lib/core/tasks/index.ts";
import { instanceOf } from "#lib/core/templates/instance.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { goodAnswer, wrongAnswer } from "./answers.ts";
import type { Chance } from "./random.ts";

/** What can be studied, in the order in which it is taught. */
export interface Curriculum {
  items: readonly { item: PublishedItem; conceptId: string; areaId: string; bankId: string }[];
}

/** When and how much somebody studies. */
export interface Habit {
  /** Share of working days on which there is a session at all; of weekends a third of that. */
  regularity: number;
  /** Length of a session. */
  minutes: number;
  /** Hour of the local day at which sessions begin, more or less. */
  hour: number;
  /** Stretches without any session: `[from, until)`, ms since the epoch. */
  away: readonly (readonly [number, number])[];
}

/** How firmly a wrong belief is held. */
export interface Belief {
  /** The chance that a question which can reveal it does. */
  shows: number;
  /** The chance that it outlives being corrected. */
  survives: number;
}

/** Somebody as the simulation knows them, and nobody else can. */
export interface Learner {
  person: Person;
  /** ms since the epoch. */
  from: number;
  until: number;
  habit: Habit;
  /** How easily they learn: 0 for the average, about −1 to 1. */
  aptitude: number;
  /** Concepts that come hard to them. */
  weak: ReadonlySet<string>;
  /** The wrong beliefs they begin with. */
  beliefs: ReadonlyMap<string, Belief>;
  /** Concepts that were assigned to them, and since when (ms since the epoch). They come first. */
  assigned: readonly { conceptIds: readonly string[]; since: number }[];
  /** Whether they begin with a placement quiz. */
  placed: boolean;
}

export interface History {
  events: ReviewEvent[];
  lessons: LessonMark[];
  /** The wrong beliefs that they still hold at the end. */
  beliefs: string[];
  /** By item: what the product should come to know of each card. */
  memories: Map<string, CardMemory>;
}

/** Answers to one card on one day at most: after that even the patient have had enough. */
const PATIENCE = 3;
/** A learning step this far ahead is waited for at the end of a session, in ms. */
const WAIT_MS = 11 * 60_000;
/** The solution of a question is still fresh for so long, in ms: whatever they believe, they repeat what they just read. */
const FRESH_MS = 2 * 3_600_000;
/** With more cards than this due, nothing new is begun. */
const FULL = 60;
/** The chance of a right answer without any idea. */
const GUESS: Partial<Record<Kind, number>> = { single: 0.2, classify: 0.05, matching: 0.05 };
/** Half of the answers to a question of each kind take less than this, in seconds. */
const SECONDS: Record<Kind, number> = {
  flashcard: 9,
  single: 14,
  multiple: 24,
  cloze: 19,
  ordering: 27,
  matching: 30,
  classify: 26,
  numeric: 45,
  manifest: 240,
};

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const logit = (p: number) => Math.log(p / (1 - p));

/**
 * Plays somebody's study from their first day to `until`. Beside the memory that the product infers from answers each card has
 * a true one: FSRS too, but with weights of the person's own, and it is the true one that decides what is answered.
 */
export function simulate(learner: Learner, { items }: Curriculum, chance: Chance): History {
  const { person, habit } = learner;
  const scheduler = createScheduler(person);
  const truths = {
    usual: truth(1 + 0.4 * learner.aptitude, 0),
    weak: truth(0.2, 1),
  };
  const beliefs = new Map(learner.beliefs);
  const cards = items.map(({ item, conceptId }) => ({
    item,
    conceptId,
    weak: learner.weak.has(conceptId),
    memory: NEW_MEMORY,
    /** What is truly remembered. */
    truth: NEW_MEMORY,
    events: [] as CardEvent[],
    answeredToday: 0,
  }));
  type Card = (typeof cards)[number];
  const events: ReviewEvent[] = [];
  const lessons = new Map<string, LessonMark>();

  function recallChance({ item, weak, truth: memory }: Card, at: number): number {
    const recalled = memory.lastReview === null ? 0.62 : truths.usual.recallChance(memory, at);
    const hard = memory.lastReview === null ? 0.35 * (item.difficulty - 3) : 0;
    const known = logistic(
      logit(Math.min(0.995, Math.max(0.02, recalled))) + 0.7 * learner.aptitude - hard - (weak ? 2.2 : 0),
    );
    const guess = GUESS[item.kind] ?? 0;
    return guess + (1 - guess) * known;
  }

  function record(card: Card, event: ReviewEvent, rating: Rating | null): void {
    events.push(event);
    const { type, id, at } = event;
    const seen = (
      rating ? { id, at, type, rating, source: "source" in event ? event.source : "study" } : event
    ) as CardEvent;
    card.events.push(seen);
    card.memory =
      type === "undo" ? foldWith(card.events, scheduler).memory : applyEvent(card.memory, seen, scheduler);
  }

  /** Answers a card. @returns when that is done */
  function answer(card: Card, at: number, source: Source): { at: number; correct: boolean } {
    const seed = chance.whole(0, 0xffffffff);
    const item = instanceOf(card.item, seed);
    // Of what a template can show, only what this draw has an option for.
    const reveals = misconceptionsOf({ ...item, template: undefined });
    const known = recallChance(card, at);
    const fresh = at - (card.truth.lastReview ?? 0) < FRESH_MS;
    const belief = reveals.find((id) => chance.happens(beliefs.get(id)?.shows ?? 0) && !fresh) ?? null;
    const right = belief === null && chance.happens(known);
    const given = right
      ? goodAnswer(item, person.locale, known)
      : wrongAnswer(item, person.locale, belief, chance);
    const hinted = right && hintsOf(item).length > 0 && chance.happens(0.15);
    const easy = right && !hinted && known > 0.97 && chance.happens(0.15);
    const durationMs = Math.round(
      Math.min(600, SECONDS[item.kind] * Math.exp(0.5 * chance.normal() - 0.2 * learner.aptitude)) * 1000,
    );
    const done = at + durationMs;
    const graded = gradeAny(item, given as never, person.locale);
    const rating = ratingOf(graded, given, { hinted, easy });
    record(
      card,
      {
        id: chance.id(done),
        type: "answer",
        itemId: item.id,
        at: done,
        revision: item.revision,
        source,
        locale: person.locale,
        answer: given,
        seed,
        hinted,
        easy,
        durationMs,
      },
      rating,
    );
    card.truth = truths[card.weak ? "weak" : "usual"].review(card.truth, rating, done);
    card.answeredToday++;
    // The explanation of a wrong answer is read, and may convince.
    for (const id of graded.misconceptions) {
      const belief = beliefs.get(id);
      if (belief && !chance.happens(belief.survives)) beliefs.delete(id);
    }
    return { at: done + chance.whole(2, 12) * 1000, correct: graded.correct };
  }

  /** What happens beside answering, rarely. @returns when it is done */
  function afterwards(card: Card, at: number): number {
    const { id: itemId } = card.item;
    const other = (type: "suspend" | "undo" | "bury", more: object) =>
      record(card, { id: chance.id(at), itemId, at, type, ...more } as ReviewEvent, null);
    if (isLeech(card.memory) && chance.happens(0.003)) other("suspend", {});
    else if (chance.happens(0.002)) other("bury", { until: endOfDay(at, person) });
    else if (chance.happens(0.003)) {
      // The wrong key: taken back, and answered again.
      other("undo", { targetId: events.at(-1)?.id });
      return answer(card, at + 2000, "study").at;
    }
    return at;
  }

  function read(conceptId: string, at: number): number {
    if (lessons.has(conceptId)) return at;
    const skipped = chance.happens(0.12);
    lessons.set(conceptId, { conceptId, at, skipped });
    return at + (skipped ? 2000 : chance.whole(60, 200) * 1000);
  }

  function place(begin: number): number {
    let at = begin;
    for (const [conceptId, ofConcept] of chance.sample([...groupBy(cards, (card) => card.conceptId)], 14)) {
      const card = ofConcept.find(({ item }) => item.kind !== "flashcard");
      if (!card) continue;
      const { at: done, correct } = answer(card, at, "placement");
      at = done;
      if (!correct) continue;
      lessons.set(conceptId, { conceptId, at, skipped: true });
      for (const other of ofConcept) {
        if (other === card) continue;
        record(other, { id: chance.id(at), itemId: other.item.id, at, type: "know" }, null);
        other.truth = truths.usual.review(other.truth, 4, at);
      }
    }
    return at;
  }

  /** The next card of a session, or null when there is nothing to do before `patience` is over. */
  function next(
    at: number,
    dayEnd: number,
    newLeft: number,
    order: readonly Card[],
  ): { card: Card; at: number } | null {
    const open = cards.filter(
      ({ memory, answeredToday }) =>
        memory.state !== "new" &&
        !memory.suspended &&
        (memory.buriedUntil ?? 0) <= at &&
        answeredToday < PATIENCE,
    );
    const steps = open.filter(({ memory }) => memory.state !== "review" && memory.due <= at);
    const due = open.filter(({ memory }) => memory.state === "review" && memory.due < dayEnd);
    const first = earliest(steps) ?? earliest(due);
    if (first) {
      const fresh = due.length < FULL && newLeft > 0 && chance.happens(0.4) ? firstNew(order) : undefined;
      return { card: fresh ?? first, at };
    }
    const fresh = newLeft > 0 ? firstNew(order) : undefined;
    if (fresh) return { card: fresh, at };
    const soon = earliest(
      open.filter(({ memory }) => memory.state !== "review" && memory.due <= at + WAIT_MS),
    );
    return soon ? { card: soon, at: Math.max(at, soon.memory.due) } : null;
  }

  function session(begin: number, now: number): void {
    const day = dayOf(begin, person);
    const dayEnd = startOfDay(addDays(day, 1), person);
    const order = [...cards].sort(byRank(learner, begin));
    const budget = habit.minutes * chance.between(0.6, 1.4) * 60_000;
    let newLeft = person.newPerDay;
    for (const card of cards) card.answeredToday = 0;
    let at = events.length === 0 && learner.placed ? place(begin) : begin;
    const end = at + budget;
    while (at < end) {
      const chosen = next(at, dayEnd, newLeft, order);
      if (!chosen) break;
      const { card } = chosen;
      at = chosen.at;
      if (card.memory.state === "new") {
        newLeft--;
        at = read(card.conceptId, at);
      }
      // Nothing has happened after now, and a session ends with the day.
      if (at + 660_000 > Math.min(now, dayEnd)) return;
      at = answer(card, at, "study").at;
      at = afterwards(card, at);
    }
    const begun = cards.filter(({ memory }) => memory.state !== "new");
    const extra: Source | null = chance.happens(0.07) ? "quiz" : chance.happens(0.02) ? "cram" : null;
    if (!extra || begun.length < 20) return;
    // A quiz also asks what was never studied.
    const asked = [...chance.sample(begun, 8), ...(extra === "quiz" ? chance.sample(cards, 2) : [])];
    for (const card of asked) {
      if (at + 660_000 > Math.min(now, dayEnd)) return;
      at = answer(card, at, extra).at;
    }
  }

  for (let day = dayOf(learner.from, person); ; day = addDays(day, 1)) {
    const midnight = startOfDay(day, { ...person, dayStartHour: 0 });
    if (midnight > learner.until) break;
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const working = weekday > 0 && weekday < 6;
    const begin = Math.round(midnight + (habit.hour + chance.between(-0.7, 0.7)) * 3_600_000);
    const happens = chance.happens(habit.regularity * (working ? 1 : 0.35));
    const away = habit.away.some(([from, until]) => begin >= from && begin < until);
    if (happens && !away && begin >= learner.from && begin < learner.until) session(begin, learner.until);
  }
  return {
    events,
    lessons: [...lessons.values()],
    beliefs: [...beliefs.keys()],
    memories: new Map(
      cards.flatMap(({ item, memory, events: own }) => (own.length > 0 ? [[item.id, memory]] : [])),
    ),
  };

  function truth(pace: number, loss: number): Scheduler {
    const weights = default_w.map((w, i) => (i < 4 ? w * pace : i === 8 ? w - loss : w));
    return createScheduler({ weights, desiredRetention: 0.9 }, { fuzz: false });
  }
}

/** The order in which new cards are begun: what is assigned, then everything else, each as it is taught. */
function byRank({ assigned }: Learner, at: number) {
  const first = new Set(assigned.flatMap(({ conceptIds, since }) => (since <= at ? conceptIds : [])));
  const rank = ({ conceptId }: { conceptId: string }) => (first.has(conceptId) ? 0 : 1);
  return (a: { conceptId: string }, b: { conceptId: string }) => rank(a) - rank(b);
}

const firstNew = <C extends { memory: CardMemory }>(order: readonly C[]): C | undefined =>
  order.find(({ memory }) => memory.state === "new" && !memory.suspended);

function earliest<C extends { memory: CardMemory }>(cards: readonly C[]): C | undefined {
  return cards.reduce<C | undefined>(
    (best, card) => (best === undefined || card.memory.due < best.memory.due ? card : best),
    undefined,
  );
}
