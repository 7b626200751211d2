"use server";

import { action } from "#lib/server/action.ts";
import { setEnrollment, setEnrollmentSchema } from "#lib/server/commands/set-enrollment.ts";

export const setEnrollmentAction = action(setEnrollmentSchema, setEnrollment);
