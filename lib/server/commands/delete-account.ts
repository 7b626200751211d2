import { z } from "zod";
import type { Locale } from "#lib/core/questions/index.ts";
import { holdTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { lockPerson } from "#lib/server/db/sql/reviews.ts";
import { done, type Failure, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";
import { eraseTeam } from "./delete-team.ts";
import { endMembership, isLastOwner } from "./members.ts";
import { revokeInvitesOf } from "./revoke-invite.ts";

/** What somebody with an account types to erase it. */
export const DELETION_WORDS: Record<Locale, string> = { ja: "削除", en: "delete" };

export const deleteAccountSchema = z.strictObject({ confirmation: z.string().max(100) });

/**
 * Erases the viewer and everything that is theirs. The one way in which reviews are ever deleted: the transaction names
 * whom it erases, and the database allows it for that person alone. A team in which nobody else is goes too; the only owner
 * of a team with others in it stays until there is another. Audit logs keep the bare id, which then is nobody's.
 */
export async function deleteAccount(
  viewer: Viewer,
  { confirmation }: z.infer<typeof deleteAccountSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const confirmed = Object.values(DELETION_WORDS).includes(
    confirmation.normalize("NFKC").trim().toLowerCase(),
  );
  if (viewer.kind === "user" && !confirmed) return failed("confirmation-mismatch", { field: "confirmation" });
  return db().$transaction(
    async (tx) => {
      await lockPerson(tx, viewer.userId);
      const hindrance = await leaveTeams(tx, viewer, now);
      if (hindrance) return hindrance;
      await tx.$queryRaw`SELECT set_config('podshift.erasing', ${viewer.userId}, true)`;
      await tx.user.deleteMany({ where: { id: viewer.userId } });
      return done(undefined);
    },
    { timeout: 60_000 },
  );
}

/** Takes the viewer out of every team, or out of none where one would be left without an owner. */
async function leaveTeams(
  tx: Prisma.TransactionClient,
  { userId, email }: Person,
  now: number,
): Promise<Failure | null> {
  const memberships = await tx.membership.findMany({ where: { userId }, orderBy: { teamId: "asc" } });
  // All are held before any is left: nothing may have been written when one refuses.
  for (const { teamId } of memberships) await holdTeam(tx, teamId);
  const alone: string[] = [];
  for (const { teamId } of memberships) {
    if ((await tx.membership.count({ where: { teamId } })) === 1) alone.push(teamId);
    else if (await isLastOwner(tx, { teamId, userId })) return failed("owns-team");
  }
  for (const { teamId } of memberships) {
    if (alone.includes(teamId)) {
      await eraseTeam(tx, teamId);
      continue;
    }
    await revokeInvitesOf(tx, userId, { teamId, userId, role: null }, now);
    await endMembership(tx, { teamId, userId }, now);
    const details = { by: "erasure" };
    await audit(tx, { teamId, action: "member.left", actorId: userId, subjectId: userId, details }, now);
  }
  // Where they were invited to keeps no trace of the address, and what was sent there opens no door.
  if (email) await tx.invite.deleteMany({ where: { email } });
  return null;
}
