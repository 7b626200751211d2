import { z } from "zod";
import { settingsSchema } from "#lib/core/settings.ts";
import { nameSchema } from "#lib/core/teams/names.ts";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { writeMemberWeeks } from "#lib/server/db/sql/member-figures.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

export const editTeamSchema = z.strictObject({
  teamId: z.uuid(),
  name: nameSchema,
  timeZone: settingsSchema.shape.timeZone,
});

/** All weeks of all members are counted anew where days end elsewhere. */
const LONG = { timeout: 120_000 };

/** Changes what a team is called and where its days end; due moments follow. */
export async function editTeam(
  viewer: Viewer,
  { teamId, name, timeZone }: z.infer<typeof editTeamSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    const team = await lockTeam(tx, viewer, teamId, "team.edit");
    if (!team) return failed("not-found");
    if (team.name === name && team.timeZone === timeZone) return done(undefined);
    await tx.team.update({ where: { id: teamId }, data: { name, timeZone } });
    // Weeks begin elsewhere then.
    if (team.timeZone !== timeZone) await writeMemberWeeks(tx, { teamId });
    await audit(
      tx,
      { teamId, action: "team.edited", actorId: viewer.userId, details: { name, timeZone } },
      now,
    );
    await syncAssignees(tx, teamId, now);
    return done(undefined);
  }, LONG);
}
