import type { Prisma, PrismaClient } from "#lib/server/db/generated/client.ts";
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

/** Areas, banks, misconceptions, and concepts with their needs. */
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

  const knownMisconceptions = await hashesOf(
    tx.misconception.findMany({ where: live, select: { id: true, contentHash: true } }),
  );
  for (const { id, area, hash, ...text } of content.misconceptions) {
    if (knownMisconceptions.get(id) === hash) continue;
    const row = { areaId: area, contentHash: hash, retiredAt: null, ...text };
    await tx.misconception.upsert({ where: { id }, create: { id, ...row }, update: row });
  }
  await tx.misconception.updateMany({
    where: { ...gone(content.misconceptions), ...live },
    data: { retiredAt: now },
  });

  const knownConcepts = await hashesOf(
    tx.concept.findMany({ where: live, select: { id: true, contentHash: true } }),
  );
  const changed = content.concepts.filter(({ id, hash }) => knownConcepts.get(id) !== hash);
  for (const { id, area, hash, needs: _, sources, diagram, ...rest } of changed) {
    const row = {
      ...rest,
      areaId: area,
      contentHash: hash,
      diagram: diagram ?? null,
      sources: toJson(sources),
      retiredAt: null,
    };
    await tx.concept.upsert({ where: { id }, create: { id, ...row }, update: row });
  }
  await tx.concept.updateMany({ where: { ...gone(content.concepts), ...live }, data: { retiredAt: now } });
  await tx.conceptNeed.deleteMany({ where: { conceptId: { in: changed.map(({ id }) => id) } } });
  await tx.conceptNeed.createMany({
    data: changed.flatMap(({ id, needs }) => needs.map((needsId) => ({ conceptId: id, needsId }))),
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

async function hashesOf(rows: Promise<{ id: string; contentHash: string }[]>): Promise<Map<string, string>> {
  return new Map((await rows).map(({ id, contentHash }) => [id, contentHash]));
}

/** Content is plain data from YAML: what Prisma's type for JSON cannot see. */
const toJson = (value: unknown) => value as Prisma.InputJsonValue;
