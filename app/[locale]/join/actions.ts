"use server";

import { action } from "#lib/server/action.ts";
import { clientAddress } from "#lib/server/auth/request.ts";
import { startSession } from "#lib/server/auth/session.ts";
import { joinTeam, joinTeamSchema } from "#lib/server/commands/join-team.ts";
import { done } from "#lib/server/errors.ts";

export const joinTeamAction = action(joinTeamSchema, async (viewer, input) => {
  const joined = await joinTeam(viewer, input, { from: await clientAddress(), now: Date.now() });
  if (!joined.ok) return joined;
  const { teamId, session } = joined.value;
  if (session) await startSession(session);
  return done({ teamId });
});
