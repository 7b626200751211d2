import { z } from "zod";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";
import { endMembership, isLastOwner } from "./members.ts";
import { revokeInvitesOf } from "./revoke-invite.ts";

export const leaveTeamSchema = z.strictObject({ teamId: z.uuid() });

/** Takes the viewer out of a team. The last owner stays until there is another. */
export async function leaveTeam(
  viewer: Viewer,
  { teamId }: z.infer<typeof leaveTeamSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const member = { teamId, userId: viewer.userId };
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "team.see"))) return failed("not-found");
    if (await isLastOwner(tx, member)) return failed("last-owner");
    await revokeInvitesOf(tx, viewer.userId, { ...member, role: null }, now);
    await endMembership(tx, member, now);
    await audit(tx, { teamId, action: "member.left", actorId: viewer.userId, subjectId: viewer.userId }, now);
    return done(undefined);
  });
}
