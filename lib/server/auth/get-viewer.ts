import "server-only";
import { cache } from "react";
import { db } from "#lib/server/db/client.ts";
import { personOf } from "./person.ts";
import { readSession, type Session } from "./session.ts";
import { NOBODY, type Viewer } from "./viewer.ts";

/** Who asks, once per request. */
export const getViewer = cache(async (): Promise<Viewer> => {
  const session = await readSession();
  return session ? viewerOf(session) : NOBODY;
});

/** The viewer that a session stands for: nobody, once the account is gone or its sessions were ended. */
export async function viewerOf({ userId, version }: Session): Promise<Viewer> {
  const user = await db().user.findUnique({ where: { id: userId, sessionVersion: version } });
  return user ? personOf(user) : NOBODY;
}
