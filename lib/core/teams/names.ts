/** What teams, groups and people may be called. */
import { z } from "zod";

export const MAX_NAME_LENGTH = 80;

/** One line. What turns the direction of text around could make a name look like another. */
const lineSchema = z
  .string()
  .normalize("NFC")
  .trim()
  .max(MAX_NAME_LENGTH, "name-invalid")
  .refine((text) => !/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(text), "name-invalid");

/** Of a team, or of a group in it. */
export const nameSchema = lineSchema.min(1, "name-missing");
/** What others in a team see of a person. Left empty, a person has none. */
export const personNameSchema = lineSchema;
