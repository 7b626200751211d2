import { z } from "zod";
import { consumeToken, secretSchema } from "#lib/server/auth/tokens.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { joinOpenTeams } from "./join-open-team.ts";
import { mergeGuest } from "./merge-guest.ts";

export const tokenSchema = z.strictObject({ token: secretSchema });

/**
 * Makes the account that a confirmation link stands for: the guest who asked for it becomes the account, with every
 * answer. A guest at the browser that opens the link is merged in as well. Answers whom to sign in.
 */
export async function confirmSignUp(
  viewer: Viewer,
  { token }: z.infer<typeof tokenSchema>,
  now: number,
): Promise<Result<{ userId: string; version: number }>> {
  return db().$transaction(async (tx) => {
    const used = await consumeToken(tx, token, "signUp", now);
    if (!used?.passwordHash) return failed("token-invalid");
    // Between the letter and the link, the address may have got an account some other way.
    if (await tx.user.findUnique({ where: { email: used.email } })) return failed("token-invalid");
    const account = await tx.user.update({
      where: { id: used.userId },
      data: {
        isGuest: false,
        email: used.email,
        passwordHash: used.passwordHash,
        emailVerifiedAt: new Date(now),
        sessionVersion: { increment: 1 },
      },
    });
    if (viewer.kind === "guest" && viewer.userId !== account.id) {
      await mergeGuest(tx, viewer.userId, account.id, now);
    }
    await joinOpenTeams(tx, account.id, now);
    return done({ userId: account.id, version: account.sessionVersion });
  });
}
