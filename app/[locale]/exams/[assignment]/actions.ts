"use server";

import { action } from "#lib/server/action.ts";
import { saveExamAnswer, saveExamAnswerSchema } from "#lib/server/commands/save-exam-answer.ts";
import { startExam, startExamSchema } from "#lib/server/commands/start-exam.ts";
import { submitExam, submitExamSchema } from "#lib/server/commands/submit-exam.ts";

export const startExamAction = action(startExamSchema, async (viewer, input) =>
  startExam(viewer, input, Date.now()),
);

export const saveExamAnswerAction = action(saveExamAnswerSchema, async (viewer, input) =>
  saveExamAnswer(viewer, input, Date.now()),
);

export const submitExamAction = action(submitExamSchema, async (viewer, input) =>
  submitExam(viewer, input, Date.now()),
);
