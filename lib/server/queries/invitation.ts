import "server-only";
import { teamsWhere } from "#lib/server/auth/scope.ts";
import { hashOf, secretSchema } from "#lib/server/auth/tokens.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { standingInvite } from "#lib/server/commands/join-team.ts";
import { db } from "#lib/server/db/client.ts";
import type { Role } from "#lib/server/db/generated/client.ts";

/** What somebody who holds an invitation learns before joining. */
export interface Invitation {
  teamId: string;
  teamName: string;
  role: Role;
  /** Whether the viewer is in the team already. */
  joined: boolean;
}

/**
 * The invitation that a link's secret stands for; `null` when it never was, or works no more, but for those who are in the
 * team: they may have used it up. Whoever holds it may ask.
 */
export async function getInvitation(viewer: Viewer, token: string, now: number): Promise<Invitation | null> {
  if (!secretSchema.safeParse(token).success) return null;
  const own = teamsWhere(viewer, "team.see");
  const invite = await db().invite.findFirst({
    where: { tokenHash: hashOf(token), OR: [standingInvite(token, now), { team: own }] },
    include: { team: { select: { id: true, name: true } } },
  });
  if (!invite) return null;
  const { team, role } = invite;
  const joined = (await db().team.count({ where: { id: team.id, ...own } })) === 1;
  return { teamId: team.id, teamName: team.name, role, joined };
}
