import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { assignmentDraftSchema } from "#lib/core/assignments/draft.ts";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";
import { columnsOf, endOfTeamDay, findFault, writeParts } from "./write-assignment.ts";

export const createAssignmentSchema = z.strictObject({ teamId: z.uuid(), draft: assignmentDraftSchema });

/** Assigns something to people of a team. What they know of it already counts. */
export async function createAssignment(
  viewer: Viewer,
  { teamId, draft }: z.infer<typeof createAssignmentSchema>,
  now: number,
): Promise<Result<{ assignmentId: string }>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    const team = await lockTeam(tx, viewer, teamId, "assignments.edit");
    if (!team) return failed("not-found");
    if (draft.due.kind === "on" && endOfTeamDay(draft.due.day, team) <= now) {
      return failed("due-past", { field: "draft.due.day" });
    }
    const fault = await findFault(tx, teamId, draft);
    if (fault) return fault;
    const assignmentId = uuidv7();
    await tx.assignment.create({
      data: { id: assignmentId, teamId, createdAt: new Date(now), ...columnsOf(draft) },
    });
    await writeParts(tx, assignmentId, draft);
    await syncAssignees(tx, teamId, now);
    const details = { assignmentId, title: draft.title };
    await audit(tx, { teamId, action: "assignment.created", actorId: viewer.userId, details }, now);
    return done({ assignmentId });
  });
}
