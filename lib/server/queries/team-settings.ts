import "server-only";
import { domainOf, isPublicMailDomain } from "#lib/server/auth/mail-domains.ts";
import { can } from "#lib/server/auth/policy.ts";
import { teamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { openTeams } from "#lib/server/commands/join-open-team.ts";
import { heldGroups } from "#lib/server/commands/set-join-rules.ts";
import { db } from "#lib/server/db/client.ts";
import { getTeam, type TeamView } from "./teams.ts";

export interface TeamSettings {
  team: TeamView;
  /** For those who may edit the team. */
  edit: {
    /** Who joins by themselves … */
    joinDomains: string[];
    joinGroups: string[];
    /** … and what the viewer could add to that. */
    ownDomain: string | null;
    ownGroups: string[];
    members: number;
  } | null;
}

/** What a member can set in a team: their own part, and for owners the team; `null` for everybody else. */
export async function getTeamSettings(viewer: Viewer, teamId: string): Promise<TeamSettings | null> {
  const team = await getTeam(viewer, teamId);
  if (!team || !isPerson(viewer)) return null;
  if (!can(team.role, "team.edit")) return { team, edit: null };
  const [row, ownGroups] = await Promise.all([
    db().team.findFirst({
      where: { id: teamId, ...teamsWhere(viewer, "team.edit") },
      include: { _count: { select: { memberships: true } } },
    }),
    heldGroups(db(), viewer.userId),
  ]);
  if (!row) return null;
  const domain = viewer.email && viewer.emailVerified ? domainOf(viewer.email) : null;
  return {
    team,
    edit: {
      joinDomains: row.joinDomains,
      joinGroups: row.joinGroups,
      ownDomain: domain && !isPublicMailDomain(domain) ? domain : null,
      ownGroups,
      members: row._count.memberships,
    },
  };
}

/** Teams that the viewer is not in and may join without an invitation. */
export async function getOpenTeams(viewer: Viewer): Promise<{ id: string; name: string }[]> {
  if (!isPerson(viewer)) return [];
  const teams = await openTeams(db(), viewer.userId, ["member.removed"]);
  return teams.map(({ id, name }) => ({ id, name }));
}
