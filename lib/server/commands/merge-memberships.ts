import { holdTeam } from "#lib/server/auth/scope.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { audit } from "./audit.ts";
import { closeAttempt } from "./close-attempts.ts";

/**
 * Makes a guest's part in teams an account's: memberships with their groups and assignments, and the final checks taken.
 * Where both are in a team the account keeps its role and what it shares, and has been there since whoever came first.
 */
export async function mergeMemberships(
  tx: Prisma.TransactionClient,
  guestId: string,
  userId: string,
  now: number,
): Promise<void> {
  const teams = await tx.membership.findMany({
    where: { userId: guestId },
    select: { teamId: true },
    orderBy: { teamId: "asc" },
  });
  for (const { teamId } of teams) {
    await holdTeam(tx, teamId);
    await mergeMembership(tx, { teamId, guestId, userId });
  }
  await mergeAttempts(tx, guestId, userId, now);
  await tx.invite.updateMany({ where: { createdById: guestId }, data: { createdById: userId } });
  for (const { teamId } of teams) {
    await tx.membership.delete({ where: { teamId_userId: { teamId, userId: guestId } } });
    const details = { from: guestId };
    await audit(tx, { teamId, action: "member.merged", actorId: userId, subjectId: userId, details }, now);
    await syncAssignees(tx, teamId, now);
  }
}

async function mergeMembership(
  tx: Prisma.TransactionClient,
  { teamId, guestId, userId }: { teamId: string; guestId: string; userId: string },
): Promise<void> {
  const of = (id: string) => ({ teamId_userId: { teamId, userId: id } });
  const guest = await tx.membership.findUniqueOrThrow({
    where: of(guestId),
    include: { groups: true, assigned: true },
  });
  const { role, joinedAt, sharesAll, groups, assigned } = guest;
  const own = await tx.membership.findUnique({ where: of(userId) });
  if (!own) await tx.membership.create({ data: { teamId, userId, role, joinedAt, sharesAll } });
  else if (joinedAt < own.joinedAt) await tx.membership.update({ where: of(userId), data: { joinedAt } });
  await tx.groupMember.createMany({
    data: groups.map(({ groupId }) => ({ groupId, teamId, userId })),
    skipDuplicates: true,
  });
  await tx.assignmentTarget.updateMany({
    where: { userId: guestId, assignment: { teamId } },
    data: { userId },
  });
  await tx.assignee.createMany({ data: assigned.map((row) => ({ ...row, userId })), skipDuplicates: true });
  // More time that was given to the guest alone was given to the same person.
  for (const { assignmentId, dueAt, extended } of assigned) {
    if (!extended) continue;
    const where = { assignmentId, userId, extended: false, dueAt: { lt: dueAt } };
    await tx.assignee.updateMany({ where, data: { dueAt, extended } });
  }
}

/** Numbers the attempts of both in the order in which they were begun, so that none is won by having been two people. */
async function mergeAttempts(
  tx: Prisma.TransactionClient,
  guestId: string,
  userId: string,
  now: number,
): Promise<void> {
  const begun = await tx.examAttempt.findMany({ where: { userId: guestId }, select: { assignmentId: true } });
  for (const assignmentId of new Set(begun.map((attempt) => attempt.assignmentId))) {
    const attempts = await tx.examAttempt.findMany({
      where: { assignmentId, userId: { in: [guestId, userId] } },
      orderBy: [{ startedAt: "asc" }, { id: "asc" }],
    });
    // One can be open. Of two, the guest's is handed in: what it has saved counts.
    const open = attempts.filter(({ submittedAt }) => submittedAt === null);
    const guests = open.find((attempt) => attempt.userId === guestId);
    if (open.length > 1 && guests) await closeAttempt(tx, { id: guests.id, userId }, now);
    // Numbers are taken while they change.
    for (const [index, { id }] of attempts.entries()) {
      await tx.examAttempt.update({ where: { id }, data: { number: -1 - index } });
    }
    for (const [index, { id }] of attempts.entries()) {
      await tx.examAttempt.update({ where: { id }, data: { userId, number: index + 1 } });
    }
  }
}
