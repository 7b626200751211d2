import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";

/** Ends every session of the viewer, on every device. Answers whom to sign in again here. */
export async function signOutEverywhere(
  viewer: Viewer,
): Promise<Result<{ userId: string; version: number }>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const { id, sessionVersion } = await db().user.update({
    where: { id: viewer.userId },
    data: { sessionVersion: { increment: 1 } },
  });
  return done({ userId: id, version: sessionVersion });
}
