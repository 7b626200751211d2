import { db } from "#lib/server/db/client.ts";
import { claimJob } from "#lib/server/db/sql/jobs.ts";
import { log } from "#lib/server/log.ts";
import type { JobContext } from "./job.ts";
import { JOBS } from "./registry.ts";

/** How often a process looks for work. */
const TICK_MS = 30_000;
/** How long a process has a job for itself. One that takes longer may run twice at once, and gets slower by that, not wrong. */
const LEASE_MS = 10 * 60_000;

/**
 * Does the jobs whose time has come, in this process, one after the other. One that fails is logged, and done again at its next
 * time.
 */
export async function runDueJobs(context: JobContext): Promise<void> {
  for (const [name, { run, everyMs }] of Object.entries(JOBS)) {
    if (context.signal.aborted) return;
    try {
      if (everyMs === undefined) await run(context);
      else await runAlone(name, everyMs, () => run(context), context);
    } catch (error) {
      log.error({ err: error, job: name }, "a job failed");
    }
  }
}

async function runAlone(
  name: string,
  everyMs: number,
  run: () => Promise<void>,
  { clock }: JobContext,
): Promise<void> {
  const now = clock();
  const leasedUntil = new Date(now + LEASE_MS);
  if (!(await claimJob(db(), name, new Date(now), leasedUntil))) return;
  try {
    await run();
  } finally {
    // Unless the lease has run out and another process has it.
    await db().job.updateMany({
      where: { name, leasedUntil },
      data: { leasedUntil: null, nextRunAt: new Date(now + everyMs) },
    });
  }
}

/** Does the server's own work from now on. @returns what ends it, once what is under way is finished */
export function startJobs(): () => Promise<void> {
  const ending = new AbortController();
  const context = { clock: Date.now, signal: ending.signal };
  let timer: NodeJS.Timeout | undefined;
  let underWay = Promise.resolve();
  const tick = () => {
    underWay = runDueJobs(context).then(() => {
      if (!ending.signal.aborted) timer = setTimeout(tick, TICK_MS);
    });
  };
  tick();
  return async () => {
    ending.abort();
    clearTimeout(timer);
    await underWay;
  };
}
