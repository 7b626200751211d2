import type { Prisma } from "#lib/server/db/generated/client.ts";
import { markOf } from "#lib/server/db/memory.ts";
import { lockPerson } from "#lib/server/db/sql/reviews.ts";
import { judgeMarks, writeMarks } from "./mark-lessons.ts";
import { mergeMemberships } from "./merge-memberships.ts";
import { refoldCards } from "./refold-cards.ts";

/**
 * Makes everything a guest did part of an account: events become the account's, enrolments and lessons read are united, so
 * is their part in teams, and every card is folded anew from both histories. The guest is gone afterwards, but remembered, so that a browser which still holds
 * answers under the guest's id can hand them over. Merging twice, or a guest that is none, changes nothing.
 */
export async function mergeGuest(
  tx: Prisma.TransactionClient,
  guestId: string,
  userId: string,
  now: number,
): Promise<void> {
  // Always in the same order, so that two merges cannot wait for each other.
  for (const id of [guestId, userId].sort()) await lockPerson(tx, id);
  const guest = await tx.user.findFirst({
    where: { id: guestId, isGuest: true, NOT: { id: userId } },
    select: {
      enrollments: { select: { bankId: true } },
      lessonReads: true,
      name: true,
      calendarTokenHash: true,
    },
  });
  if (!guest) return;

  await tx.review.updateMany({ where: { userId: guestId }, data: { userId } });
  await tx.enrollment.createMany({
    data: guest.enrollments.map(({ bankId }) => ({ userId, bankId })),
    skipDuplicates: true,
  });
  const { fresh } = await judgeMarks(tx, userId, guest.lessonReads.map(markOf), now);
  await writeMarks(tx, userId, fresh);
  await mergeMemberships(tx, guestId, userId, now);
  await tx.mergedGuest.updateMany({ where: { userId: guestId }, data: { userId } });
  await tx.mergedGuest.create({ data: { guestId, userId, mergedAt: new Date(now) } });
  await tx.user.delete({ where: { id: guestId } });
  const { name, calendarTokenHash } = guest;
  await tx.user.updateMany({ where: { id: userId, name: null }, data: { name } });
  await tx.user.updateMany({ where: { id: userId, calendarTokenHash: null }, data: { calendarTokenHash } });
  await refoldCards(tx, userId, now);
}
