import { z } from "zod";
import { slugSchema } from "../questions/index.ts";

/** An assignment as it is written down by whoever makes it: what its form holds, and what is stored when it may be. */

export const MAX_TITLE_LENGTH = 120;
export const MAX_NOTE_LENGTH = 2000;
export const MAX_DAYS = 365;
/** Readiness that can be aimed at. Above, reviews at the usual desired retention would never get there. */
export const TARGETS = { min: 0.5, max: 0.95, usual: 0.85 } as const;

const dueSchema = z.discriminatedUnion("kind", [
  /** At the end of this day where the team is, `YYYY-MM-DD`. */
  z.strictObject({ kind: z.literal("on"), day: z.iso.date("due-missing") }),
  /** So many days after each was assigned. */
  z.strictObject({ kind: z.literal("after"), days: z.int().min(1).max(MAX_DAYS) }),
]);

export const scopePartSchema = z.strictObject({
  kind: z.enum(["bank", "area", "concept"]),
  id: slugSchema,
});

/** The rules of a final check; meanings and units as in the schema of the database. */
export const examRulesSchema = z.strictObject({
  itemsPerConcept: z.int().min(1).max(5),
  minutes: z.int().min(1).max(240),
  passMark: z.number().min(0.1).max(1),
  maxAttempts: z.int().min(1).max(20),
  waitHours: z
    .int()
    .min(0)
    .max(24 * 14),
  drawnPerAttempt: z.boolean(),
  reviewable: z.boolean(),
});

export const assignmentDraftSchema = z
  .strictObject({
    title: z.string().normalize("NFC").trim().min(1, "title-missing").max(MAX_TITLE_LENGTH),
    note: z.string().normalize("NFC").trim().max(MAX_NOTE_LENGTH),
    due: dueSchema,
    scope: z.array(scopePartSchema).min(1, "scope-missing").max(200),
    /** Every learner, whenever they join … */
    forEveryone: z.boolean(),
    /** … or every learner who joins from now on … */
    forNewcomers: z.boolean(),
    /** … and these. */
    people: z.array(z.uuid()).max(2000),
    groups: z.array(z.uuid()).max(200),
    readinessTarget: z.number().min(TARGETS.min).max(TARGETS.max).nullable(),
    exam: examRulesSchema.nullable(),
  })
  .refine(
    ({ forEveryone, forNewcomers, people, groups }) =>
      forEveryone || forNewcomers || people.length + groups.length > 0,
    { path: ["people"], error: "assignees-missing" },
  )
  .refine(({ readinessTarget, exam }) => readinessTarget !== null || exam !== null, {
    path: ["readinessTarget"],
    error: "goal-missing",
  });

export type AssignmentDraft = z.infer<typeof assignmentDraftSchema>;
export type ScopePart = z.infer<typeof scopePartSchema>;
export type ExamRules = z.infer<typeof examRulesSchema>;

/** What a final check begins with in a form. */
export const USUAL_EXAM: ExamRules = {
  itemsPerConcept: 1,
  minutes: 30,
  passMark: 0.8,
  maxAttempts: 3,
  waitHours: 24,
  drawnPerAttempt: true,
  reviewable: true,
};
