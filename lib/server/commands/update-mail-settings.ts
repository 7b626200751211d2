import { z } from "zod";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { columnsOf } from "#lib/server/mail/wishes.ts";

export const updateMailSettingsSchema = z
  .strictObject({ assignments: z.boolean(), weekly: z.boolean(), due: z.boolean() })
  .partial();

/** Changes which letters the viewer gets; what is absent stays. */
export async function updateMailSettings(
  viewer: Viewer,
  wishes: z.infer<typeof updateMailSettingsSchema>,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  await db().user.updateMany({ where: { id: viewer.userId }, data: columnsOf(wishes) });
  return done(undefined);
}
