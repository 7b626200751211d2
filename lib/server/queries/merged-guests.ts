import "server-only";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";

/** The guests that became part of the viewer: a browser may still hold answers under their ids. */
export async function mergedGuestIds(viewer: Viewer): Promise<string[]> {
  if (!isPerson(viewer)) return [];
  const rows = await db().mergedGuest.findMany({
    where: { userId: viewer.userId },
    select: { guestId: true },
  });
  return rows.map(({ guestId }) => guestId);
}
