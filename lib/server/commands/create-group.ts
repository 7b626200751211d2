import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { nameSchema } from "#lib/core/teams/names.ts";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

export const createGroupSchema = z.strictObject({ teamId: z.uuid(), name: nameSchema });

/** Makes a label to put members under. */
export async function createGroup(
  viewer: Viewer,
  { teamId, name }: z.infer<typeof createGroupSchema>,
  now: number,
): Promise<Result<{ groupId: string }>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "groups.edit"))) return failed("not-found");
    if (await tx.teamGroup.findFirst({ where: { teamId, name } }))
      return failed("name-taken", { field: "name" });
    const groupId = uuidv7();
    await tx.teamGroup.create({ data: { id: groupId, teamId, name } });
    const details = { groupId, group: name };
    await audit(tx, { teamId, action: "group.created", actorId: viewer.userId, details }, now);
    return done({ groupId });
  });
}
