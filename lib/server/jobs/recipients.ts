import { isDecentHour, localDay } from "#lib/core/reminders/index.ts";
import { buildQueue, createScheduler, NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Days } from "#lib/server/db/sql/jobs.ts";
import { queueRows } from "#lib/server/db/sql/queue.ts";

/** The local day in each of the zones in which mail may come now. */
export const decentDays = (zones: readonly string[], now: number): Days =>
  Object.fromEntries(
    zones.filter((zone) => isDecentHour(now, zone)).map((zone) => [zone, localDay(now, zone)]),
  );

/** Learned cards that a person has to repeat today, as their Today counts them. */
export async function countCardsDue(person: Person, now: number): Promise<number> {
  const rows = await queueRows(db(), person.userId);
  const cards = rows.map((row) => ({ ...row, memory: row.memory ?? NEW_MEMORY }));
  return buildQueue(cards, { ...person, now, scheduler: createScheduler(person) }).due;
}
