import type { Prisma, PrismaClient } from "#lib/server/db/generated/client.ts";
import { writeMemberWeeks } from "#lib/server/db/sql/member-figures.ts";
import type { PublishedContent } from "./publish.ts";

/** What a sync did, in items. */
export interface SyncSummary {
  unchanged: boolean;
  added: number;
  revised: number;
  retired: number;
}

/** Serialises syncs of several processes that start at once. Any number will do; it must stay the same. */
const SYNC_LOCK = 7_061_001;

/**
 * Mirrors published content into the database. Idempotent, in one transaction, safe while learners study: a changed
 * item gets a new revision and keeps its card states; one that is gone is retired, so it leaves queues but not history.
 */
export async function syncContent(
  db: PrismaClient,
  content: PublishedContent,
  now: Date,
): Promise<SyncSummary> {
  const last = await db.contentSync.findUnique({ where: { id: 1 } });
  if (last?.contentHash === content.hash) return { unchanged: true, added: 0, revised: 0, retired: 0 };

  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SYNC_LOCK})`;
      await syncCurriculum(tx, content, now);
      const summary = await syncItems(tx, content, now);
      const sync = { contentHash: content.hash, syncedAt: now };
      await tx.contentSync.upsert({ where: { id: 1 }, create: { id: 1, ...sync }, update: sync });
      return { unchanged: false, ...summary };
    },
    { timeout: 60_000 },
  );
}

/** Areas, banks, tours, misconceptions, and concepts with their needs. */
async function syncCurriculum(
  tx: Prisma.TransactionClient,
  content: PublishedContent,
  now: Date,
): Promise<void> {
  for (const { id, ...area } of content.areas) {
    await tx.area.upsert({ where: { id }, create: { id, ...area }, update: area });
  }
  for (const { id, ...bank } of content.banks) {
    await tx.bank.upsert({ where: { id }, create: { id, ...bank }, update: { ...bank, retiredAt: null } });
  }
  await tx.bank.updateMany({ where: { ...gone(content.banks), ...live }, data: { retiredAt: now } });

  // Nothing refers to a tour.
  await tx.tour.deleteMany();
  await tx.tour.createMany({
    data: content.tours.map(({ payload, ...tour }) => ({ ...tour, payload: toJson(payload) })),
  });

  const misconceptions = content.misconceptions.map(({ area, hash, ...rest }) => ({
    ...rest,
    areaId: area,
    contentHash: hash,
    retiredAt: null,
  }));
  const wrong = sortOut(misconceptions, await tx.misconception.findMany({ select: stamp }));
  await tx.misconception.createMany({ data: wrong.fresh });
  for (const { id, ...row } of wrong.changed) await tx.misconception.update({ where: { id }, data: row });
  await tx.misconception.updateMany({
    where: { ...gone(content.misconceptions), ...live },
    data: { retiredAt: now },
  });

  const concepts = content.concepts.map(({ area, hash, needs: _, sources, diagram, ...rest }) => ({
    ...rest,
    areaId: area,
    contentHash: hash,
    diagram: diagram ?? null,
    sources: toJson(sources),
    retiredAt: null,
  }));
  const taught = sortOut(concepts, await tx.concept.findMany({ select: stamp }));
  await tx.concept.createMany({ data: taught.fresh });
  for (const { id, ...row } of taught.changed) await tx.concept.update({ where: { id }, data: row });
  const touched = new Set([...taught.fresh, ...taught.changed].map(({ id }) => id));
  await tx.concept.updateMany({ where: { ...gone(content.concepts), ...live }, data: { retiredAt: now } });
  await tx.conceptNeed.deleteMany({ where: { conceptId: { in: [...touched] } } });
  await tx.conceptNeed.createMany({
    data: content.concepts
      .filter(({ id }) => touched.has(id))
      .flatMap(({ id, needs }) => needs.map((needsId) => ({ conceptId: id, needsId }))),
  });
}

async function syncItems(
  tx: Prisma.TransactionClient,
  content: PublishedContent,
  now: Date,
): Promise<Omit<SyncSummary, "unchanged">> {
  const stored = new Map((await tx.item.findMany()).map((item) => [item.id, item]));
  const fresh = content.items.filter(({ payload }) => !stored.has(payload.id));
  await tx.item.createMany({
    data: fresh.map((item) => ({
      id: item.payload.id,
      createdAt: now,
      ...itemRow(item, item.payload.revision),
    })),
  });
  await tx.itemRevision.createMany({
    data: fresh.map((item) => revisionRow(item, item.payload.revision, now)),
  });

  let revised = 0;
  for (const item of content.items) {
    const before = stored.get(item.payload.id);
    if (!before) continue;
    const same = before.contentHash === item.hash;
    // Authors raise `revision` for a change of meaning; any other change still gets a number of its own.
    const revision = same ? before.revision : Math.max(before.revision + 1, item.payload.revision);
    if (!same) {
      revised++;
      await tx.itemRevision.create({ data: revisionRow(item, revision, now) });
    }
    if (!same || before.retiredAt !== null || before.position !== item.position) {
      await tx.item.update({ where: { id: before.id }, data: itemRow(item, revision) });
    }
  }

  // What was answered on them counts for the concept that they have now.
  const moved = content.items.filter(
    ({ payload, concept }) => (stored.get(payload.id)?.conceptId ?? concept) !== concept,
  );
  if (moved.length > 0)
    await writeMemberWeeks(
      tx,
      {},
      moved.map(({ payload }) => payload.id),
    );

  const retired = await tx.item.updateMany({
    where: { ...gone(content.items.map(({ payload }) => payload)), ...live },
    data: { retiredAt: now },
  });
  return { added: fresh.length, revised, retired: retired.count };
}

type ItemToSync = PublishedContent["items"][number];

const itemRow = ({ payload, bank, concept, position, hash }: ItemToSync, revision: number) => ({
  bankId: bank,
  conceptId: concept,
  position,
  revision,
  kind: payload.kind,
  difficulty: payload.difficulty,
  family: payload.family ?? null,
  contentHash: hash,
  retiredAt: null,
});

const revisionRow = ({ payload }: ItemToSync, revision: number, createdAt: Date) => ({
  itemId: payload.id,
  revision,
  payload: toJson({ ...payload, revision }),
  createdAt,
});

const live = { retiredAt: null };
const gone = (kept: readonly { id: string }[]) => ({ id: { notIn: kept.map(({ id }) => id) } });

const stamp = { id: true, contentHash: true, retiredAt: true };

/** Which rows are new, and which are stored otherwise or retired. What is stored as it is needs nothing. */
function sortOut<Row extends { id: string; contentHash: string }>(
  rows: readonly Row[],
  stored: readonly { id: string; contentHash: string; retiredAt: Date | null }[],
): { fresh: Row[]; changed: Row[] } {
  const known = new Map(stored.map((row) => [row.id, row]));
  return {
    fresh: rows.filter(({ id }) => !known.has(id)),
    changed: rows.filter(({ id, contentHash }) => {
      const before = known.get(id);
      return before !== undefined && (before.contentHash !== contentHash || before.retiredAt !== null);
    }),
  };
}

/** Content is plain data from YAML: what Prisma's type for JSON cannot see. */
const toJson = (value: unknown) => value as Prisma.InputJsonValue;
