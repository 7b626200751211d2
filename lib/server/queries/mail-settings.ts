import "server-only";
import type { MailWishes } from "#lib/core/reminders/index.ts";
import { MAY } from "#lib/server/auth/policy.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { wishesOf } from "#lib/server/mail/wishes.ts";

export interface MailSettings {
  wishes: MailWishes;
  /** Whether there is a team whose weekly summary the viewer can get. */
  manages: boolean;
  /** Whether the viewer's calendar can be read at an address. */
  hasCalendar: boolean;
}

/** Which letters the viewer gets, and whether there is a calendar; `null` for those who have no account to send them to. */
export async function getMailSettings(viewer: Viewer): Promise<MailSettings | null> {
  if (!isPerson(viewer) || viewer.kind === "guest") return null;
  const user = await db().user.findUniqueOrThrow({
    where: { id: viewer.userId },
    select: {
      mailsAssignments: true,
      mailsWeekly: true,
      mailsDue: true,
      calendarTokenHash: true,
      memberships: { where: { role: { in: [...MAY["dashboards.see"]] } }, take: 1 },
    },
  });
  return {
    wishes: wishesOf(user),
    manages: user.memberships.length > 0,
    hasCalendar: user.calendarTokenHash !== null,
  };
}
