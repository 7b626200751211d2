import type { Role } from "#lib/server/db/generated/client.ts";

/**
 * What members may do in a team, by role: the one table, which `scope.ts` puts into the `where` of every statement and a
 * test goes through function by function. What is not here nobody may do.
 */
export const MAY = {
  /** Its name and one's own part in it. */
  "team.see": ["owner", "manager", "learner"],
  /** Name, time zone, who joins by themselves. */
  "team.edit": ["owner"],
  /** Who is in it, in which groups, invited by whom. */
  "people.see": ["owner", "manager"],
  /** Invites learners, and takes them out again. */
  "learners.manage": ["owner", "manager"],
  /** Gives and takes the roles of owner and manager, by invite too. */
  "roles.change": ["owner"],
  "groups.edit": ["owner", "manager"],
  "assignments.see": ["owner", "manager"],
  "assignments.edit": ["owner", "manager"],
  /** What members did on what was assigned, and since they joined. */
  "dashboards.see": ["owner", "manager"],
  "audit.read": ["owner"],
  /** Letters that could not be sent. */
  "reminders.see": ["owner"],
  /** Has them tried again. */
  "reminders.send": ["owner"],
} as const satisfies Record<string, readonly Role[]>;
export type TeamAction = keyof typeof MAY;

/** Whether a role may do something. */
export const can = (role: Role, action: TeamAction): boolean =>
  (MAY[action] as readonly Role[]).includes(role);
