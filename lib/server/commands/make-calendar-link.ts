import { randomBytes } from "node:crypto";
import { hashOf } from "#lib/server/auth/tokens.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { config } from "#lib/server/config.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";

/**
 * Makes the address at which other programs read the viewer's calendar; one made before stops working. It is told this once: what is
 * kept is a hash.
 */
export async function makeCalendarLink(viewer: Viewer): Promise<Result<{ url: string }>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  if (viewer.kind === "guest") return failed("account-needed");
  const secret = randomBytes(32).toString("base64url");
  await db().user.updateMany({
    where: { id: viewer.userId },
    data: { calendarTokenHash: hashOf(secret) },
  });
  return done({ url: `${config().appUrl}/api/calendar/${secret}` });
}
