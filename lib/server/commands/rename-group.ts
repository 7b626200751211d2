import { z } from "zod";
import { nameSchema } from "#lib/core/teams/names.ts";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

export const renameGroupSchema = z.strictObject({
  teamId: z.uuid(),
  groupId: z.uuid(),
  name: nameSchema,
});

/** Gives a group another name. */
export async function renameGroup(
  viewer: Viewer,
  { teamId, groupId, name }: z.infer<typeof renameGroupSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "groups.edit"))) return failed("not-found");
    const group = await tx.teamGroup.findUnique({ where: { id: groupId, teamId } });
    if (!group) return failed("not-found");
    if (group.name === name) return done(undefined);
    if (await tx.teamGroup.findFirst({ where: { teamId, name } }))
      return failed("name-taken", { field: "name" });
    await tx.teamGroup.update({ where: { id: groupId }, data: { name } });
    const details = { groupId, before: group.name, group: name };
    await audit(tx, { teamId, action: "group.renamed", actorId: viewer.userId, details }, now);
    return done(undefined);
  });
}
