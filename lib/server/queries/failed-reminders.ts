import "server-only";
import { groupBy } from "#lib/core/collections.ts";
import type { MatterKind } from "#lib/core/reminders/index.ts";
import { DAY_MS } from "#lib/core/scheduling/index.ts";
import { teamsWhere } from "#lib/server/auth/scope.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { isId } from "#lib/server/ids.ts";

/** A letter that could not be sent. */
export interface FailedReminder {
  id: string;
  name: string | null;
  email: string | null;
  /** `YYYY-MM-DD`, where the person is. */
  day: string;
  /** What it would have said of this team. */
  kinds: MatterKind[];
  attempts: number;
  /** As mail servers and networks call it, e.g. `ECONNREFUSED` or `EENVELOPE 550`. */
  error: string;
}

/** Failures older than this are left out. */
const DAYS = 30;

/** Letters about a team that were given up lately, the latest first; `null` where the viewer does not see them. */
export async function getFailedReminders(
  viewer: Viewer,
  teamId: string,
  now: number,
): Promise<FailedReminder[] | null> {
  if (!isId(teamId)) return null;
  const team = { id: teamId, ...teamsWhere(viewer, "reminders.see") };
  if (!(await db().team.findFirst({ where: team, select: { id: true } }))) return null;
  const matters = await db().reminderMatter.findMany({
    where: {
      teamId,
      mail: {
        status: "failed",
        day: { gt: new Date(now - DAYS * DAY_MS) },
        // Not of people who have left.
        user: { memberships: { some: { teamId } } },
      },
    },
    include: { mail: { include: { user: { select: { name: true, email: true } } } } },
    orderBy: [{ mail: { day: "desc" } }, { mailId: "asc" }],
  });
  return [...groupBy(matters, ({ mailId }) => mailId)].flatMap(([id, ofMail]) => {
    const [first] = ofMail;
    if (!first) return [];
    const { user, day, attempts, error } = first.mail;
    const kinds = [...new Set(ofMail.map(({ kind }) => kind as MatterKind))];
    return [{ id, ...user, day: day.toISOString().slice(0, 10), kinds, attempts, error: error ?? "UNKNOWN" }];
  });
}
