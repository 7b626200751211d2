import "server-only";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Counted } from "#lib/server/db/sql/member-answers.ts";
import { countedMembers, narrowedMembers } from "#lib/server/db/sql/pairs.ts";
import type { Frame } from "./filters.ts";

/** Whose answers to what a dashboard counts, as far as the viewer may see them. */
export async function countedBy(viewer: Viewer, { team, filter }: Frame): Promise<Counted> {
  const narrowing = { teamId: team.id, ...filter };
  return {
    teamId: team.id,
    seen: narrowedMembers(viewer, narrowing),
    members: await countedMembers(db(), viewer, narrowing),
  };
}
