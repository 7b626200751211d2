import "server-only";
import { z } from "zod";
import { slugSchema, type Text } from "#lib/core/questions/index.ts";
import { addDays, dayOf, startOfDay } from "#lib/core/scheduling/index.ts";
import { teamsWhere } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Role } from "#lib/server/db/generated/client.ts";
import { isId } from "#lib/server/ids.ts";

/** How far back figures over time go, in weeks from Monday to Sunday, this one included; `all` is since each joined. */
export const PERIODS = ["4w", "12w", "all"] as const;
export type Period = (typeof PERIODS)[number];

/** What a dashboard can be narrowed down to; it lives in the URL, and what cannot be read there is not asked for. */
export const dashboardFilterSchema = z.object({
  group: z.uuid().optional().catch(undefined),
  assignment: z.uuid().optional().catch(undefined),
  area: slugSchema.optional().catch(undefined),
  period: z.enum(PERIODS).default("4w").catch("4w"),
});
export type DashboardFilter = z.infer<typeof dashboardFilterSchema>;

/** What a page of a dashboard stands in: the team, what it can be narrowed down to, and what it is. */
export interface Frame {
  team: { id: string; name: string; timeZone: string };
  /** What the viewer is in it. */
  role: Role;
  groups: { id: string; name: string }[];
  assignments: { id: string; title: string }[];
  areas: { id: string; title: Text }[];
  /** Only what this team has: the rest is dropped. */
  filter: DashboardFilter;
  /** From when on figures over time count, ms since the epoch; null for `all`. */
  since: number | null;
}

/**
 * The frame of a team's dashboards for whoever is in the team: what stands in it is limited to what each viewer may see by the
 * scope in each statement. Null for everyone else.
 * @param teamId as it stands in an address
 */
export async function getFrame(
  viewer: Viewer,
  teamId: string,
  filter: DashboardFilter,
  now: number,
): Promise<Frame | null> {
  if (!isPerson(viewer) || !isId(teamId)) return null;
  const [team, areas] = await Promise.all([
    db().team.findFirst({
      where: { id: teamId, ...teamsWhere(viewer, "team.see") },
      select: {
        id: true,
        name: true,
        timeZone: true,
        memberships: { where: { userId: viewer.userId }, select: { role: true } },
        groups: {
          where: { team: teamsWhere(viewer, "people.see") },
          orderBy: { name: "asc" },
          select: { id: true, name: true },
        },
        assignments: {
          where: {
            OR: [
              { team: teamsWhere(viewer, "dashboards.see") },
              { assignees: { some: { userId: viewer.userId } } },
            ],
          },
          orderBy: { createdAt: "asc" },
          select: { id: true, title: true, archivedAt: true },
        },
      },
    }),
    db().area.findMany({
      where: { concepts: { some: { retiredAt: null } } },
      orderBy: { position: "asc" },
      select: { id: true, title: true },
    }),
  ]);
  const role = team?.memberships[0]?.role;
  if (!team || !role) return null;
  const own = <T extends { id: string }>(among: readonly T[], id: string | undefined) =>
    among.find((one) => one.id === id)?.id;
  const { memberships: _, groups, assignments, ...named } = team;
  return {
    team: named,
    role,
    groups,
    assignments: assignments
      .filter(({ id, archivedAt }) => archivedAt === null || id === filter.assignment)
      .map(({ id, title }) => ({ id, title })),
    areas: areas.map(({ id, title }) => ({ id, title: title as Text })),
    filter: {
      group: own(groups, filter.group),
      assignment: own(assignments, filter.assignment),
      area: own(areas, filter.area),
      period: filter.period,
    },
    since: sinceOf(filter.period, team.timeZone, now),
  };
}

const WEEKS: Record<Exclude<Period, "all">, number> = { "4w": 4, "12w": 12 };

/** The start of a period, ms since the epoch: midnight of a Monday where the team is. */
export function sinceOf(period: Period, timeZone: string, now: number): number | null {
  if (period === "all") return null;
  const boundary = { timeZone, dayStartHour: 0 };
  return startOfDay(addDays(mondayOf(dayOf(now, boundary)), -7 * (WEEKS[period] - 1)), boundary);
}

/** The Monday of a day's week, `YYYY-MM-DD`. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}
