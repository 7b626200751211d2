"use server";

import { action } from "#lib/server/action.ts";
import { createTeam, createTeamSchema } from "#lib/server/commands/create-team.ts";

export const createTeamAction = action(createTeamSchema, async (viewer, input) =>
  createTeam(viewer, input, Date.now()),
);
