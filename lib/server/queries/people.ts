import "server-only";
import { z } from "zod";
import { can, type TeamAction } from "#lib/server/auth/policy.ts";
import { teamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { mayInvite } from "#lib/server/commands/create-invite.ts";
import { db } from "#lib/server/db/client.ts";
import { type Prisma, Role } from "#lib/server/db/generated/client.ts";
import { isId } from "#lib/server/ids.ts";

export const PEOPLE_ORDERS = ["name", "role", "joined"] as const;

/** What the list of members is narrowed down to, and its order; it lives in the URL. */
export const peopleFilterSchema = z.object({
  /** A part of a name or an address. */
  q: z.string().trim().max(100).optional().catch(undefined),
  role: z.enum(Role).optional().catch(undefined),
  group: z.uuid().optional().catch(undefined),
  sort: z.enum(PEOPLE_ORDERS).catch("name"),
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
  /** What the viewer may do here. */
  may: Record<"inviteOthers" | "changeRoles", boolean>;
}

/** Who is in a team, a page at a time, and who is invited; `null` for those who may not know. */
export async function getPeople(
  viewer: Viewer,
  teamId: string,
  { q, role, group, sort, page }: PeopleFilter,
  now: number,
): Promise<People | null> {
  const own = await ownMembership(viewer, teamId, "people.see");
  if (!own) return null;
  const team = { id: teamId, ...teamsWhere(viewer, "people.see") };
  const like = { contains: q ?? "", mode: "insensitive" } as const;
  const where: Prisma.MembershipWhereInput = {
    team,
    role,
    ...(group ? { groups: { some: { groupId: group } } } : {}),
    ...(q ? { user: { OR: [{ name: like }, { email: like }] } } : {}),
  };
  const [rows, found, groups, invites] = await Promise.all([
    db().membership.findMany({
      where,
      include: { user: true, groups: { select: { groupId: true } } },
      orderBy: [...ORDER[sort], { user: { name: { sort: "asc", nulls: "last" } } }, { userId: "asc" }],
      skip: (page - 1) * PEOPLE_PER_PAGE,
      take: PEOPLE_PER_PAGE,
    }),
    db().membership.count({ where }),
    db().teamGroup.findMany({
      where: { team },
      include: { _count: { select: { members: true } } },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    }),
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
    members: rows.map(({ userId, user, role, joinedAt, sharesAll, groups }) => ({
      userId,
      name: user.name,
      email: user.email,
      isGuest: user.isGuest,
      role,
      joinedAt: joinedAt.getTime(),
      sharesAll,
      groupIds: groups.map(({ groupId }) => groupId),
    })),
    found,
    groups: groups.map(({ id, name, _count }) => ({ id, name, members: _count.members })),
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
    may: { inviteOthers: can(own.role, mayInvite("owner")), changeRoles: can(own.role, "roles.change") },
  };
}

const ORDER: Record<PeopleFilter["sort"], Prisma.MembershipOrderByWithRelationInput[]> = {
  name: [],
  role: [{ role: "asc" }],
  joined: [{ joinedAt: "desc" }],
};

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
