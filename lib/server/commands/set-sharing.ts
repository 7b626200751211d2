import { z } from "zod";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

export const setSharingSchema = z.strictObject({ teamId: z.uuid(), sharesAll: z.boolean() });

/** Lets managers of a team see all that the viewer studies, or what is assigned alone. Nobody sets it for somebody else. */
export async function setSharing(
  viewer: Viewer,
  { teamId, sharesAll }: z.infer<typeof setSharingSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const { userId } = viewer;
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "team.see"))) return failed("not-found");
    const { count } = await tx.membership.updateMany({
      where: { teamId, userId, sharesAll: !sharesAll },
      data: { sharesAll },
    });
    if (count > 0) {
      const details = { sharesAll };
      await audit(
        tx,
        { teamId, action: "sharing.changed", actorId: userId, subjectId: userId, details },
        now,
      );
    }
    return done(undefined);
  });
}
