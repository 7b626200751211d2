import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CardEvent, compareEvents, type Rating, SOURCES } from "#lib/core/reviews/event.ts";
import { applyEvent, createScheduler, foldCard, NEW_MEMORY } from "#lib/core/scheduling/index.ts";

const PARAMETERS = { weights: null, desiredRetention: 0.9 };
const scheduler = createScheduler(PARAMETERS);
const START = Date.UTC(2026, 0, 1);

/** Ids are short numbers here; the fold only compares them. */
const id = (n: number) => String(n).padStart(4, "0");

const answer = fc.record({
  type: fc.constant("answer" as const),
  rating: fc.constantFrom<Rating>(1, 2, 3, 4),
  source: fc.constantFrom(...SOURCES),
});
const other = fc.oneof(
  fc.constant({ type: "suspend" as const }),
  fc.constant({ type: "unsuspend" as const }),
  fc.constant({ type: "reset" as const }),
  fc.constant({ type: "know" as const }),
  fc
    .integer({ min: 0, max: 200 })
    .map((hours) => ({ type: "bury" as const, until: START + hours * 3_600_000 })),
);
const takeBack = fc.record({
  type: fc.constantFrom("undo" as const, "redo" as const),
  targetId: fc.nat({ max: 15 }).map(id),
});

/** A card's history: up to 16 events, several at the same moment, undo and redo of existing and missing events. */
const history: fc.Arbitrary<CardEvent[]> = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 6, arbitrary: answer },
        { weight: 2, arbitrary: other },
        { weight: 2, arbitrary: takeBack },
      ),
      fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 * 86_400_000 })),
    ),
    { maxLength: 16 },
  )
  .map((steps) => {
    let at = START;
    return steps.map(([event, gap], index) => {
      at += gap;
      return { id: id(index), at, ...event } as CardEvent;
    });
  });

const shuffled = <T>(values: fc.Arbitrary<T[]>) =>
  values.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));

const withoutTakeBacks = (events: CardEvent[]) =>
  events.filter(({ type }) => type !== "undo" && type !== "redo");
const momentAfter = (events: CardEvent[]) => Math.max(START, ...events.map(({ at }) => at)) + 1;

describe("the fold of a card's events", () => {
  it("does not depend on the order of arrival, on batches, or on repeats", () => {
    fc.assert(
      fc.property(shuffled(history), fc.nat(), ([events, arrived], cut) => {
        const half = events.length === 0 ? 0 : cut % events.length;
        // What arrived before is folded again with what arrives now, some of it for the second time.
        const repeated = [...arrived.slice(half), ...arrived, ...arrived.slice(0, half)];
        expect(foldCard(repeated, PARAMETERS)).toEqual(foldCard(events, PARAMETERS));
      }),
      { numRuns: 5000 },
    );
  });

  it("equals applying the events one by one as they happen", () => {
    fc.assert(
      fc.property(history.map(withoutTakeBacks), (events) => {
        const stepwise = [...events]
          .sort(compareEvents)
          .reduce((memory, event) => applyEvent(memory, event, scheduler), NEW_MEMORY);
        expect(stepwise).toEqual(foldCard(events, PARAMETERS).memory);
      }),
      { numRuns: 2500 },
    );
  });

  it("after an undo is as if the event had never been", () => {
    fc.assert(
      fc.property(history.map(withoutTakeBacks), fc.nat(), (events, pick) => {
        fc.pre(events.length > 0);
        const target = events[pick % events.length] as CardEvent;
        const undo: CardEvent = { id: "undo", at: momentAfter(events), type: "undo", targetId: target.id };
        const folded = foldCard([...events, undo], PARAMETERS);
        expect(folded.memory).toEqual(
          foldCard(
            events.filter((event) => event !== target),
            PARAMETERS,
          ).memory,
        );
        expect([...folded.undone]).toEqual([target.id]);
      }),
      { numRuns: 2000 },
    );
  });

  it("after an undo and a redo is what it was", () => {
    fc.assert(
      fc.property(history, fc.nat({ max: 15 }).map(id), (events, targetId) => {
        const at = momentAfter(events);
        const back: CardEvent[] = [
          { id: "undo", at, type: "undo", targetId },
          { id: "redo", at: at + 1, type: "redo", targetId },
        ];
        const before = foldCard(events, PARAMETERS);
        fc.pre(!before.undone.has(targetId));
        expect(foldCard([...events, ...back], PARAMETERS)).toEqual(before);
      }),
      { numRuns: 2000 },
    );
  });

  it("is not moved by cramming", () => {
    fc.assert(
      fc.property(history, (events) => {
        const serious = events.filter((event) => event.type !== "answer" || event.source !== "cram");
        expect(foldCard(events, PARAMETERS).memory).toEqual(foldCard(serious, PARAMETERS).memory);
      }),
      { numRuns: 1000 },
    );
  });

  it("starts anew at a reset, whatever went before", () => {
    fc.assert(
      fc.property(history.map(withoutTakeBacks), (events) => {
        const reset: CardEvent = { id: "reset", at: momentAfter(events), type: "reset" };
        expect(foldCard([...events, reset], PARAMETERS).memory).toEqual(NEW_MEMORY);
      }),
      { numRuns: 500 },
    );
  });

  it.each(["quiz", "exam"] as const)("lets a %s answer count only once the card was introduced", (source) => {
    const study: CardEvent = { id: "b", at: START + 10, type: "answer", rating: 3, source: "study" };
    const before: CardEvent = { id: "a", at: START, type: "answer", rating: 3, source };
    const later: CardEvent = { id: "c", at: START + 20, type: "answer", rating: 1, source };
    expect(foldCard([before], PARAMETERS).memory).toEqual(NEW_MEMORY);
    expect(foldCard([before, study], PARAMETERS).memory.reps).toBe(1);
    expect(foldCard([study, later], PARAMETERS).memory.reps).toBe(2);
  });

  it("takes for known what a placement shows, for longer than a first answer, and off the day's limit", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), fc.constantFrom<Rating>(2, 3, 4), (eventId, inferred, rating) => {
        const event: CardEvent = inferred
          ? { id: eventId, at: START, type: "know" }
          : { id: eventId, at: START, type: "answer", rating, source: "placement" };
        const { memory } = foldCard([event], PARAMETERS);
        const easy = scheduler.review(NEW_MEMORY, 4, START);
        expect(memory).toMatchObject({ state: "review", introducedAt: null, reps: inferred ? 0 : 1 });
        expect(memory.due).toBeGreaterThanOrEqual(easy.due);
        expect(memory.due).toBeLessThanOrEqual(START + 2 * (easy.due - START));
      }),
    );
  });

  it("does not begin a card by a wrong answer in a placement, nor take it for known once it was begun", () => {
    const wrong: CardEvent = { id: "a", at: START, type: "answer", rating: 1, source: "placement" };
    const study: CardEvent = { id: "b", at: START + 10, type: "answer", rating: 3, source: "study" };
    const know: CardEvent = { id: "c", at: START + 20, type: "know" };
    expect(foldCard([wrong], PARAMETERS).memory).toEqual(NEW_MEMORY);
    expect(foldCard([study, know], PARAMETERS).memory).toEqual(foldCard([study], PARAMETERS).memory);
  });

  it("counts a card known by placement among the new ones of no day, even when it is studied later", () => {
    const know: CardEvent = { id: "a", at: START, type: "know" };
    const study: CardEvent = { id: "b", at: START + 9e8, type: "answer", rating: 3, source: "study" };
    expect(foldCard([know, study], PARAMETERS).memory).toMatchObject({ introducedAt: null, reps: 1 });
  });
});
