"use server";

import { cookies } from "next/headers";
import { z } from "zod";
import { action } from "#lib/server/action.ts";
import { endSession, enter } from "#lib/server/auth/session.ts";
import { changeName, changeNameSchema } from "#lib/server/commands/change-name.ts";
import { changePassword, changePasswordSchema } from "#lib/server/commands/change-password.ts";
import { deleteAccount, deleteAccountSchema } from "#lib/server/commands/delete-account.ts";
import { makeCalendarLink } from "#lib/server/commands/make-calendar-link.ts";
import { revokeCalendarLink } from "#lib/server/commands/revoke-calendar-link.ts";
import { signOutEverywhere } from "#lib/server/commands/sign-out-everywhere.ts";
import { updateMailSettings, updateMailSettingsSchema } from "#lib/server/commands/update-mail-settings.ts";
import { updateSettings, updateSettingsSchema } from "#lib/server/commands/update-settings.ts";
import { done } from "#lib/server/errors.ts";
import { themeSchema, writeTheme } from "#lib/server/theme.ts";

const nothing = z.strictObject({});

export const setThemeAction = action(z.strictObject({ theme: themeSchema }), async (_viewer, { theme }) =>
  done(writeTheme(await cookies(), theme)),
);

export const updateSettingsAction = action(updateSettingsSchema, async (viewer, changes) =>
  updateSettings(viewer, changes, Date.now()),
);

export const changeNameAction = action(changeNameSchema, async (viewer, input) => changeName(viewer, input));

export const changePasswordAction = action(changePasswordSchema, async (viewer, input) =>
  enter(await changePassword(viewer, input, Date.now())),
);

export const signOutAction = action(nothing, async () => done(await endSession()));

export const signOutEverywhereAction = action(nothing, async (viewer) =>
  enter(await signOutEverywhere(viewer)),
);

export const deleteAccountAction = action(deleteAccountSchema, async (viewer, input) => {
  const deleted = await deleteAccount(viewer, input, Date.now());
  if (deleted.ok) await endSession();
  return deleted;
});

export const updateMailSettingsAction = action(updateMailSettingsSchema, updateMailSettings);

export const makeCalendarLinkAction = action(nothing, async (viewer) => makeCalendarLink(viewer));

export const revokeCalendarLinkAction = action(nothing, async (viewer) => revokeCalendarLink(viewer));
