import "server-only";
import { z } from "zod";
import { KINDS } from "#lib/core/questions/index.ts";
import { sourceSchema } from "#lib/core/reviews/event.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { type HistoryEntry, shownAnswers } from "#lib/server/shown-answers.ts";
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
  const entries = await shownAnswers(cursor ? { AND: [where, before(cursor)] } : where, PAGE_SIZE + 1);
  const page = entries.slice(0, PAGE_SIZE);
  return { entries: page, next: entries.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null };
}

/** Entries that come after the cursor in newest-first order. */
const before = ({ reviewedAt, id }: { reviewedAt: Date; id: string }): Prisma.ReviewWhereInput => ({
  OR: [{ reviewedAt: { lt: reviewedAt } }, { reviewedAt, id: { lt: id } }],
});
