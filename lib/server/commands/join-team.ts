import { z } from "zod";
import { localeSchema } from "#lib/core/questions/index.ts";
import { settingsSchema } from "#lib/core/settings.ts";
import { personNameSchema } from "#lib/core/teams/names.ts";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import { holdTeam } from "#lib/server/auth/scope.ts";
import type { Session } from "#lib/server/auth/session.ts";
import { hashOf, secretSchema } from "#lib/server/auth/tokens.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Invite, Prisma } from "#lib/server/db/generated/client.ts";
import { lockPerson } from "#lib/server/db/sql/reviews.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { nameFor, setName } from "./change-name.ts";
import { createGuest } from "./create-guest.ts";
import { addMember } from "./members.ts";

export const joinTeamSchema = z.strictObject({
  token: secretSchema,
  /** What members shall see of the viewer; may be absent where that is known already. */
  personName: personNameSchema.optional(),
  /** For somebody who is nobody yet. */
  locale: localeSchema,
  timeZone: settingsSchema.shape.timeZone,
});

/**
 * Joins the team that an invitation is for, as whoever is at this browser: with the account, as the guest with every
 * answer so far, or as a new guest. Joining twice changes nothing and uses nothing up.
 * @param from the network address that asks, for the limit of new guests
 * @returns the team, and for a new guest whom to sign in
 */
export async function joinTeam(
  viewer: Viewer,
  { token, personName, locale, timeZone }: z.infer<typeof joinTeamSchema>,
  { from, now }: { from: string; now: number },
): Promise<Result<{ teamId: string; session: Session | null }>> {
  const found = await db().invite.findFirst({ where: standingInvite(token, now) });
  if (!found) return failed("invite-invalid");
  if (found.role !== "learner" && viewer.kind !== "user") return failed("account-needed");
  const name = nameFor(viewer, personName);
  if (!name) return failed("name-missing", { field: "personName" });
  const retryAfter = isPerson(viewer) ? 0 : await countAttempt("guest-ip", from, now);
  if (retryAfter > 0) return failed("rate-limited", { retryAfter });
  const person = isPerson(viewer) ? viewer : { userId: await createGuest({ locale, timeZone }), name: null };
  const { teamId } = found;
  const joined = await db().$transaction(async (tx) => {
    // The person first, as merging does: what they answer this moment counts in the team, too.
    await lockPerson(tx, person.userId);
    await holdTeam(tx, teamId);
    if (await isMember(tx, teamId, person.userId)) return true;
    const invite = await tx.invite.findFirst({ where: standingInvite(token, now) });
    if (!invite || (await wasRemovedSince(tx, invite, person.userId))) return false;
    await setName(tx, person, name);
    await tx.invite.update({ where: { id: invite.id }, data: { uses: { increment: 1 } } });
    const details = { by: "invite", inviteId: invite.id, role: invite.role };
    const { role, groupId } = invite;
    await addMember(
      tx,
      { teamId, userId: person.userId, role, groupId },
      { actorId: person.userId, details },
      now,
    );
    return true;
  });
  if (!joined) return failed("invite-invalid");
  return done({ teamId, session: isPerson(viewer) ? null : { userId: person.userId, version: 0 } });
}

/** An invitation that still works. */
export const standingInvite = (token: string, now: number): Prisma.InviteWhereInput => ({
  tokenHash: hashOf(token),
  revokedAt: null,
  expiresAt: { gt: new Date(now) },
  uses: { lt: db().invite.fields.maxUses },
});

const isMember = async (tx: Prisma.TransactionClient, teamId: string, userId: string) =>
  (await tx.membership.count({ where: { teamId, userId } })) === 1;

/** A link that somebody has kept does not take them back into a team that has put them out. */
async function wasRemovedSince(
  tx: Prisma.TransactionClient,
  { teamId, createdAt }: Invite,
  userId: string,
): Promise<boolean> {
  const where = { teamId, subjectId: userId, action: "member.removed", at: { gte: createdAt } };
  return (await tx.auditEvent.count({ where })) > 0;
}
