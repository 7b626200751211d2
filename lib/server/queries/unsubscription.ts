import "server-only";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { readUnsubscribeToken, type UnsubscribeScope } from "#lib/server/mail/unsubscribe.ts";

/** What the link of a letter would stop; `null` for one that is none of ours. Tells nothing of whose it is. */
export async function getUnsubscription(
  _viewer: Viewer,
  token: string,
): Promise<{ scope: UnsubscribeScope } | null> {
  const meant = readUnsubscribeToken(token);
  return meant && { scope: meant.scope };
}
