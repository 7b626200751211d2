"use server";

import { action } from "#lib/server/action.ts";
import { createAssignment, createAssignmentSchema } from "#lib/server/commands/create-assignment.ts";
import { editAssignment, editAssignmentSchema } from "#lib/server/commands/edit-assignment.ts";
import { extendAssignment, extendAssignmentSchema } from "#lib/server/commands/extend-assignment.ts";
import {
  setAssignmentArchived,
  setAssignmentArchivedSchema,
} from "#lib/server/commands/set-assignment-archived.ts";
import {
  setAssignmentClosed,
  setAssignmentClosedSchema,
} from "#lib/server/commands/set-assignment-closed.ts";

export const createAssignmentAction = action(createAssignmentSchema, async (viewer, input) =>
  createAssignment(viewer, input, Date.now()),
);

export const editAssignmentAction = action(editAssignmentSchema, async (viewer, input) =>
  editAssignment(viewer, input, Date.now()),
);

export const extendAssignmentAction = action(extendAssignmentSchema, async (viewer, input) =>
  extendAssignment(viewer, input, Date.now()),
);

export const setAssignmentClosedAction = action(setAssignmentClosedSchema, async (viewer, input) =>
  setAssignmentClosed(viewer, input, Date.now()),
);

export const setAssignmentArchivedAction = action(setAssignmentArchivedSchema, async (viewer, input) =>
  setAssignmentArchived(viewer, input, Date.now()),
);
