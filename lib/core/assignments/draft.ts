import { z } from "zod";
import { slugSchema } from "../questions/index.ts";
import { EXAM_RANGES, MAX_DAYS, MAX_NOTE_LENGTH, MAX_TITLE_LENGTH, TARGETS } from "./limits.ts";

/** An assignment as it is written down by whoever makes it: what its form holds, and what is stored when it may be. */

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

const within = (rule: Exclude<keyof typeof EXAM_RANGES, "passMark">) =>
  z.int().min(EXAM_RANGES[rule][0]).max(EXAM_RANGES[rule][1]);

/** The rules of a final check; meanings and units as in the schema of the database. */
export const examRulesSchema = z.strictObject({
  itemsPerConcept: within("itemsPerConcept"),
  minutes: within("minutes"),
  passMark: z.number().min(EXAM_RANGES.passMark[0]).max(EXAM_RANGES.passMark[1]),
  maxAttempts: within("maxAttempts"),
  waitHours: within("waitHours"),
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
