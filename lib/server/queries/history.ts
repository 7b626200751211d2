import "server-only";
import { z } from "zod";
import { inShownOrder } from "#lib/core/exams/index.ts";
import { type Answer, KINDS, type Locale, type PublishedItem } from "#lib/core/questions/index.ts";
import { type Source, sourceSchema } from "#lib/core/reviews/event.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { getSealedAnswers } from "./exam.ts";

/** What the history can be narrowed down to; it lives in the URL. */
export const historyFilterSchema = z.object({
  area: z.string().max(80).optional().catch(undefined),
  kind: z.enum(KINDS).optional().catch(undefined),
  source: sourceSchema.optional().catch(undefined),
  result: z.enum(["right", "wrong"]).optional().catch(undefined),
  /** The last entry of the page before: its id. */
  after: z.uuid().optional().catch(undefined),
});
export type HistoryFilter = z.infer<typeof historyFilterSchema>;

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

const PAGE_SIZE = 50;

/**
 * The viewer's own answers, newest first, a page at a time; without those of final checks that may not be read. Nobody has
 * none.
 */
export async function getHistory(
  viewer: Viewer,
  filter: HistoryFilter,
): Promise<{ entries: HistoryEntry[]; next: string | null }> {
  if (!isPerson(viewer)) return { entries: [], next: null };
  const where: Prisma.ReviewWhereInput = {
    userId: viewer.userId,
    type: "answer",
    source: filter.source,
    correct: filter.result && filter.result === "right",
    item: { kind: filter.kind, concept: { areaId: filter.area } },
    id: { notIn: await getSealedAnswers(viewer) },
  };
  const cursor = filter.after
    ? await db().review.findFirst({ where: { id: filter.after, userId: viewer.userId } })
    : null;
  const rows = await db().review.findMany({
    where: cursor ? { AND: [where, before(cursor)] } : where,
    orderBy: [{ reviewedAt: "desc" }, { id: "desc" }],
    take: PAGE_SIZE + 1,
    include: { item: { select: { conceptId: true } } },
  });
  const page = rows.slice(0, PAGE_SIZE);
  const revisions = await db().itemRevision.findMany({
    where: { OR: page.map(({ itemId, revision }) => ({ itemId, revision: revision ?? 0 })) },
  });
  const asked = new Map(revisions.map((row) => [`${row.itemId}@${row.revision}`, row.payload]));
  return {
    entries: page.map((row) => ({
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
      item: shownAs(row.source, asked.get(`${row.itemId}@${row.revision}`) as unknown as PublishedItem),
    })),
    next: rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null,
  };
}

/** An item as the layout of its answer's seed was made from it. */
const shownAs = (source: Source | null, item: PublishedItem): PublishedItem =>
  source === "exam" ? inShownOrder(item) : item;

/** Entries that come after the cursor in newest-first order. */
const before = ({ reviewedAt, id }: { reviewedAt: Date; id: string }): Prisma.ReviewWhereInput => ({
  OR: [{ reviewedAt: { lt: reviewedAt } }, { reviewedAt, id: { lt: id } }],
});
