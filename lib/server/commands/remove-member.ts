import { z } from "zod";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";
import { endMembership, isLastOwner } from "./members.ts";
import { revokeInvitesOf } from "./revoke-invite.ts";

export const removeMemberSchema = z.strictObject({ teamId: z.uuid(), userId: z.uuid() });

/**
 * Puts somebody out of a team, with the invitations that they have made: learners by all who manage learners, everybody
 * else by owners. The last owner stays.
 */
export async function removeMember(
  viewer: Viewer,
  { teamId, userId }: z.infer<typeof removeMemberSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const key = { teamId, userId };
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "learners.manage"))) return failed("not-found");
    const member = await tx.membership.findUnique({ where: { teamId_userId: key } });
    if (!member) return failed("not-found");
    if (member.role !== "learner" && !(await lockTeam(tx, viewer, teamId, "roles.change"))) {
      return failed("not-found");
    }
    if (await isLastOwner(tx, key)) return failed("last-owner");
    await revokeInvitesOf(tx, viewer.userId, { ...key, role: null }, now);
    await endMembership(tx, key, now);
    const details = { role: member.role };
    await audit(
      tx,
      { teamId, action: "member.removed", actorId: viewer.userId, subjectId: userId, details },
      now,
    );
    return done(undefined);
  });
}
