import { grade, type PublishedItem, parseAnswer } from "#lib/core/questions/index.ts";
import {
  type AnswerEvent,
  MAX_BATCH_EVENTS,
  MAX_BURY_MS,
  type ReviewEvent,
  reviewEventSchema,
} from "#lib/core/reviews/event.ts";
import { ratingOf } from "#lib/core/scheduling/index.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { insertReviews, lockPerson, type ReviewRow } from "#lib/server/db/sql/reviews.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { type RefoldedCard, refoldCards } from "./refold-cards.ts";

/** Why the server will never take an event. */
export type Refusal =
  | "malformed"
  | "unknown-item"
  | "unknown-revision"
  | "before-item"
  | "invalid-answer"
  | "unknown-target"
  | "bury-too-long"
  | "id-taken";

export type IngestResult = { id: string } & (
  | { status: "stored" | "had" }
  | { status: "refused"; reason: Refusal }
);

export interface Ingested {
  /** One for each event, in the order given. */
  results: IngestResult[];
  /** The cards that were touched, as they are now. */
  cards: RefoldedCard[];
}

/**
 * Stores a batch of a person's review events and brings their cards up to date, in one transaction. Idempotent by event
 * id: sending twice stores once. Each event is answered on its own; one that is refused stops no other. Answers are
 * graded here, from what was answered; a client's clock that is ahead is set back to `now`.
 * @param events as they came over the wire; nothing of them is trusted
 * @param now ms since the epoch
 */
export async function recordReviews(
  person: Person,
  events: readonly unknown[],
  now: number,
): Promise<Result<Ingested>> {
  if (events.length > MAX_BATCH_EVENTS) return failed("too-large");
  const parsed = events.map((event) => reviewEventSchema.safeParse(event));
  const valid = parsed.flatMap((result) => (result.success ? [result.data] : []));

  const outcome = await db().$transaction(
    async (tx) => {
      await lockPerson(tx, person.userId);
      const context = await loadContext(tx, person.userId, valid);
      const results = new Map<string, IngestResult>();
      const rows: ReviewRow[] = [];
      for (const event of valid) {
        if (results.has(event.id)) continue;
        const owner = context.owners.get(event.id);
        const row = owner ? null : toRow(event, context, now);
        if (owner) results.set(event.id, owned(event.id, owner === person.userId));
        else if (typeof row === "string")
          results.set(event.id, { id: event.id, status: "refused", reason: row });
        else if (row) {
          rows.push(row);
          results.set(event.id, { id: event.id, status: "stored" });
        }
      }
      const stored = await insertReviews(tx, person.userId, rows, now);
      // Somebody else's transaction took the id between our look and our insert.
      for (const { id } of rows) if (!stored.has(id)) results.set(id, owned(id, false));
      const touched = [...new Set(rows.filter(({ id }) => stored.has(id)).map(({ itemId }) => itemId))];
      const cards = touched.length > 0 ? await refoldCards(tx, person.userId, person, now, touched) : [];
      return { results, cards };
    },
    { timeout: 30_000, maxWait: 30_000 },
  );

  return done({
    results: parsed.map((result, index): IngestResult => {
      const known = result.success ? outcome.results.get(result.data.id) : undefined;
      return known ?? { id: idOf(events[index]), status: "refused", reason: "malformed" };
    }),
    cards: outcome.cards,
  });
}

/** Clocks of phones and laptops run slow by minutes; none by more than this that could be trusted at all. */
const CLOCK_TOLERANCE_MS = 3_600_000;

const owned = (id: string, own: boolean): IngestResult =>
  own ? { id, status: "had" } : { id, status: "refused", reason: "id-taken" };

const idOf = (event: unknown): string =>
  typeof event === "object" && event !== null && "id" in event ? String(event.id).slice(0, 100) : "";

