import { z } from "zod";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";
import { revokeInvitesOf } from "./revoke-invite.ts";

export const transferOwnershipSchema = z.strictObject({ teamId: z.uuid(), userId: z.uuid() });

/** Makes another member the owner in the viewer's place, who becomes a manager. Both at once, so there always is one. */
export async function transferOwnership(
  viewer: Viewer,
  { teamId, userId }: z.infer<typeof transferOwnershipSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "roles.change"))) return failed("not-found");
    const heir = await tx.membership.findUnique({
      where: { teamId_userId: { teamId, userId }, NOT: { userId: viewer.userId } },
      include: { user: true },
    });
    if (!heir) return failed("not-found");
    if (heir.user.isGuest) return failed("account-needed", { field: "userId" });
    await tx.membership.update({
      where: { teamId_userId: { teamId, userId } },
      data: { role: "owner" },
    });
    const before = { teamId, userId: viewer.userId };
    await tx.membership.update({ where: { teamId_userId: before }, data: { role: "manager" } });
    await revokeInvitesOf(tx, viewer.userId, { ...before, role: "manager" }, now);
    await audit(
      tx,
      { teamId, action: "ownership.transferred", actorId: viewer.userId, subjectId: userId },
      now,
    );
    await syncAssignees(tx, teamId, now);
    return done(undefined);
  });
}
