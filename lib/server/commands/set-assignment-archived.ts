import { z } from "zod";
import { lockAssignment } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

export const setAssignmentArchivedSchema = z.strictObject({ assignmentId: z.uuid(), archived: z.boolean() });

/**
 * Takes an assignment out of lists or brings it back. What is out of sight must not ask for anything: archived, it is closed
 * too, and stays so when it is brought back.
 */
export async function setAssignmentArchived(
  viewer: Viewer,
  { assignmentId, archived }: z.infer<typeof setAssignmentArchivedSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    const assignment = await lockAssignment(tx, viewer, assignmentId);
    if (!assignment) return failed("not-found");
    if ((assignment.archivedAt !== null) === archived) return done(undefined);
    const { teamId, title, closedAt } = assignment;
    await tx.assignment.update({
      where: { id: assignmentId },
      data: { archivedAt: archived ? new Date(now) : null, closedAt: closedAt ?? new Date(now) },
    });
    const action = archived ? "assignment.archived" : "assignment.unarchived";
    const details = { assignmentId, title };
    await audit(tx, { teamId, action, actorId: viewer.userId, details }, now);
    return done(undefined);
  });
}