/** What events are judged by: everything they name, read at once. */
interface Context {
  /** Event id → owner, of those already stored. */
  owners: Map<string, string>;
  items: Map<string, { createdAt: Date }>;
  /** `item@revision` → the item as it was asked. */
  revisions: Map<string, PublishedItem>;
  /** Undoable events: id → item. */
  targets: Map<string, string>;
}

async function loadContext(
  tx: Prisma.TransactionClient,
  userId: string,
  events: readonly ReviewEvent[],
): Promise<Context> {
  const itemIds = [...new Set(events.map(({ itemId }) => itemId))];
  const targetIds = events.flatMap((event) => ("targetId" in event ? [event.targetId] : []));
  const revisions = new Set(events.flatMap((event) => (event.type === "answer" ? [event.revision] : [])));
  const [stored, items, asked, targets] = [
    await tx.review.findMany({
      where: { id: { in: events.map(({ id }) => id) } },
      select: { id: true, userId: true },
    }),
    await tx.item.findMany({ where: { id: { in: itemIds } }, select: { id: true, createdAt: true } }),
    await tx.itemRevision.findMany({
      where: { itemId: { in: itemIds }, revision: { in: [...revisions] } },
    }),
    targetIds.length === 0
      ? []
      : await tx.review.findMany({
          where: { id: { in: targetIds }, userId, type: { notIn: ["undo", "redo"] } },
          select: { id: true, itemId: true },
        }),
  ];
  const owners = new Map(stored.map((row) => [row.id, row.userId]));
  const inBatch = events.filter(
    ({ id, type }) => type !== "undo" && type !== "redo" && (owners.get(id) ?? userId) === userId,
  );
  return {
    owners,
    items: new Map(items.map((item) => [item.id, item])),
    revisions: new Map(
      asked.map((row) => [`${row.itemId}@${row.revision}`, row.payload as unknown as PublishedItem]),
    ),
    targets: new Map([...inBatch, ...targets].map(({ id, itemId }) => [id, itemId])),
  };
}

/** The row for an event, or why there cannot be one. */
function toRow(event: ReviewEvent, context: Context, now: number): ReviewRow | Refusal {
  const item = context.items.get(event.itemId);
  if (!item) return "unknown-item";
  const reviewedAt = Math.min(event.at, now);
  if (reviewedAt < item.createdAt.getTime() - CLOCK_TOLERANCE_MS) return "before-item";
  const row = { ...EMPTY_ROW, id: event.id, itemId: event.itemId, type: event.type, reviewedAt };
  switch (event.type) {
    case "answer":
      return toAnswerRow(row, event, context.revisions.get(`${event.itemId}@${event.revision}`));
    case "undo":
    case "redo":
      return context.targets.get(event.targetId) === event.itemId
        ? { ...row, targetId: event.targetId }
        : "unknown-target";
    case "bury":
      return event.until - event.at > MAX_BURY_MS ? "bury-too-long" : { ...row, until: event.until };
    default:
      return row;
  }
}

function toAnswerRow(
  row: ReviewRow,
  event: AnswerEvent,
  item: PublishedItem | undefined,
): ReviewRow | Refusal {
  if (!item) return "unknown-revision";
  const answer = parseAnswer(item.kind, event.answer);
  if (!answer) return "invalid-answer";
  const graded = grade(item, answer, event.locale);
  return {
    ...row,
    revision: event.revision,
    source: event.source,
    locale: event.locale,
    answer,
    seed: event.seed,
    hinted: event.hinted,
    easy: event.easy,
    durationMs: event.durationMs,
    rating: ratingOf(graded, answer, event),
    ...graded,
  };
}

const EMPTY_ROW = {
  revision: null,
  source: null,
  locale: null,
  answer: null,
  seed: null,
  hinted: null,
  easy: null,
  durationMs: null,
  rating: null,
  correct: null,
  score: null,
  misconceptions: [],
  targetId: null,
  until: null,
} satisfies Partial<ReviewRow>;
