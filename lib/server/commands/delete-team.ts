import { z } from "zod";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";

export const deleteTeamSchema = z.strictObject({ teamId: z.uuid() });

/** Erases a team in which nobody but the viewer is left, with its assignments and its audit log. */
export async function deleteTeam(
  viewer: Viewer,
  { teamId }: z.infer<typeof deleteTeamSchema>,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, viewer, teamId, "team.edit"))) return failed("not-found");
    if ((await tx.membership.count({ where: { teamId } })) > 1) return failed("team-not-empty");
    await eraseTeam(tx, teamId);
    return done(undefined);
  });
}

/** The one way in which audit entries go: the transaction names the team that it erases. */
export async function eraseTeam(tx: Prisma.TransactionClient, teamId: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('podshift.erasing_team', ${teamId}, true)`;
  await tx.team.delete({ where: { id: teamId } });
}
