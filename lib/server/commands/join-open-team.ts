import { z } from "zod";
import { domainOf } from "#lib/server/auth/mail-domains.ts";
import { holdTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma, Team } from "#lib/server/db/generated/client.ts";
import { lockPerson } from "#lib/server/db/sql/reviews.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { addMember } from "./members.ts";
import { heldGroups } from "./set-join-rules.ts";

export const joinOpenTeamSchema = z.strictObject({ teamId: z.uuid() });

/** Joins a team that is open to the viewer's proven address or to a group of theirs. Not for who was put out of it. */
export async function joinOpenTeam(
  viewer: Viewer,
  { teamId }: z.infer<typeof joinOpenTeamSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    await lockPerson(tx, viewer.userId);
    await holdTeam(tx, teamId);
    const team = (await openTeams(tx, viewer.userId, ["member.removed"])).find(({ id }) => id === teamId);
    if (!team) return failed("not-found");
    await addMember(
      tx,
      { teamId, userId: viewer.userId, role: "learner" },
      { actorId: viewer.userId, details: { by: team.by, role: "learner" } },
      now,
    );
    return done(undefined);
  });
}

/**
 * At signing in: joins every team that is open to somebody and that they have never been in. Who left a team is not
 * taken back by their next sign-in.
 */
export async function joinOpenTeams(
  tx: Prisma.TransactionClient,
  userId: string,
  now: number,
): Promise<void> {
  await lockPerson(tx, userId);
  for (const { id } of await openTeams(tx, userId, LEAVING)) {
    await holdTeam(tx, id);
    // Between looking and holding it may have changed.
    const team = (await openTeams(tx, userId, LEAVING)).find((one) => one.id === id);
    if (!team) continue;
    const entry = { actorId: null, details: { by: team.by, role: "learner" } };
    await addMember(tx, { teamId: id, userId, role: "learner" }, entry, now);
  }
}

const LEAVING = ["member.left", "member.removed"];

/**
 * The teams that somebody may join by an address they have proven, or by a group of their issuer, and is not in: but for
 * those that they have parted from in one of the given ways.
 */
export async function openTeams(
  tx: Prisma.TransactionClient,
  userId: string,
  parted: readonly string[],
): Promise<(Team & { by: "domain" | "group" })[]> {
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (!user || user.isGuest) return [];
  const domain = user.email && user.emailVerifiedAt ? domainOf(user.email) : null;
  const groups = await heldGroups(tx, userId);
  if (!domain && groups.length === 0) return [];
  const teams = await tx.team.findMany({
    where: {
      OR: [...(domain ? [{ joinDomains: { has: domain } }] : []), { joinGroups: { hasSome: groups } }],
      memberships: { none: { userId } },
      auditEvents: { none: { subjectId: userId, action: { in: [...parted] } } },
    },
    orderBy: { id: "asc" },
  });
  return teams.map((team) => ({
    ...team,
    by: domain && team.joinDomains.includes(domain) ? "domain" : "group",
  }));
}
