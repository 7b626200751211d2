"use server";

import { action } from "#lib/server/action.ts";
import { clientAddress } from "#lib/server/auth/request.ts";
import { enter } from "#lib/server/auth/session.ts";
import { confirmSignUp, tokenSchema } from "#lib/server/commands/confirm-sign-up.ts";
import {
  requestPasswordReset,
  requestResetSchema,
  resetPassword,
  resetPasswordSchema,
} from "#lib/server/commands/reset-password.ts";
import { signIn, signInSchema } from "#lib/server/commands/sign-in.ts";
import { signUp, signUpSchema } from "#lib/server/commands/sign-up.ts";

const asker = async () => ({ from: await clientAddress(), now: Date.now() });

export const signUpAction = action(signUpSchema, async (viewer, input) =>
  signUp(viewer, input, await asker()),
);

export const signInAction = action(signInSchema, async (viewer, input) =>
  enter(await signIn(viewer, input, await asker())),
);

export const confirmSignUpAction = action(tokenSchema, async (viewer, input) =>
  enter(await confirmSignUp(viewer, input, Date.now())),
);

export const requestResetAction = action(requestResetSchema, async (_viewer, input) =>
  requestPasswordReset(input, await asker()),
);

export const resetPasswordAction = action(resetPasswordSchema, async (_viewer, input) =>
  enter(await resetPassword(input, Date.now())),
);
