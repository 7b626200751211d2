import { groupBy } from "#lib/core/collections.ts";
import { type Refusal, type ReviewEvent, reviewEventSchema } from "#lib/core/reviews/event.ts";
import { accountFileSchema, type ImportPlan } from "#lib/interop/account-file.ts";
import { personOf } from "#lib/server/auth/person.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { insertReviews, lockPerson, type ReviewRow } from "#lib/server/db/sql/reviews.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { columnsOf, wishesOf } from "#lib/server/mail/wishes.ts";
import { ID_TAKEN, judgeEvents, type Verdict } from "./judge-events.ts";
import { judgeMarks, writeMarks } from "./mark-lessons.ts";
import { refoldCards } from "./refold-cards.ts";

/**
 * Reads an exported account into the viewer's own: answers and lessons read are added to what is there and the answers
 * graded here, settings, wishes for letters and enrolments become those of the file. All of the plan in one transaction, or nothing. Importing twice changes nothing.
 * @param file as it was uploaded; nothing of it is trusted
 * @param options.apply false tells the plan and writes nothing
 */
export async function importAccount(
  viewer: Viewer,
  file: unknown,
  { apply, now }: { apply: boolean; now: number },
): Promise<Result<ImportPlan>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const { userId } = viewer;
  const parsed = accountFileSchema.safeParse(file);
  if (!parsed.success) {
    return failed("import-invalid", { field: parsed.error.issues[0]?.path.join(".") ?? "" });
  }
  const { exportedAt, settings, letters, enrollments, lessons, events } = parsed.data;
  const valid = events.flatMap((event): ReviewEvent[] => {
    const { success, data } = reviewEventSchema.safeParse(event);
    return success ? [data] : [];
  });

  return db().$transaction(
    async (tx) => {
      await lockPerson(tx, userId);
      const user = await tx.user.findUnique({ where: { id: userId } });
      if (!user) return failed("not-signed-in");
      const { verdicts, rows } = await judgeEvents(tx, userId, valid, now, { imported: true });
      const marks = lessons.map((mark) => ({ ...mark, at: Date.parse(mark.at) }));
      const { fresh, unknown } = await judgeMarks(tx, userId, marks, now);
      if (apply) {
        const stored = await insertAll(tx, userId, rows, now);
        for (const { id } of rows) if (!stored.has(id)) verdicts.set(id, ID_TAKEN);
        const { weights, ...chosen } = settings;
        await tx.user.update({
          where: { id: userId },
          data: { ...chosen, ...columnsOf(letters ?? {}), schedulerWeights: weights ?? [] },
        });
        await enrolIn(tx, userId, enrollments);
        await writeMarks(tx, userId, fresh);
        await refoldCards(tx, userId, now);
      }
      return done({
        exportedAt,
        ...count([...verdicts.values()], {
          malformed: events.length - valid.length,
          "unknown-concept": unknown.size,
        }),
        lessons: fresh.length,
        settings: changesOf(
          { ...personOf(user), letters: wishesOf(user) },
          { ...settings, ...(letters ? { letters } : {}) },
        ),
      });
    },
    { timeout: 120_000 },
  );
}

/** Rows that one statement takes as one parameter, well below what either engine holds in memory. */
const CHUNK = 5000;

async function insertAll(
  tx: Prisma.TransactionClient,
  userId: string,
  rows: readonly ReviewRow[],
  now: number,
): Promise<Set<string>> {
  const stored = new Set<string>();
  for (let start = 0; start < rows.length; start += CHUNK) {
    const ids = await insertReviews(tx, userId, rows.slice(start, start + CHUNK), now);
    for (const id of ids) stored.add(id);
  }
  return stored;
}

/** Enrols in exactly these banks, as far as they are here. */
async function enrolIn(tx: Prisma.TransactionClient, userId: string, bankIds: string[]): Promise<void> {
  const banks = await tx.bank.findMany({ where: { id: { in: bankIds } }, select: { id: true } });
  await tx.enrollment.deleteMany({ where: { userId, bankId: { notIn: bankIds } } });
  await tx.enrollment.createMany({
    data: banks.map(({ id }) => ({ userId, bankId: id })),
    skipDuplicates: true,
  });
}

function count(
  verdicts: Verdict[],
  others: Partial<Record<Refusal, number>>,
): Pick<ImportPlan, "fresh" | "had" | "refused"> {
  const refused = groupBy(
    verdicts.flatMap((verdict) => (verdict.status === "refused" ? [verdict.reason] : [])),
    (reason) => reason,
  );
  const reasons = [
    ...[...refused].map(([reason, { length }]): [Refusal, number] => [reason, length]),
    ...(Object.entries(others) as [Refusal, number][]),
  ];
  return {
    fresh: verdicts.filter(({ status }) => status === "stored").length,
    had: verdicts.filter(({ status }) => status === "had").length,
    refused: reasons.flatMap(([reason, number]) => (number > 0 ? [{ reason, count: number }] : [])),
  };
}

type Changeable = ImportPlan["settings"][number];

function changesOf(
  before: { readonly [name in Changeable]: unknown },
  after: { readonly [name in Changeable]?: unknown },
): Changeable[] {
  const names = Object.keys(after) as Changeable[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
