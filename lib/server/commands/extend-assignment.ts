import { z } from "zod";
import { lockAssignment } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";
import { endOfTeamDay } from "./write-assignment.ts";

export const extendAssignmentSchema = z.strictObject({
  assignmentId: z.uuid(),
  userId: z.uuid(),
  /** The day at whose end it is due for this person alone, `YYYY-MM-DD`; null for the assignment's own. */
  day: z.iso.date("due-missing").nullable(),
});

/** Sets when an open assignment is due for one person. Edits of the assignment do not move it any more. */
export async function extendAssignment(
  viewer: Viewer,
  { assignmentId, userId, day }: z.infer<typeof extendAssignmentSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    const assignment = await lockAssignment(tx, viewer, assignmentId, {
      closedAt: null,
      assignees: { some: { userId } },
    });
    if (!assignment) return failed("not-found");
    const { teamId, team, title } = assignment;
    const dueAt = day === null ? null : endOfTeamDay(day, team);
    if (dueAt !== null && dueAt <= now) return failed("due-past", { field: "day" });
    await tx.assignee.update({
      where: { assignmentId_userId: { assignmentId, userId } },
      data:
        dueAt === null
          ? { extended: false }
          : { dueAt: new Date(dueAt), extended: true, readinessAtDue: null },
    });
    await syncAssignees(tx, teamId, now);
    await audit(
      tx,
      {
        teamId,
        action: "assignment.extended",
        actorId: viewer.userId,
        subjectId: userId,
        details: { assignmentId, title, day },
      },
      now,
    );
    return done(undefined);
  });
}
