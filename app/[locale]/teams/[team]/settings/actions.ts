"use server";

import { action } from "#lib/server/action.ts";
import { deleteTeam, deleteTeamSchema } from "#lib/server/commands/delete-team.ts";
import { editTeam, editTeamSchema } from "#lib/server/commands/edit-team.ts";
import { leaveTeam, leaveTeamSchema } from "#lib/server/commands/leave-team.ts";
import { sendReminderAgain, sendReminderAgainSchema } from "#lib/server/commands/send-reminder-again.ts";
import { setJoinRules, setJoinRulesSchema } from "#lib/server/commands/set-join-rules.ts";
import { setSharing, setSharingSchema } from "#lib/server/commands/set-sharing.ts";

export const editTeamAction = action(editTeamSchema, async (viewer, input) =>
  editTeam(viewer, input, Date.now()),
);

export const setJoinRulesAction = action(setJoinRulesSchema, async (viewer, input) =>
  setJoinRules(viewer, input, Date.now()),
);

export const setSharingAction = action(setSharingSchema, async (viewer, input) =>
  setSharing(viewer, input, Date.now()),
);

export const leaveTeamAction = action(leaveTeamSchema, async (viewer, input) =>
  leaveTeam(viewer, input, Date.now()),
);

export const deleteTeamAction = action(deleteTeamSchema, async (viewer, input) => deleteTeam(viewer, input));

export const sendReminderAgainAction = action(sendReminderAgainSchema, async (viewer, input) =>
  sendReminderAgain(viewer, input, Date.now()),
);
