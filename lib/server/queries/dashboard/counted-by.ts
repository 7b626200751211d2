import "server-only";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Counted } from "#lib/server/db/sql/member-answers.ts";
import { countedMembers } from "#lib/server/db/sql/pairs.ts";
import type { Frame } from "./filters.ts";

/** Whose answers to what a dashboard counts, as far as the viewer may see them. */
export const countedBy = async (viewer: Viewer, { team, filter }: Frame): Promise<Counted> => ({
  teamId: team.id,
  members: await countedMembers(db(), viewer, { teamId: team.id, ...filter }),
});
