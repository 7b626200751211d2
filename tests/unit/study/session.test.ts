import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RATINGS, type Rating } from "#lib/core/reviews/event.ts";
import { applyEvent, createScheduler, NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import {
  advance,
  currentCard,
  type Session,
  type SessionCard,
  startSession,
  takeBack,
  tally,
  without,
} from "#lib/core/study/session.ts";

const NOW = Date.UTC(2026, 10, 24);
const SECOND_MS = 1000;
const scheduler = createScheduler({ weights: null, desiredRetention: 0.9 });
const card = (itemId: string): SessionCard => ({ itemId, memory: NEW_MEMORY });
const start = (...ids: string[]) => startSession(ids.map(card));

/** Answers the card that is shown at `at`. */
function answer(session: Session<SessionCard>, rating: Rating, at: number): Session<SessionCard> {
  const before = currentCard(session, at);
  if (!before) throw new Error("The session is over");
  const eventId = `e${session.steps.length}`;
  const memory = applyEvent(
    before.memory,
    { id: eventId, at, type: "answer", rating, source: "study" },
    scheduler,
  );
  return advance(session, {
    eventId,
    before,
    after: { ...before, memory },
    kind: "answer",
    correct: rating > RATINGS.again,
  });
}
const shown = (session: Session<SessionCard>, at: number) => currentCard(session, at)?.itemId ?? null;

describe("a session", () => {
  it("shows its cards in order and ends when all are learned", () => {
    let session = start("a", "b");
    expect(shown(session, NOW)).toBe("a");
    session = answer(session, RATINGS.easy, NOW);
    expect(shown(session, NOW)).toBe("b");
    session = answer(session, RATINGS.easy, NOW);
    expect(shown(session, NOW)).toBeNull();
    expect(tally(session).left).toBe(0);
  });

  it("brings a forgotten card back when its minute is over, before what was not shown yet", () => {
    const session = answer(answer(start("a", "b", "c"), RATINGS.again, NOW), RATINGS.easy, NOW + SECOND_MS);
    expect(shown(session, NOW + 30 * SECOND_MS)).toBe("c");
    expect(shown(session, NOW + 60 * SECOND_MS)).toBe("a");
  });

  it("brings what is due soon back early when nothing else is left", () => {
    const session = answer(start("a"), RATINGS.good, NOW);
    expect(shown(session, NOW + SECOND_MS)).toBe("a");
  });

  it("does not show a card twice in a row while there is another", () => {
    let session = start("a", "b");
    session = answer(session, RATINGS.again, NOW);
    session = answer(session, RATINGS.again, NOW + 61 * SECOND_MS);
    expect(session.steps.map(({ before }) => before.itemId)).toEqual(["a", "b"]);
    session = answer(session, RATINGS.again, NOW + 62 * SECOND_MS);
    expect(shown(session, NOW + 200 * SECOND_MS)).toBe("b");
  });

  it("shows a card taken back at once, as it was, even when another is due", () => {
    let session = answer(start("a", "b", "c"), RATINGS.again, NOW);
    session = answer(session, RATINGS.good, NOW + SECOND_MS);
    const late = NOW + 120 * SECOND_MS;
    expect(shown(session, late)).toBe("a");
    session = takeBack(session);
    expect(currentCard(session, late)).toEqual(card("b"));
    expect(tally(session).left).toBe(3);
    session = takeBack(session);
    expect(currentCard(session, late)).toEqual(card("a"));
    expect(session).toMatchObject({ returning: [], steps: [] });
    session = answer(session, RATINGS.easy, late);
    expect(shown(session, late)).toBe("b");
  });

  it("has nothing to take back at its start", () => {
    const session = start("a");
    expect(takeBack(session)).toBe(session);
  });

  it("drops a card that was answered elsewhere, wherever it waits", () => {
    const begun = answer(start("a", "b"), RATINGS.again, NOW);
    expect(tally(without(begun, "a")).left).toBe(1);
    expect(tally(without(begun, "b")).left).toBe(1);
    expect(tally(without(takeBack(begun), "a")).left).toBe(1);
  });

  it("counts a card as done when it does not come back, not when it was answered", () => {
    let session = answer(start("a", "b", "c"), RATINGS.again, NOW);
    expect(tally(session)).toEqual({ answers: 1, done: 0, away: 0, left: 3, again: 1 });
    session = answer(session, RATINGS.easy, NOW + SECOND_MS);
    expect(tally(session)).toEqual({ answers: 2, done: 1, away: 0, left: 2, again: 1 });
    session = answer(session, RATINGS.again, NOW + 61 * SECOND_MS);
    expect(tally(session)).toEqual({ answers: 3, done: 1, away: 0, left: 2, again: 1 });
    expect(tally(takeBack(session))).toEqual({ answers: 2, done: 1, away: 0, left: 2, again: 0 });
  });

  it.each(["bury", "suspend"] as const)(
    "does not count a card as done after %s, even one answered before",
    (kind) => {
      let session = answer(start("a"), RATINGS.again, NOW);
      session = advance(session, { eventId: "e", before: card("a"), after: null, kind, correct: false });
      expect(tally(session)).toEqual({ answers: 1, done: 0, away: 1, left: 0, again: 0 });
    },
  );

  it("loses no card and doubles none, whatever is answered and taken back", () => {
    const steps = fc.array(fc.oneof(fc.constantFrom<Rating>(1, 2, 3, 4), fc.constant("undo" as const)), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(steps, (actions) => {
        let session = start("a", "b", "c", "d");
        let now = NOW;
        for (const action of actions) {
          now += 45 * SECOND_MS;
          if (action === "undo") session = takeBack(session);
          else if (currentCard(session, now)) session = answer(session, action, now);
          const learned = new Set(
            session.steps
              .filter(({ after }) => after?.memory.state === "review")
              .map(({ before }) => before.itemId),
          );
          const left = [session.takenBack, ...session.waiting, ...session.returning].flatMap(
            (c) => c?.itemId ?? [],
          );
          expect([...left, ...learned].sort()).toEqual(["a", "b", "c", "d"]);
          expect(tally(session)).toMatchObject({ done: learned.size, left: left.length });
        }
      }),
      { numRuns: 500 },
    );
  });
});
