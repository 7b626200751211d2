import { z } from "zod";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { readUnsubscribeToken, type UnsubscribeScope } from "#lib/server/mail/unsubscribe.ts";

export const unsubscribeSchema = z.strictObject({ token: z.string().max(200, "token-invalid") });

/**
 * Stops the letters that the token of one of them names, whoever asks: the letter is the proof. Says nothing of whether there is
 * such a person.
 * @param context.from the address that asks, which is counted
 */
export async function unsubscribe(
  _viewer: Viewer,
  { token }: z.infer<typeof unsubscribeSchema>,
  { from, now }: { from: string; now: number },
): Promise<Result> {
  const retryAfter = await countAttempt("unsubscribe-ip", from, now);
  if (retryAfter > 0) return failed("rate-limited", { retryAfter });
  const meant = readUnsubscribeToken(token);
  if (!meant) return failed("token-invalid");
  await db().user.updateMany({ where: { id: meant.userId }, data: WITHOUT[meant.scope] });
  return done(undefined);
}

const WITHOUT: Record<UnsubscribeScope, Prisma.UserUpdateManyMutationInput> = {
  assignments: { mailsAssignments: false },
  weekly: { mailsWeekly: false },
  due: { mailsDue: false },
  all: { mailsAssignments: false, mailsWeekly: false, mailsDue: false },
};
