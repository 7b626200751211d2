import "server-only";
import { teamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Membership, Role, Team } from "#lib/server/db/generated/client.ts";
import { isId } from "#lib/server/ids.ts";

/** A team as each of its members knows it. */
export interface TeamView {
  id: string;
  name: string;
  timeZone: string;
  /** The viewer's own part in it. */
  role: Role;
  joinedAt: number;
  /** Whether managers see all that the viewer studies. */
  sharesAll: boolean;
}

/** The teams that the viewer is in, by name. Nobody is in none. */
export async function getTeams(viewer: Viewer): Promise<TeamView[]> {
  if (!isPerson(viewer)) return [];
  const rows = await db().membership.findMany({
    where: { userId: viewer.userId, team: teamsWhere(viewer, "team.see") },
    include: { team: true },
    orderBy: [{ team: { name: "asc" } }, { teamId: "asc" }],
  });
  return rows.map(toView);
}

/** A team that the viewer is in; `null` for every other, and for what is no id. */
export async function getTeam(viewer: Viewer, teamId: string): Promise<TeamView | null> {
  if (!isPerson(viewer) || !isId(teamId)) return null;
  const row = await db().membership.findFirst({
    where: { userId: viewer.userId, team: { id: teamId, ...teamsWhere(viewer, "team.see") } },
    include: { team: true },
  });
  return row && toView(row);
}

function toView({ team, role, joinedAt, sharesAll }: Membership & { team: Team }): TeamView {
  const { id, name, timeZone } = team;
  return { id, name, timeZone, role, joinedAt: joinedAt.getTime(), sharesAll };
}
