import type { TeamAction } from "#lib/server/auth/policy.ts";

/** The pages of a team, in their order: the address below the team's, and what its role must allow to see it. */
export const TABS = [
  { segment: "", name: "overview", action: "dashboards.see" },
  { segment: "concepts", name: "concepts", action: "dashboards.see" },
  { segment: "misconceptions", name: "misconceptions", action: "dashboards.see" },
  { segment: "items", name: "items", action: "dashboards.see" },
  { segment: "exams", name: "exams", action: "dashboards.see" },
  { segment: "assignments", name: "assignments", action: "assignments.see" },
  { segment: "people", name: "people", action: "people.see" },
  { segment: "me", name: "me", action: "team.see" },
  { segment: "settings", name: "settings", action: "team.see" },
  { segment: "audit", name: "audit", action: "audit.read" },
] as const satisfies { segment: string; name: string; action: TeamAction }[];
