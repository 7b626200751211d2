import type { z } from "zod";
import { settingsSchema } from "#lib/core/settings.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { lockPerson } from "#lib/server/db/sql/reviews.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { refoldCards } from "./refold-cards.ts";

export const updateSettingsSchema = settingsSchema.partial();

/**
 * Changes what the viewer chose; what is absent stays. Another desired retention is another schedule for everything
 * learned so far, so every card is folded anew.
 */
export async function updateSettings(
  viewer: Viewer,
  changes: z.infer<typeof updateSettingsSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const { userId } = viewer;
  return db().$transaction(
    async (tx) => {
      await lockPerson(tx, userId);
      const before = await tx.user.findUnique({ where: { id: userId } });
      if (!before) return failed("not-signed-in");
      const after = await tx.user.update({ where: { id: userId }, data: changes });
      if (after.desiredRetention !== before.desiredRetention) {
        await refoldCards(tx, userId, now);
      }
      return done(undefined);
    },
    { timeout: 60_000 },
  );
}
