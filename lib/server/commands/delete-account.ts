import { z } from "zod";
import type { Locale } from "#lib/core/questions/index.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { lockPerson } from "#lib/server/db/sql/reviews.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";

/** What somebody with an account types to erase it. */
export const DELETION_WORDS: Record<Locale, string> = { ja: "削除", en: "delete" };

export const deleteAccountSchema = z.strictObject({ confirmation: z.string().max(100) });

/**
 * Erases the viewer and everything that is theirs. The one way in which reviews are ever deleted: the transaction names
 * whom it erases, and the database allows it for that person alone.
 */
export async function deleteAccount(
  viewer: Viewer,
  { confirmation }: z.infer<typeof deleteAccountSchema>,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const confirmed = Object.values(DELETION_WORDS).includes(
    confirmation.normalize("NFKC").trim().toLowerCase(),
  );
  if (viewer.kind === "user" && !confirmed) return failed("confirmation-mismatch", { field: "confirmation" });
  await db().$transaction(
    async (tx) => {
      await lockPerson(tx, viewer.userId);
      await tx.$queryRaw`SELECT set_config('podshift.erasing', ${viewer.userId}, true)`;
      await tx.user.deleteMany({ where: { id: viewer.userId } });
    },
    { timeout: 60_000, maxWait: 30_000 },
  );
  return done(undefined);
}
