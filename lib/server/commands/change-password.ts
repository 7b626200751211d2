import { z } from "zod";
import {
  hashPassword,
  newPasswordSchema,
  passwordFault,
  passwordSchema,
  verifyPassword,
} from "#lib/server/auth/password.ts";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";

export const changePasswordSchema = z.strictObject({
  current: passwordSchema,
  password: newPasswordSchema,
});

/**
 * Changes the password of somebody who knows the one they have, and ends every session. Guessing it here counts with
 * guessing it at the door. Answers whom to sign in again here.
 */
export async function changePassword(
  viewer: Viewer,
  { current, password }: z.infer<typeof changePasswordSchema>,
  now: number,
): Promise<Result<{ userId: string; version: number }>> {
  if (viewer.kind !== "user") return failed("not-signed-in");
  const id = viewer.userId;
  const user = await db().user.findUnique({ where: { id }, select: { email: true, passwordHash: true } });
  if (!user?.email || !user.passwordHash) return failed("not-allowed");
  const fault = passwordFault(password, user.email);
  if (fault) return failed(fault, { field: "password" });
  const retryAfter = await countAttempt("sign-in-email", user.email, now);
  if (retryAfter > 0) return failed("rate-limited", { retryAfter });
  if (!(await verifyPassword(user.passwordHash, current))) {
    return failed("wrong-credentials", { field: "current" });
  }
  const passwordHash = await hashPassword(password);
  return db().$transaction(async (tx) => {
    // A reset link that is still under way must not undo this.
    await tx.verificationToken.deleteMany({ where: { userId: id, purpose: "resetPassword" } });
    const { sessionVersion } = await tx.user.update({
      where: { id },
      data: { passwordHash, sessionVersion: { increment: 1 } },
    });
    return done({ userId: id, version: sessionVersion });
  });
}
