import { z } from "zod";
import { slugSchema } from "#lib/core/questions/index.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";

export const setEnrollmentSchema = z.strictObject({ bankId: slugSchema, enrolled: z.boolean() });

/** Enrols the viewer in a bank or takes them out of it. What they know of its cards stays. */
export async function setEnrollment(
  viewer: Viewer,
  { bankId, enrolled }: z.infer<typeof setEnrollmentSchema>,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const bank = await db().bank.findFirst({ where: { id: bankId, retiredAt: null } });
  if (!bank) return failed("not-found");
  const key = { userId: viewer.userId, bankId };
  if (enrolled) await db().enrollment.upsert({ where: { userId_bankId: key }, create: key, update: {} });
  else await db().enrollment.deleteMany({ where: key });
  return done(undefined);
}
