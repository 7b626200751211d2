import { z } from "zod";
import { localeSchema } from "#lib/core/questions/index.ts";
import { settingsSchema } from "#lib/core/settings.ts";
import { hashPassword, newPasswordSchema, passwordFault } from "#lib/server/auth/password.ts";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import { createToken, inviteSchema } from "#lib/server/auth/tokens.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { writeLetter } from "#lib/server/mail/letters.ts";
import { sendMail } from "#lib/server/mail/send.ts";
import { createGuest } from "./create-guest.ts";

/** An address as accounts know it. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, "email-missing")
  .max(254, "email-invalid")
  .pipe(z.email("email-invalid"));

export const signUpSchema = z.strictObject({
  email: emailSchema,
  password: newPasswordSchema,
  locale: localeSchema,
  timeZone: settingsSchema.shape.timeZone,
  /** The invitation to go on with afterwards. */
  invite: inviteSchema,
});

/**
 * Begins an account: sends a letter whose link makes it. The answer is the same, and takes as long, whether the address
 * has an account already; only the letter differs. A guest who follows the link keeps every answer.
 * @param from the network address that asks, for the rate limit
 */
export async function signUp(
  viewer: Viewer,
  { email, password, locale, timeZone, invite }: z.infer<typeof signUpSchema>,
  { from, now }: { from: string; now: number },
): Promise<Result> {
  const fault = passwordFault(password, email);
  if (fault) return failed(fault, { field: "password" });
  const retryAfter = await countAttempt("sign-up-ip", from, now);
  if (retryAfter > 0) return failed("rate-limited", { retryAfter });
  const passwordHash = await hashPassword(password);
  const existing = await db().user.findUnique({ where: { email }, select: { locale: true } });
  const letter = existing
    ? writeLetter("alreadySignedUp", email, existing.locale, { invite })
    : writeLetter("confirmSignUp", email, locale, { token: await tokenFor(), invite });
  // Not waited for: how long a mail server takes says nothing to whoever asks.
  void sendMail(letter);
  return done(undefined);

  async function tokenFor(): Promise<string> {
    const userId = viewer.kind === "guest" ? viewer.userId : await createGuest({ locale, timeZone });
    return createToken(db(), { userId, purpose: "signUp", email, passwordHash }, now);
  }
}
