import { z } from "zod";
import { localeSchema } from "#lib/core/questions/index.ts";
import { hashPassword, newPasswordSchema, passwordFault } from "#lib/server/auth/password.ts";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import { consumeToken, createToken, secretSchema } from "#lib/server/auth/tokens.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { writeLetter } from "#lib/server/mail/letters.ts";
import { sendMail } from "#lib/server/mail/send.ts";
import { emailSchema } from "./sign-up.ts";

export const requestResetSchema = z.strictObject({ email: emailSchema, locale: localeSchema });

/** Sends a link that sets a new password, if the address has an account. The answer is the same if it has none. */
export async function requestPasswordReset(
  { email }: z.infer<typeof requestResetSchema>,
  { from, now }: { from: string; now: number },
): Promise<Result> {
  const retryAfter = Math.max(
    await countAttempt("reset-ip", from, now),
    await countAttempt("reset-email", email, now),
  );
  if (retryAfter > 0) return failed("rate-limited", { retryAfter });
  // Not waited for: looking, hashing and sending take time only where there is an account.
  void sendResetLetter(email, now);
  return done(undefined);
}

async function sendResetLetter(email: string, now: number): Promise<void> {
  const user = await db().user.findUnique({ where: { email }, select: { id: true, locale: true } });
  if (!user) return;
  const secret = await createToken(db(), { userId: user.id, purpose: "resetPassword", email }, now);
  await sendMail(writeLetter("resetPassword", email, user.locale, { token: secret }));
}

export const resetPasswordSchema = z.strictObject({
  token: secretSchema,
  password: newPasswordSchema,
});

/** Sets the password that a reset link was sent for, and ends every session. Answers whom to sign in. */
export async function resetPassword(
  { token, password }: z.infer<typeof resetPasswordSchema>,
  now: number,
): Promise<Result<{ userId: string; version: number }>> {
  const fault = passwordFault(password, "");
  if (fault) return failed(fault, { field: "password" });
  const passwordHash = await hashPassword(password);
  return db().$transaction(async (tx) => {
    const used = await consumeToken(tx, token, "resetPassword", now);
    if (!used) return failed("token-invalid");
    const { sessionVersion } = await tx.user.update({
      where: { id: used.userId },
      data: { passwordHash, sessionVersion: { increment: 1 } },
    });
    return done({ userId: used.userId, version: sessionVersion });
  });
}
