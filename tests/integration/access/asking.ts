import { can, type TeamAction } from "#lib/server/auth/policy.ts";
import { NOBODY, type Viewer } from "#lib/server/auth/viewer.ts";
import type { Role } from "#lib/server/db/generated/client.ts";
import type { World } from "./world.ts";

/** What it takes: an action of the policy, or that the assignment was given to whoever asks. */
export type Need = TeamAction | "assignee";

/** Who asks, and the role they have in the team that is asked about. */
export const ASKING = {
  nobody: { role: null, of: (_: World): Viewer => NOBODY },
  "a guest": { role: null, of: (world: World) => world.guest },
  "a learner": { role: "learner", of: (world: World) => world.learner },
  "a manager": { role: "manager", of: (world: World) => world.manager },
  "an owner": { role: "owner", of: (world: World) => world.owner },
  "a manager of another team": { role: null, of: (world: World) => world.otherManager },
  "somebody who was removed": { role: null, of: (world: World) => world.removed },
} as const satisfies Record<string, { role: Role | null; of: (world: World) => Viewer }>;

const allowed = (role: Role | null, needs: Need) =>
  needs === "assignee" ? role === "learner" : role !== null && can(role, needs);

/** Those who may do something, or those who may not. */
export const ask = (needs: Need, wanted: boolean) =>
  (Object.keys(ASKING) as (keyof typeof ASKING)[]).filter(
    (who) => allowed(ASKING[who].role, needs) === wanted,
  );
