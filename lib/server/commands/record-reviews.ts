import { MAX_BATCH_EVENTS, MAX_BATCH_TASKS, type ReviewEvent } from "#lib/core/reviews/event.ts";
import { type LessonEvent, recordedEventSchema } from "#lib/core/study/lesson.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { insertReviews, lockPerson } from "#lib/server/db/sql/reviews.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { ID_TAKEN, judgeEvents, type Verdict } from "./judge-events.ts";
import { judgeMarks, writeMarks } from "./mark-lessons.ts";
import { type RefoldedCard, refoldCards } from "./refold-cards.ts";

export type IngestResult = { id: string } & Verdict;

export interface Ingested {
  /** One for each event that was taken, in the order given. */
  results: IngestResult[];
  /** The cards that were touched, as they are now. */
  cards: RefoldedCard[];
}

/**
 * Stores a batch of what a person did: review events, whose cards are brought up to date, and marks on lessons. In one
 * transaction. Idempotent by event id: sending twice stores once. Each event is answered on its own; one that is refused stops no other.
 * Of a batch with very many tasks only the beginning is taken; the rest is still with the browser, which sends it next.
 * @param events as they came over the wire; nothing of them is trusted
 * @param now ms since the epoch
 */
export async function recordReviews(
  person: Person,
  events: readonly unknown[],
  now: number,
): Promise<Result<Ingested>> {
  if (events.length > MAX_BATCH_EVENTS) return failed("too-large");
  const taken = takeable(events);
  const parsed = taken.map((event) => recordedEventSchema.safeParse(event));
  const valid = parsed.flatMap((result) =>
    result.success && !isExamAnswer(result.data) ? [result.data] : [],
  );
  const reviews = valid.filter((event): event is ReviewEvent => event.type !== "lesson");
  const lessons = valid.filter((event): event is LessonEvent => event.type === "lesson");

  const { verdicts, cards } = await db().$transaction(async (tx) => {
    await lockPerson(tx, person.userId);
    const { verdicts, rows } = await judgeEvents(tx, person.userId, reviews, now);
    const stored = await insertReviews(tx, person.userId, rows, now);
    // Somebody else's transaction took the id between our look and our insert.
    for (const { id } of rows) if (!stored.has(id)) verdicts.set(id, ID_TAKEN);
    const touched = [...new Set(rows.filter(({ id }) => stored.has(id)).map(({ itemId }) => itemId))];
    const cards = touched.length > 0 ? await refoldCards(tx, person.userId, now, touched) : [];
    const marks = await judgeMarks(tx, person.userId, lessons, now);
    await writeMarks(tx, person.userId, marks.fresh);
    const fresh = new Set(marks.fresh.map(({ conceptId }) => conceptId));
    for (const { id, conceptId } of lessons) {
      verdicts.set(
        id,
        marks.unknown.has(conceptId)
          ? { status: "refused", reason: "unknown-concept" }
          : { status: fresh.has(conceptId) ? "stored" : "had" },
      );
    }
    return { verdicts, cards };
  });

  return done({
    results: parsed.map((result, index): IngestResult => {
      const verdict = result.success ? verdicts.get(result.data.id) : undefined;
      return { id: idOf(taken[index]), ...(verdict ?? { status: "refused", reason: "malformed" }) };
    }),
    cards,
  });
}

/** What an exam takes comes from the exam (`close-attempts.ts`), not from a browser that says so. */
const isExamAnswer = (event: ReviewEvent | LessonEvent): boolean =>
  event.type === "answer" && event.source === "exam";

/** As much of a batch as is judged at once. */
function takeable(events: readonly unknown[]): readonly unknown[] {
  const tasks = events.flatMap((event, place) => (isManifestAnswer(event) ? [place] : []));
  return events.slice(0, tasks[MAX_BATCH_TASKS] ?? events.length);
}

const isManifestAnswer = (event: unknown): boolean => {
  const answer = (event as { answer?: unknown } | null)?.answer;
  return typeof answer === "object" && answer !== null && "manifests" in answer;
};

const idOf = (event: unknown): string =>
  typeof event === "object" && event !== null && "id" in event ? String(event.id).slice(0, 100) : "";
