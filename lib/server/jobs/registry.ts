import { closeOverdueAttempts } from "#lib/server/commands/close-attempts.ts";
import { takeSnapshots } from "#lib/server/commands/take-snapshots.ts";
import type { Job } from "./job.ts";
import { noteReadinessAtDue } from "./note-readiness.ts";
import { planReminders } from "./plan-reminders.ts";
import { sendReminders } from "./send-reminders.ts";

const MINUTE_MS = 60_000;

/** All that the server does by itself, in the order in which it is done when several are due: what stands is noted before it is told. */
export const JOBS: Readonly<Record<string, Job>> = {
  "close-exam-attempts": { run: ({ clock }) => closeOverdueAttempts(clock()), everyMs: MINUTE_MS },
  "take-snapshots": {
    run: async ({ clock }) => {
      await takeSnapshots(clock());
    },
    everyMs: 30 * MINUTE_MS,
  },
  "note-readiness-at-due": { run: noteReadinessAtDue, everyMs: 5 * MINUTE_MS },
  "plan-reminders": { run: planReminders, everyMs: 10 * MINUTE_MS },
  "send-reminders": { run: sendReminders },
};
