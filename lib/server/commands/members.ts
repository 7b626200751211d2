import type { Prisma, Role } from "#lib/server/db/generated/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { writeMemberFigures } from "#lib/server/db/sql/member-figures.ts";
import { type AuditEntry, audit } from "./audit.ts";

/**
 * What joining and leaving have in common, however it comes about. All of it within a transaction that holds the team, so
 * that the count of owners stands.
 */

/** Makes somebody a member, and their assignments with it. */
export async function addMember(
  tx: Prisma.TransactionClient,
  member: { teamId: string; userId: string; role: Role; groupId?: string | null },
  entry: Pick<AuditEntry, "actorId" | "details">,
  now: number,
): Promise<void> {
  const { teamId, userId, role, groupId } = member;
  await tx.membership.create({ data: { teamId, userId, role, joinedAt: new Date(now) } });
  // What they learned before counts at once.
  await writeMemberFigures(tx, userId, []);
  if (groupId) await tx.groupMember.create({ data: { groupId, teamId, userId } });
  await audit(tx, { teamId, action: "member.joined", subjectId: userId, ...entry }, now);
  await syncAssignees(tx, teamId, now);
}

/** Ends a membership, with what hangs on it. What the person learned stays theirs. */
export async function endMembership(
  tx: Prisma.TransactionClient,
  { teamId, userId }: { teamId: string; userId: string },
  now: number,
): Promise<void> {
  await tx.assignmentTarget.deleteMany({ where: { userId, assignment: { teamId } } });
  await tx.membership.delete({ where: { teamId_userId: { teamId, userId } } });
  await syncAssignees(tx, teamId, now);
}

/** Whether somebody is the one owner that a team has left. */
export async function isLastOwner(
  tx: Prisma.TransactionClient,
  { teamId, userId }: { teamId: string; userId: string },
): Promise<boolean> {
  const owners = await tx.membership.findMany({ where: { teamId, role: "owner" }, select: { userId: true } });
  return owners.length === 1 && owners[0]?.userId === userId;
}
