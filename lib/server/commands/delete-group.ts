import { z } from "zod";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

export const deleteGroupSchema = z.strictObject({ teamId: z.uuid(), groupId: z.uuid() });

/** Takes a group away. Its members stay in the team, but not in what was assigned to the group. */
export async function deleteGroup(
  viewer: Viewer,
  { teamId, groupId }: z.infer<typeof deleteGroupSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "groups.edit"))) return failed("not-found");
    const group = await tx.teamGroup.findUnique({ where: { id: groupId, teamId } });
    if (!group) return failed("not-found");
    await tx.teamGroup.delete({ where: { id: groupId } });
    const details = { groupId, group: group.name };
    await audit(tx, { teamId, action: "group.deleted", actorId: viewer.userId, details }, now);
    await syncAssignees(tx, teamId, now);
    return done(undefined);
  });
}
