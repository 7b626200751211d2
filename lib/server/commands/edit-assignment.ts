import { z } from "zod";
import { assignmentDraftSchema } from "#lib/core/assignments/draft.ts";
import { lockAssignment } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";
import { columnsOf, endOfTeamDay, findFault, writeParts } from "./write-assignment.ts";

export const editAssignmentSchema = z.strictObject({
  assignmentId: z.uuid(),
  draft: assignmentDraftSchema,
});

/**
 * Changes an assignment. Due moments follow, but for those set for one person; who is no longer meant is taken out, and keeps
 * what they learned.
 */
export async function editAssignment(
  viewer: Viewer,
  { assignmentId, draft }: z.infer<typeof editAssignmentSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    const assignment = await lockAssignment(tx, viewer, assignmentId);
    if (!assignment) return failed("not-found");
    const { teamId, team, dueOn } = assignment;
    const columns = columnsOf(draft);
    const isMoved = columns.dueOn?.getTime() !== dueOn?.getTime();
    if (draft.due.kind === "on" && isMoved && endOfTeamDay(draft.due.day, team) <= now) {
      return failed("due-past", { field: "draft.due.day" });
    }
    const fault = await findFault(tx, teamId, draft);
    if (fault) return fault;
    await tx.assignment.update({ where: { id: assignmentId }, data: columns });
    await writeParts(tx, assignmentId, draft);
    await syncAssignees(tx, teamId, now);
    const details = { assignmentId, title: draft.title };
    await audit(tx, { teamId, action: "assignment.edited", actorId: viewer.userId, details }, now);
    return done(undefined);
  });
}
