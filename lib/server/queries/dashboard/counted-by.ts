import "server-only";
import { seenMembers } from "#lib/server/auth/scope.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import type { Counted } from "#lib/server/db/sql/member-answers.ts";
import { countedPairs } from "#lib/server/db/sql/pairs.ts";
import type { Frame } from "./filters.ts";

/** Whose answers to what a dashboard counts, as far as the viewer may see them. */
export const countedBy = (viewer: Viewer, { team, filter }: Frame): Counted => ({
  teamId: team.id,
  members: seenMembers(viewer, team.id),
  pairs: countedPairs(viewer, { teamId: team.id, ...filter }),
});
