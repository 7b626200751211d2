import "server-only";
import { inShownOrder } from "#lib/core/exams/index.ts";
import type { Answer, Locale, PublishedItem } from "#lib/core/questions/index.ts";
import type { Source } from "#lib/core/reviews/event.ts";
import { instanceOf } from "#lib/core/templates/instance.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";

/** One answer with everything needed to show it again as it was. */
export interface HistoryEntry {
  id: string;
  at: number;
  source: Source;
  correct: boolean;
  score: number;
  hinted: boolean;
  durationMs: number;
  locale: Locale;
  seed: number;
  answer: Answer;
  undone: boolean;
  item: PublishedItem;
  conceptId: string;
}

/** Answers as they were given, newest first. Whose they may be is for the caller to say. */
export async function shownAnswers(where: Prisma.ReviewWhereInput, take?: number): Promise<HistoryEntry[]> {
  const rows = await db().review.findMany({
    where,
    orderBy: [{ reviewedAt: "desc" }, { id: "desc" }],
    ...(take === undefined ? {} : { take }),
    include: { item: { select: { conceptId: true } } },
  });
  const revisions = await db().itemRevision.findMany({
    where: { OR: rows.map(({ itemId, revision }) => ({ itemId, revision: revision ?? 0 })) },
  });
  const asked = new Map(revisions.map((row) => [`${row.itemId}@${row.revision}`, row.payload]));
  return rows.map((row) => ({
    id: row.id,
    at: row.reviewedAt.getTime(),
    source: row.source ?? "study",
    correct: row.correct ?? false,
    score: row.score ?? 0,
    hinted: row.hinted ?? false,
    durationMs: row.durationMs ?? 0,
    locale: row.locale ?? "ja",
    seed: Number(row.seed ?? 0),
    answer: row.answer as Answer,
    undone: row.undoneAt !== null,
    conceptId: row.item.conceptId,
    item: shownAs(row, asked.get(`${row.itemId}@${row.revision}`) as unknown as PublishedItem),
  }));
}

/** An item as the layout of its answer's seed was made from it. */
const shownAs = (
  { source, seed }: { source: Source | null; seed: bigint | null },
  item: PublishedItem,
): PublishedItem => (source === "exam" ? inShownOrder(item) : instanceOf(item, Number(seed ?? 0)));
