"use server";

import { z } from "zod";
import { action } from "#lib/server/action.ts";
import { changeGroupMembers, changeGroupMembersSchema } from "#lib/server/commands/change-group-members.ts";
import { changeRole, changeRoleSchema } from "#lib/server/commands/change-role.ts";
import { createGroup, createGroupSchema } from "#lib/server/commands/create-group.ts";
import { createInvite, createInviteSchema } from "#lib/server/commands/create-invite.ts";
import { deleteGroup, deleteGroupSchema } from "#lib/server/commands/delete-group.ts";
import { inviteByList, inviteByListSchema } from "#lib/server/commands/invite-by-list.ts";
import { removeMember, removeMemberSchema } from "#lib/server/commands/remove-member.ts";
import { renameGroup, renameGroupSchema } from "#lib/server/commands/rename-group.ts";
import { revokeInvite, revokeInviteSchema } from "#lib/server/commands/revoke-invite.ts";
import { transferOwnership, transferOwnershipSchema } from "#lib/server/commands/transfer-ownership.ts";

export const createInviteAction = action(createInviteSchema, async (viewer, input) =>
  createInvite(viewer, input, Date.now()),
);

export const revokeInviteAction = action(revokeInviteSchema, async (viewer, input) =>
  revokeInvite(viewer, input, Date.now()),
);

export const inviteByListAction = action(
  z.strictObject({ invitation: inviteByListSchema, apply: z.boolean() }),
  async (viewer, { invitation, apply }) => inviteByList(viewer, invitation, { apply, now: Date.now() }),
);

export const changeRoleAction = action(changeRoleSchema, async (viewer, input) =>
  changeRole(viewer, input, Date.now()),
);

export const transferOwnershipAction = action(transferOwnershipSchema, async (viewer, input) =>
  transferOwnership(viewer, input, Date.now()),
);

export const removeMemberAction = action(removeMemberSchema, async (viewer, input) =>
  removeMember(viewer, input, Date.now()),
);

export const createGroupAction = action(createGroupSchema, async (viewer, input) =>
  createGroup(viewer, input, Date.now()),
);

export const renameGroupAction = action(renameGroupSchema, async (viewer, input) =>
  renameGroup(viewer, input, Date.now()),
);

export const deleteGroupAction = action(deleteGroupSchema, async (viewer, input) =>
  deleteGroup(viewer, input, Date.now()),
);

export const changeGroupMembersAction = action(changeGroupMembersSchema, async (viewer, input) =>
  changeGroupMembers(viewer, input, Date.now()),
);
