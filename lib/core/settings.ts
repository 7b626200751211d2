/** What a learner chooses about studying. Everything else about a person is known, not chosen. */
import { z } from "zod";
import { localeSchema } from "./questions/text.ts";
import { isTimeZone } from "./scheduling/day.ts";

/** The recall chances that can be aimed at. Lower forgets too much to be of use; higher repeats without end. */
export const RETENTION = { min: 0.7, max: 0.97 } as const;
export const MAX_NEW_PER_DAY = 200;

export const settingsSchema = z.strictObject({
  locale: localeSchema,
  timeZone: z.string().max(100).refine(isTimeZone, "not the name of a time zone"),
  /** Hour of the local day at which a study day begins. */
  dayStartHour: z.int().min(0).max(23),
  newPerDay: z.int().min(0).max(MAX_NEW_PER_DAY),
  desiredRetention: z.number().min(RETENTION.min).max(RETENTION.max),
});
export type Settings = z.infer<typeof settingsSchema>;
