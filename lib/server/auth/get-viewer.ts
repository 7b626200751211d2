import "server-only";
import { cache } from "react";
import { db } from "#lib/server/db/client.ts";
import { readSession, type Session } from "./session.ts";
import { NOBODY, type Person, type Viewer } from "./viewer.ts";

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

type UserRow = NonNullable<Awaited<ReturnType<ReturnType<typeof db>["user"]["findUnique"]>>>;

/** A row of `User` as a viewer. */
export function personOf(user: UserRow): Person {
  return {
    kind: user.isGuest ? "guest" : "user",
    userId: user.id,
    locale: user.locale,
    timeZone: user.timeZone,
    dayStartHour: user.dayStartHour,
    weights: user.schedulerWeights.length > 0 ? user.schedulerWeights : null,
    desiredRetention: user.desiredRetention,
    newPerDay: user.newPerDay,
    name: user.name,
    email: user.email,
    emailVerified: user.emailVerifiedAt !== null,
  };
}
