import type { Person } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { lockPerson } from "#lib/server/db/sql/reviews.ts";

/**
 * Erases a person and everything that is theirs. The one way in which reviews are ever deleted: the transaction names
 * whom it erases, and the database allows it for that person alone.
 */
export async function deleteAccount({ userId }: Person): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockPerson(tx, userId);
    await tx.$queryRaw`SELECT set_config('podshift.erasing', ${userId}, true)`;
    await tx.user.deleteMany({ where: { id: userId } });
  });
}
