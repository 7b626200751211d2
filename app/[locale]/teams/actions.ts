"use server";

import { action } from "#lib/server/action.ts";
import { createTeam, createTeamSchema } from "#lib/server/commands/create-team.ts";
import { joinOpenTeam, joinOpenTeamSchema } from "#lib/server/commands/join-open-team.ts";

export const createTeamAction = action(createTeamSchema, async (viewer, input) =>
  createTeam(viewer, input, Date.now()),
);

export const joinOpenTeamAction = action(joinOpenTeamSchema, async (viewer, input) =>
  joinOpenTeam(viewer, input, Date.now()),
);
