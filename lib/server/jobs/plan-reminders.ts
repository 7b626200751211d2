import { uuidv7 } from "uuidv7";
import { planOf } from "#lib/core/assignments/index.ts";
import { groupBy } from "#lib/core/collections.ts";
import { type AssignedPart, mattersDue, type Recipient, WINDOWS } from "#lib/core/reminders/index.ts";
import { personOf } from "#lib/server/auth/person.ts";
import { MAY } from "#lib/server/auth/policy.ts";
import { db } from "#lib/server/db/client.ts";
import {
  findRecipients,
  people,
  type RecipientRow,
  writeReminder,
  zonesOfRecipients,
} from "#lib/server/db/sql/jobs.ts";
import { standings } from "#lib/server/db/sql/standing.ts";
import { usualAnswerMs } from "#lib/server/db/sql/statistics.ts";
import type { JobContext } from "./job.ts";
import { countCardsDue, decentDays } from "./recipients.ts";

/** Job: writes the letter of the day to everybody to whom there is something to say, at an hour at which it may come. */
export async function planReminders({ clock, signal }: JobContext): Promise<void> {
  const now = clock();
  const days = decentDays(await zonesOfRecipients(db()), now);
  const window = {
    newSince: new Date(now - WINDOWS.newsMs),
    dueFrom: new Date(now - WINDOWS.newsMs),
    dueUntil: new Date(now + WINDOWS.soonMs),
  };
  const rows = await findRecipients(db(), days, new Date(now), window, MAY["dashboards.see"]);
  const statuses = await statusesOf(
    rows.flatMap((row) => partsInQuestion(row, now)),
    now,
  );
  const cardsDue = await cardsDueOf(rows, now);
  for (const row of rows) {
    if (signal.aborted) return;
    const statusOf = ({ assignmentId }: Part) => statuses.get(keyOf(row.userId, assignmentId)) ?? "done";
    const recipient = recipientOf(row, statusOf, cardsDue.get(row.userId) ?? 0);
    const matters = mattersDue(recipient, new Set(row.said), now);
    if (matters.length === 0 && !row.unsentId) continue;
    const letter = { ...row, id: uuidv7(), day: days[row.timeZone] ?? "", matters };
    await db().$transaction((tx) => writeReminder(tx, letter, new Date(now)));
  }
}

type Part = RecipientRow["assigned"][number];
type Status = AssignedPart["status"];

const keyOf = (userId: string, assignmentId: string): string => `${userId} ${assignmentId}`;

function recipientOf(
  { timeZone, assignments, weekly, due, assigned, managed }: RecipientRow,
  statusOf: (part: Part) => Status,
  cardsDue: number,
): Recipient {
  const parts = assigned.map((part) => ({ ...part, status: statusOf(part) }));
  return { timeZone, wishes: { assignments, weekly, due }, assigned: parts, managed, cardsDue };
}

/** The parts of which there is something to say if they stand at worst: how they do stand costs more to know. */
function partsInQuestion(row: RecipientRow, now: number) {
  const atWorst = recipientOf(row, ({ dueAt }) => (dueAt <= now ? "overdue" : "notStarted"), 0);
  return mattersDue(atWorst, new Set(row.said), now).flatMap(({ teamId, assignmentId }) =>
    teamId && assignmentId ? [{ userId: row.userId, teamId, assignmentId }] : [],
  );
}

/** How people stand with parts of theirs, by `keyOf`: a statement per team. */
async function statusesOf(
  parts: readonly { userId: string; teamId: string; assignmentId: string }[],
  now: number,
): Promise<Map<string, Status>> {
  const statuses = new Map<string, Status>();
  for (const [teamId, ofTeam] of groupBy(parts, (part) => part.teamId)) {
    const members = people([...new Set(ofTeam.map(({ userId }) => userId))]);
    for (const row of await standings({ teamId, members }, now)) {
      // What an answer takes makes minutes, not the status.
      const { status } = planOf(row, row, { ...row, now, answerMs: usualAnswerMs(null) });
      statuses.set(keyOf(row.userId, row.assignmentId), status);
    }
  }
  return statuses;
}

/** The cards due of those who asked to hear of them, by person. */
async function cardsDueOf(rows: readonly RecipientRow[], now: number): Promise<Map<string, number>> {
  const asking = rows.filter(({ due }) => due).map(({ userId }) => userId);
  const counts = new Map<string, number>();
  for (const user of await db().user.findMany({ where: { id: { in: asking } } })) {
    counts.set(user.id, await countCardsDue(personOf(user), now));
  }
  return counts;
}
