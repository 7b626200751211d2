import { z } from "zod";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { Role } from "#lib/server/db/generated/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";
import { isLastOwner } from "./members.ts";
import { revokeInvitesOf } from "./revoke-invite.ts";

export const changeRoleSchema = z.strictObject({ teamId: z.uuid(), userId: z.uuid(), role: z.enum(Role) });

/**
 * Gives a member another role, oneself too. The last owner stays one, and a guest a learner. Invitations that somebody may
 * not make any more are withdrawn.
 */
export async function changeRole(
  viewer: Viewer,
  { teamId, userId, role }: z.infer<typeof changeRoleSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const key = { teamId, userId };
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "roles.change"))) return failed("not-found");
    const where = { teamId_userId: key };
    const member = await tx.membership.findUnique({ where, include: { user: true } });
    if (!member) return failed("not-found");
    if (member.role === role) return done(undefined);
    if (member.user.isGuest) return failed("account-needed", { field: "role" });
    if (await isLastOwner(tx, key)) return failed("last-owner", { field: "role" });
    await tx.membership.update({ where, data: { role } });
    await revokeInvitesOf(tx, viewer.userId, { ...key, role }, now);
    const details = { from: member.role, to: role };
    await audit(
      tx,
      { teamId, action: "role.changed", actorId: viewer.userId, subjectId: userId, details },
      now,
    );
    await syncAssignees(tx, teamId, now);
    return done(undefined);
  });
}
