import { uuidv7 } from "uuidv7";
import { z } from "zod";
import type { TeamAction } from "#lib/server/auth/policy.ts";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { hashOf, newSecret } from "#lib/server/auth/tokens.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { type Prisma, Role } from "#lib/server/db/generated/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

/** What all invitations have, however they go out. */
export const inviteOptionsSchema = z.strictObject({
  teamId: z.uuid(),
  role: z.enum(Role),
  /** The group that whoever joins is put into. */
  groupId: z.uuid().nullable(),
  /** How long it works, in days. */
  days: z.int().min(1).max(90),
});

export const createInviteSchema = inviteOptionsSchema.extend({
  /** How many may join by it. */
  maxUses: z.int().min(1).max(1000),
});

/** Learners are invited by all who manage learners, everybody else by owners alone. */
export const mayInvite = (role: Role): TeamAction =>
  role === "learner" ? "learners.manage" : "roles.change";

/**
 * Makes a link by which people join a team. Its secret is answered this once; only the hash is kept.
 * @returns the secret, for the link's address
 */
export async function createInvite(
  viewer: Viewer,
  { teamId, role, groupId, days, maxUses }: z.infer<typeof createInviteSchema>,
  now: number,
): Promise<Result<{ secret: string }>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, mayInvite(role)))) return failed("not-found");
    if (!(await isGroupOf(tx, teamId, groupId))) return failed("not-found", { field: "groupId" });
    const invite = { teamId, role, groupId, maxUses, createdById: viewer.userId };
    const { id, secret } = await storeInvite(tx, { ...invite, days }, now);
    const details = { inviteId: id, role, maxUses, days };
    await audit(tx, { teamId, action: "invite.created", actorId: viewer.userId, details }, now);
    return done({ secret });
  });
}

/** Whether a group is the team's; none is always. */
export async function isGroupOf(
  tx: Prisma.TransactionClient,
  teamId: string,
  groupId: string | null,
): Promise<boolean> {
  return groupId === null || (await tx.teamGroup.count({ where: { id: groupId, teamId } })) === 1;
}

/** Keeps an invitation. @returns its id, and the secret that is kept nowhere */
export async function storeInvite(
  tx: Prisma.TransactionClient,
  {
    days,
    ...invite
  }: Pick<Prisma.InviteUncheckedCreateInput, "teamId" | "role" | "groupId" | "email"> & {
    createdById: string;
    maxUses: number;
    days: number;
  },
  now: number,
): Promise<{ id: string; secret: string }> {
  const [id, secret] = [uuidv7(), newSecret()];
  await tx.invite.create({
    data: {
      id,
      tokenHash: hashOf(secret),
      createdAt: new Date(now),
      expiresAt: new Date(now + days * 86_400_000),
      ...invite,
    },
  });
  return { id, secret };
}
