import { z } from "zod";
import { lockAssignment } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

export const setAssignmentClosedSchema = z.strictObject({ assignmentId: z.uuid(), closed: z.boolean() });

/**
 * Closes an assignment or opens it again. Closed, it asks nobody for anything; its figures stay. Opened again, it comes to
 * everyone whom it means now. Archived ones are brought back first.
 */
export async function setAssignmentClosed(
  viewer: Viewer,
  { assignmentId, closed }: z.infer<typeof setAssignmentClosedSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    const assignment = await lockAssignment(tx, viewer, assignmentId, { archivedAt: null });
    if (!assignment) return failed("not-found");
    if ((assignment.closedAt !== null) === closed) return done(undefined);
    const { teamId, title } = assignment;
    await tx.assignment.update({
      where: { id: assignmentId },
      data: { closedAt: closed ? new Date(now) : null },
    });
    await syncAssignees(tx, teamId, now);
    const action = closed ? "assignment.closed" : "assignment.reopened";
    const details = { assignmentId, title };
    await audit(tx, { teamId, action, actorId: viewer.userId, details }, now);
    return done(undefined);
  });
}
