import { z } from "zod";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

export const sendReminderAgainSchema = z.strictObject({ teamId: z.uuid(), mailId: z.uuid() });

/**
 * Gives a letter about the team that was given up its attempts anew. It goes out at the next decent hour on a day on which the
 * person has no other, with what then still holds.
 */
export async function sendReminderAgain(
  viewer: Viewer,
  { teamId, mailId }: z.infer<typeof sendReminderAgainSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "reminders.send"))) return failed("not-found");
    const where = {
      id: mailId,
      status: "failed",
      matters: { some: { teamId } },
      user: { memberships: { some: { teamId } } },
    } as const;
    const mail = await tx.reminderMail.findFirst({ where, select: { userId: true } });
    if (!mail) return failed("not-found");
    // The condition again: an owner of another team may have done it since.
    const again = await tx.reminderMail.updateMany({
      where,
      data: { status: "waiting", attempts: 0, nextAttemptAt: new Date(now), error: null },
    });
    if (again.count === 0) return failed("not-found");
    const [actorId, subjectId] = [viewer.userId, mail.userId];
    await audit(tx, { teamId, action: "reminder.resent", actorId, subjectId }, now);
    return done(undefined);
  });
}
