/** What a learner chooses about studying. Everything else about a person is known, not chosen. */
import * as z from "zod/mini";
import { localeSchema } from "./questions/text.ts";
import { isTimeZone } from "./scheduling/day.ts";

/** The recall chances that can be aimed at. Lower forgets too much to be of use; higher repeats without end. */
export const RETENTION = { min: 0.7, max: 0.97 } as const;
export const MAX_NEW_PER_DAY = 200;

export const settingsSchema = z.strictObject({
  locale: localeSchema,
  timeZone: z.string().check(z.maxLength(100), z.refine(isTimeZone, "not the name of a time zone")),
  /** Hour of the local day at which a study day begins. */
  dayStartHour: z.int().check(z.minimum(0), z.maximum(23)),
  newPerDay: z.int().check(z.minimum(0), z.maximum(MAX_NEW_PER_DAY)),
  desiredRetention: z.number().check(z.minimum(RETENTION.min), z.maximum(RETENTION.max)),
});
export type Settings = z.infer<typeof settingsSchema>;
