import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";

/** Ends the address of the viewer's calendar: it answers from now on as if it had never been. */
export async function revokeCalendarLink(viewer: Viewer): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  await db().user.updateMany({ where: { id: viewer.userId }, data: { calendarTokenHash: null } });
  return done(undefined);
}
