import { z } from "zod";
import { ANSWER_LIMIT, taskSchema } from "../tasks/task.ts";
import { textSchema } from "./text.ts";

/**
 * Manifests to write for a cluster that is there. Judged by what they do there, which takes the cluster model: `lib/core/tasks/grade.ts`
 * grades them, so that whoever asks no such question loads no model.
 */
export const manifest = {
  fields: {
    task: taskSchema,
    /** From a nudge to nearly the answer, shown one after the other. */
    hints: z.array(textSchema).min(2).max(3),
    /** Manifests that do what is asked, shown afterwards; of several ways one. */
    solution: z.string().min(1).max(ANSWER_LIMIT),
  },
  answer: z.strictObject({ manifests: z.string().max(ANSWER_LIMIT) }),
};
