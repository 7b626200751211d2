import { z } from "zod";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma, Role } from "#lib/server/db/generated/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";
import { mayInvite } from "./create-invite.ts";

export const revokeInviteSchema = z.strictObject({ teamId: z.uuid(), inviteId: z.uuid() });

/** Withdraws an invitation: nobody joins by it any more. Who has joined stays. */
export async function revokeInvite(
  viewer: Viewer,
  { teamId, inviteId }: z.infer<typeof revokeInviteSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    const invite = await tx.invite.findUnique({ where: { id: inviteId, teamId, revokedAt: null } });
    if (!invite || !(await lockTeam(tx, viewer, teamId, mayInvite(invite.role)))) return failed("not-found");
    await revoke(tx, viewer.userId, { id: inviteId, teamId }, now);
    return done(undefined);
  });
}

/** Withdraws what somebody has invited to who may invite no more, as a member of the given role or as none. */
export async function revokeInvitesOf(
  tx: Prisma.TransactionClient,
  actorId: string,
  { teamId, userId, role }: { teamId: string; userId: string; role: Role | null },
  now: number,
): Promise<void> {
  if (role === "owner") return;
  const others: Role[] = ["owner", "manager"];
  const where = { teamId, createdById: userId, ...(role === "manager" ? { role: { in: others } } : {}) };
  await revoke(tx, actorId, where, now);
}

async function revoke(
  tx: Prisma.TransactionClient,
  actorId: string,
  where: Prisma.InviteWhereInput & { teamId: string },
  now: number,
): Promise<void> {
  const invites = await tx.invite.findMany({
    where: { ...where, revokedAt: null, expiresAt: { gt: new Date(now) } },
    select: { id: true },
  });
  for (const { id } of invites) {
    await tx.invite.update({ where: { id }, data: { revokedAt: new Date(now) } });
    const entry = {
      teamId: where.teamId,
      action: "invite.revoked",
      actorId,
      details: { inviteId: id },
    } as const;
    await audit(tx, entry, now);
  }
}
