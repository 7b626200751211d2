"use server";

import { action } from "#lib/server/action.ts";
import { clientAddress } from "#lib/server/auth/request.ts";
import { unsubscribe, unsubscribeSchema } from "#lib/server/commands/unsubscribe.ts";

export const unsubscribeAction = action(unsubscribeSchema, async (viewer, input) =>
  unsubscribe(viewer, input, { from: await clientAddress(), now: Date.now() }),
);
