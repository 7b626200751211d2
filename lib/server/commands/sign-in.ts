import { z } from "zod";
import { passwordSchema, verifyPassword } from "#lib/server/auth/password.ts";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { joinOpenTeams } from "./join-open-team.ts";
import { mergeGuest } from "./merge-guest.ts";
import { emailSchema } from "./sign-up.ts";

export const signInSchema = z.strictObject({ email: emailSchema, password: passwordSchema });

/**
 * Checks an address and password; what a guest at this browser did becomes the account's. Answers whom to sign in. A
 * wrong password and an unknown address are one failure, after the same time.
 */
export async function signIn(
  viewer: Viewer,
  { email, password }: z.infer<typeof signInSchema>,
  { from, now }: { from: string; now: number },
): Promise<Result<{ userId: string; version: number }>> {
  const retryAfter = Math.max(
    await countAttempt("sign-in-ip", from, now),
    await countAttempt("sign-in-email", email, now),
  );
  if (retryAfter > 0) return failed("rate-limited", { retryAfter });
  const user = await db().user.findUnique({ where: { email } });
  if (!(await verifyPassword(user?.passwordHash, password)) || !user) return failed("wrong-credentials");
  await db().$transaction(async (tx) => {
    if (viewer.kind === "guest") await mergeGuest(tx, viewer.userId, user.id, now);
    await joinOpenTeams(tx, user.id, now);
  });
  return done({ userId: user.id, version: user.sessionVersion });
}
