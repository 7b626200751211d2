import { setImmediate } from "node:timers/promises";
import { groupBy } from "#lib/core/collections.ts";
import { type Grade, type PublishedItem, parseAnswer } from "#lib/core/questions/index.ts";
import { type AnswerEvent, MAX_BURY_MS, type Refusal, type ReviewEvent } from "#lib/core/reviews/event.ts";
import { ratingOf } from "#lib/core/scheduling/index.ts";
import { gradeAny } from "#lib/core/tasks/index.ts";
import { instanceOf } from "#lib/core/templates/instance.ts";
import type { ItemRevision, Prisma } from "#lib/server/db/generated/client.ts";
import type { ReviewRow } from "#lib/server/db/sql/reviews.ts";
import { log } from "#lib/server/log.ts";

/** What becomes of an event: it is new, it is there already, or it is refused. */
export type Verdict = { status: "stored" | "had" } | { status: "refused"; reason: Refusal };

/** The verdict on an event whose id is another person's. */
export const ID_TAKEN: Verdict = { status: "refused", reason: "id-taken" };

export interface Judged {
  /** By event id. */
  verdicts: Map<string, Verdict>;
  /** What to insert for the events that are new. */
  rows: ReviewRow[];
}

export interface JudgeOptions {
  /**
   * Events from an export. They may be older than this installation's items, and tell of revisions that it never had:
   * the nearest one before is then graded in its place.
   */
  imported?: boolean;
}

/**
 * Judges events of one person: what each would be as a row, or why it cannot be. Answers are graded here, from what was
 * answered; a client's clock that is ahead is set back to `now`. Writes nothing. The caller holds the person's lock.
 */
export async function judgeEvents(
  tx: Prisma.TransactionClient,
  userId: string,
  events: readonly ReviewEvent[],
  now: number,
  { imported = false }: JudgeOptions = {},
): Promise<Judged> {
  const context = await loadContext(tx, userId, events, imported);
  const verdicts = new Map<string, Verdict>();
  const rows: ReviewRow[] = [];
  for (const event of events) {
    if (verdicts.has(event.id)) continue;
    const owner = context.owners.get(event.id);
    // Between one task and the next, others get their turn.
    if (!owner && event.type === "answer" && context.tasks.has(event.itemId)) await setImmediate();
    const row = owner ? null : toRow(event, context, now, imported);
    if (owner) verdicts.set(event.id, owner === userId ? { status: "had" } : ID_TAKEN);
    else if (typeof row === "string") verdicts.set(event.id, { status: "refused", reason: row });
    else if (row) {
      rows.push(row);
      verdicts.set(event.id, { status: "stored" });
    }
  }
  return { verdicts, rows };
}

/** Clocks of phones and laptops run slow by minutes; none by more than this that could be trusted at all. */
const CLOCK_TOLERANCE_MS = 3_600_000;

/** What events are judged by: everything they name, read at once. */
interface Context {
  /** Event id → owner, of those already stored. */
  owners: Map<string, string>;
  items: Map<string, { createdAt: Date }>;
  /** Items whose answers take long to grade. */
  tasks: Set<string>;
  /** Item → its revisions, newest first. */
  revisions: Map<string, ItemRevision[]>;
  /** Undoable events: id → item. */
  targets: Map<string, string>;
}

async function loadContext(
  tx: Prisma.TransactionClient,
  userId: string,
  events: readonly ReviewEvent[],
  imported: boolean,
): Promise<Context> {
  const itemIds = [...new Set(events.map(({ itemId }) => itemId))];
  const revisions = [
    ...new Set(events.flatMap((event) => (event.type === "answer" ? [event.revision] : []))),
  ];
  const targetIds = events.flatMap((event) => ("targetId" in event ? [event.targetId] : []));
  const [stored, items, asked, targets] = [
    await tx.review.findMany({
      where: { id: { in: events.map(({ id }) => id) } },
      select: { id: true, userId: true },
    }),
    await tx.item.findMany({
      where: { id: { in: itemIds } },
      select: { id: true, kind: true, createdAt: true },
    }),
    await tx.itemRevision.findMany({
      where: { itemId: { in: itemIds }, ...(imported ? {} : { revision: { in: revisions } }) },
      orderBy: { revision: "desc" },
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
    tasks: new Set(items.filter(({ kind }) => kind === "manifest").map(({ id }) => id)),
    revisions: groupBy(asked, ({ itemId }) => itemId),
    targets: new Map([...inBatch, ...targets].map(({ id, itemId }) => [id, itemId])),
  };
}

/** The row for an event, or why there cannot be one. */
function toRow(event: ReviewEvent, context: Context, now: number, imported: boolean): ReviewRow | Refusal {
  const item = context.items.get(event.itemId);
  if (!item) return "unknown-item";
  const reviewedAt = Math.min(event.at, now);
  if (!imported && reviewedAt < item.createdAt.getTime() - CLOCK_TOLERANCE_MS) return "before-item";
  const row = { ...EMPTY_ROW, id: event.id, itemId: event.itemId, type: event.type, reviewedAt };
  switch (event.type) {
    case "answer": {
      const revisions = context.revisions.get(event.itemId) ?? [];
      const asked = revisions.find(({ revision }) =>
        imported ? revision <= event.revision : revision === event.revision,
      );
      return asked ? toAnswerRow(row, event, asked) : "unknown-revision";
    }
    case "undo":
    case "redo":
      return context.targets.get(event.targetId) === event.itemId
        ? { ...row, targetId: event.targetId }
        : "unknown-target";
    case "bury": {
      const length = event.until - event.at;
      return length > MAX_BURY_MS ? "bury-too-long" : { ...row, until: reviewedAt + length };
    }
    default:
      return row;
  }
}

function toAnswerRow(
  row: ReviewRow,
  event: AnswerEvent,
  { revision, payload }: ItemRevision,
): ReviewRow | Refusal {
  const item = instanceOf(payload as unknown as PublishedItem, event.seed);
  const answer = parseAnswer(item.kind, event.answer);
  if (!answer) return "invalid-answer";
  const graded = gradeOrNull(item, answer, event.locale);
  if (!graded) return "invalid-answer";
  return {
    ...row,
    revision,
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

/** A fault of the cluster model costs the answer that found it, not the batch that it came with. */
function gradeOrNull(...given: Parameters<typeof gradeAny>): Grade | null {
  try {
    return gradeAny(...given);
  } catch (error) {
    log.error({ error, item: given[0].id }, "an answer could not be graded");
    return null;
  }
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
