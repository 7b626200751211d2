import "server-only";
import { z } from "zod";
import { parseSort, type Sort } from "#lib/core/sorting.ts";
import { can, type TeamAction } from "#lib/server/auth/policy.ts";
import { teamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { mayInvite } from "#lib/server/commands/create-invite.ts";
import { db } from "#lib/server/db/client.ts";
import { type Prisma, Role } from "#lib/server/db/generated/client.ts";
import { isId } from "#lib/server/ids.ts";

/** What the list can be sorted by. */
export const PEOPLE_COLUMNS = ["name", "role", "joined"] as const;

/** What the list of members is narrowed down to, and its order; it lives in the URL. */
export const peopleFilterSchema = z.object({
  /** A part of a name or an address. */
  q: z.string().trim().max(100).optional().catch(undefined),
  role: z.enum(Role).optional().catch(undefined),
  group: z.uuid().optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  /** 1 for the first. */
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type PeopleFilter = z.infer<typeof peopleFilterSchema>;

/** Members on a page of the list. */
export const PEOPLE_PER_PAGE = 100;

export interface Member {
  userId: string;
  name: string | null;
  email: string | null;
  isGuest: boolean;
  role: Role;
  joinedAt: number;
  sharesAll: boolean;
  groupIds: string[];
}

export interface Group {
  id: string;
  name: string;
  members: number;
}

/** An invitation that still works. Its secret is nowhere. */
export interface OpenInvite {
  id: string;
  role: Role;
  /** Whom it was sent to; null for a link. */
  email: string | null;
  group: string | null;
  uses: number;
  maxUses: number;
  expiresAt: number;
  /** Whether the viewer may withdraw it. */
  revocable: boolean;
}

export interface People {
  members: Member[];
  /** Members that the filter leaves, on all pages. */
  found: number;
  groups: Group[];
  invites: OpenInvite[];
  /** Where the team is. */
  timeZone: string;
  /** What the viewer may do here. */
  may: Record<"inviteOthers" | "changeRoles", boolean>;
}

/** Who is in a team, a page at a time, and who is invited; `null` for those who may not know. */
export async function getPeople(
  viewer: Viewer,
  teamId: string,
  filter: PeopleFilter,
  now: number,
): Promise<People | null> {
  const own = await ownMembership(viewer, teamId, "people.see");
  if (!own) return null;
  const team = { id: teamId, ...teamsWhere(viewer, "people.see") };
  const [members, found, groups, invites] = await Promise.all([
    findMembers(team, filter, { skip: (filter.page - 1) * PEOPLE_PER_PAGE, take: PEOPLE_PER_PAGE }),
    db().membership.count({ where: membersWhere(team, filter) }),
    findGroups(team),
    db().invite.findMany({
      where: {
        team,
        revokedAt: null,
        expiresAt: { gt: new Date(now) },
        uses: { lt: db().invite.fields.maxUses },
      },
      include: { group: true },
      orderBy: { createdAt: "desc" },
    }),
  ]);
  return {
    members,
    found,
    groups,
    invites: invites.map(({ id, role, email, group, uses, maxUses, expiresAt }) => ({
      id,
      role,
      email,
      group: group?.name ?? null,
      uses,
      maxUses,
      expiresAt: expiresAt.getTime(),
      revocable: can(own.role, mayInvite(role)),
    })),
    timeZone: own.timeZone,
    may: { inviteOthers: can(own.role, mayInvite("owner")), changeRoles: can(own.role, "roles.change") },
  };
}

/** Everybody whom a filter leaves, on whatever page; `null` for those who may not know. */
export async function getAllPeople(
  viewer: Viewer,
  teamId: string,
  filter: PeopleFilter,
): Promise<Pick<People, "members" | "groups"> | null> {
  if (!(await ownMembership(viewer, teamId, "people.see"))) return null;
  const team = { id: teamId, ...teamsWhere(viewer, "people.see") };
  const [members, groups] = await Promise.all([findMembers(team, filter), findGroups(team)]);
  return { members, groups };
}

const membersWhere = (
  team: Prisma.TeamWhereInput,
  { q, role, group }: PeopleFilter,
): Prisma.MembershipWhereInput => {
  const like = { contains: q ?? "", mode: "insensitive" } as const;
  return {
    team,
    role,
    ...(group ? { groups: { some: { groupId: group } } } : {}),
    ...(q ? { user: { OR: [{ name: like }, { email: like }] } } : {}),
  };
};

async function findMembers(
  team: Prisma.TeamWhereInput,
  filter: PeopleFilter,
  part: { skip?: number; take?: number } = {},
): Promise<Member[]> {
  const rows = await db().membership.findMany({
    where: membersWhere(team, filter),
    include: {
      user: { select: { name: true, email: true, isGuest: true } },
      groups: { select: { groupId: true } },
    },
    orderBy: orderBy(parseSort(filter.sort, PEOPLE_COLUMNS, { by: "name", descending: false })),
    ...part,
  });
  return rows.map(({ userId, user, role, joinedAt, sharesAll, groups }) => ({
    userId,
    name: user.name,
    email: user.email,
    isGuest: user.isGuest,
    role,
    joinedAt: joinedAt.getTime(),
    sharesAll,
    groupIds: groups.map(({ groupId }) => groupId),
  }));
}

async function findGroups(team: Prisma.TeamWhereInput): Promise<Group[]> {
  const rows = await db().teamGroup.findMany({
    where: { team },
    include: { _count: { select: { members: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, name, _count }) => ({ id, name, members: _count.members }));
}

function orderBy({
  by,
  descending,
}: Sort<(typeof PEOPLE_COLUMNS)[number]>): Prisma.MembershipOrderByWithRelationInput[] {
  const sort = descending ? "desc" : "asc";
  const name = { user: { name: { sort: by === "name" ? sort : "asc", nulls: "last" } } } as const;
  const first = { name: [], role: [{ role: sort }], joined: [{ joinedAt: sort }] } as const;
  return [...first[by], name, { userId: "asc" }];
}

/** The viewer's own part in a team in which they may do something; `null` in every other. */
export async function ownMembership(
  viewer: Viewer,
  teamId: string,
  action: TeamAction,
): Promise<{ role: Role; timeZone: string } | null> {
  if (!isPerson(viewer) || !isId(teamId)) return null;
  const row = await db().membership.findFirst({
    where: { userId: viewer.userId, team: { id: teamId, ...teamsWhere(viewer, action) } },
    include: { team: true },
  });
  return row && { role: row.role, timeZone: row.team.timeZone };
}
