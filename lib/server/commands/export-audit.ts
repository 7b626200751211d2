import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { isId } from "#lib/server/ids.ts";
import { type AuditEntryView, type AuditFilter, readAudit } from "#lib/server/queries/audit.ts";
import { audit } from "./audit.ts";

/** All entries of a team's log that a filter leaves, newest first, to take along. That is an entry itself. */
export async function exportAudit(
  viewer: Viewer,
  teamId: string,
  filter: AuditFilter,
  now: number,
): Promise<Result<{ timeZone: string; entries: AuditEntryView[] }>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  if (!isId(teamId)) return failed("not-found");
  return db().$transaction(
    async (tx) => {
      const team = await lockTeam(tx, viewer, teamId, "audit.read");
      if (!team) return failed("not-found");
      const entries = await readAudit(tx, viewer, team, filter);
      const details = { entries: entries.length };
      await audit(tx, { teamId, action: "audit.exported", actorId: viewer.userId, details }, now);
      return done({ timeZone: team.timeZone, entries });
    },
    { timeout: 60_000 },
  );
}
