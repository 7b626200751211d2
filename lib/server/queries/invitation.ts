import "server-only";
import { secretSchema } from "#lib/server/auth/tokens.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
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

/** The invitation that a link's secret stands for; `null` when it never was, or works no more. Whoever holds it may ask. */
export async function getInvitation(viewer: Viewer, token: string, now: number): Promise<Invitation | null> {
  if (!secretSchema.safeParse(token).success) return null;
  const invite = await db().invite.findFirst({
    where: standingInvite(token, now),
    include: { team: { select: { id: true, name: true } } },
  });
  if (!invite) return null;
  const { team, role } = invite;
  const joined = isPerson(viewer)
    ? (await db().membership.count({ where: { teamId: team.id, userId: viewer.userId } })) === 1
    : false;
  return { teamId: team.id, teamName: team.name, role, joined };
}
