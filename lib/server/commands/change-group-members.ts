import { z } from "zod";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

const people = z.array(z.uuid()).max(1000);

export const changeGroupMembersSchema = z.strictObject({
  teamId: z.uuid(),
  groupId: z.uuid(),
  add: people,
  remove: people,
});

/** Puts members into a group and takes others out. Who is not in the team is passed over. */
export async function changeGroupMembers(
  viewer: Viewer,
  { teamId, groupId, add, remove }: z.infer<typeof changeGroupMembersSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "groups.edit"))) return failed("not-found");
    const group = await tx.teamGroup.findUnique({ where: { id: groupId, teamId } });
    if (!group) return failed("not-found");
    const inGroup = { some: { groupId } };
    const [entering, leaving] = await Promise.all([
      tx.membership.findMany({ where: { teamId, userId: { in: add }, NOT: { groups: inGroup } } }),
      tx.membership.findMany({ where: { teamId, userId: { in: remove }, groups: inGroup } }),
    ]);
    await tx.groupMember.createMany({
      data: entering.map(({ userId }) => ({ groupId, teamId, userId })),
    });
    await tx.groupMember.deleteMany({
      where: { groupId, userId: { in: leaving.map(({ userId }) => userId) } },
    });
    const entry = { teamId, actorId: viewer.userId, details: { groupId, group: group.name } };
    for (const { userId } of entering) {
      await audit(tx, { ...entry, action: "group.joined", subjectId: userId }, now);
    }
    for (const { userId } of leaving) {
      await audit(tx, { ...entry, action: "group.left", subjectId: userId }, now);
    }
    await syncAssignees(tx, teamId, now);
    return done(undefined);
  });
}
