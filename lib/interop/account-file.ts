/** A person's account as one file: what the export writes and the import reads. */
import { z } from "zod";
import { slugSchema } from "#lib/core/questions/index.ts";
import type { Refusal, ReviewEvent } from "#lib/core/reviews/event.ts";
import { areWeights } from "#lib/core/scheduling/index.ts";
import { settingsSchema } from "#lib/core/settings.ts";

/** A request to import carries at most this many bytes: some 80,000 answers. */
export const MAX_IMPORT_BYTES = 32_000_000;

const format = z.literal("podshift-account");
const version = z.literal(1);
const fileSettingsSchema = settingsSchema.extend({
  /** FSRS-6 weights fitted to the learner; `null` for the published defaults. */
  weights: z.array(z.number()).refine(areWeights, "not FSRS-6 weights").nullable(),
});
type FileSettings = z.infer<typeof fileSettingsSchema>;

/** A file as it is read. Its events are judged one by one later; what else is in it is for people. */
export const accountFileSchema = z.object({
  format,
  version,
  exportedAt: z.iso.datetime(),
  settings: fileSettingsSchema,
  /** Which letters come. Files from before there were letters have none. */
  letters: z.strictObject({ assignments: z.boolean(), weekly: z.boolean(), due: z.boolean() }).optional(),
  /** Ids of banks. */
  enrollments: z.array(slugSchema).max(10_000),
  /** Lessons read or skipped, by concept. Files from before lessons were marked have none. */
  lessons: z
    .array(z.strictObject({ conceptId: slugSchema, at: z.iso.datetime(), skipped: z.boolean() }))
    .max(10_000)
    .default([]),
  events: z.array(z.unknown()),
});

/** A file as it is written. */
export interface AccountFile extends z.infer<typeof accountFileSchema> {
  /** Who it was; an import leaves the importing person's own as they are. */
  person: {
    name: string | null;
    email: string | null;
    createdAt: string;
    /** Issuers through which the person signs in. */
    linkedAccounts: string[];
  };
  /** Oldest first. */
  events: ReviewEvent[];
  /** The teams that the person is in, and what is assigned to them there. To read: an import makes nobody a member. */
  teams: {
    name: string;
    role: string;
    joinedAt: string;
    sharesAll: boolean;
    groups: string[];
    assignments: {
      title: string;
      assignedAt: string;
      dueAt: string;
      /** Readiness at the due moment, 0 to 1, once that has passed. */
      readinessAtDue: number | null;
    }[];
  }[];
  /** Final checks begun, oldest first. To read: their answers are events once they are graded. */
  finalChecks: {
    team: string;
    assignment: string;
    number: number;
    startedAt: string;
    submittedAt: string | null;
    /** Share that was right, 0 to 1. */
    score: number | null;
    passed: boolean | null;
  }[];
}

/** What an import will do, or did. */
export interface ImportPlan {
  exportedAt: string;
  /** Events that are new. */
  fresh: number;
  /** Events that are there already. */
  had: number;
  /** Events that cannot be taken, by reason; the rest does without them. */
  refused: { reason: Refusal; count: number }[];
  /** Lessons whose marks are new. */
  lessons: number;
  /** The settings that the file changes. */
  settings: (keyof FileSettings | "letters")[];
}
