import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { settingsSchema } from "#lib/core/settings.ts";
import { nameSchema, personNameSchema } from "#lib/core/teams/names.ts";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { writeMemberFigures } from "#lib/server/db/sql/member-figures.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";
import { nameFor, setName } from "./change-name.ts";

export const createTeamSchema = z.strictObject({
  name: nameSchema,
  timeZone: settingsSchema.shape.timeZone,
  /** What members shall see of the viewer; may be absent where that is known already. */
  personName: personNameSchema.optional(),
});

/** Makes a team whose owner is the viewer. For accounts: a guest's browser is no place to keep a team. */
export async function createTeam(
  viewer: Viewer,
  { name, timeZone, personName }: z.infer<typeof createTeamSchema>,
  now: number,
): Promise<Result<{ teamId: string }>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  if (viewer.kind === "guest") return failed("account-needed");
  const called = nameFor(viewer, personName);
  if (!called) return failed("name-missing", { field: "personName" });
  const { userId } = viewer;
  const retryAfter = await countAttempt("create-team", userId, now);
  if (retryAfter > 0) return failed("rate-limited", { retryAfter });
  const teamId = uuidv7();
  await db().$transaction(async (tx) => {
    await setName(tx, viewer, called);
    await tx.team.create({
      data: {
        id: teamId,
        name,
        timeZone,
        createdAt: new Date(now),
        memberships: { create: { userId, role: "owner", joinedAt: new Date(now) } },
      },
    });
    await writeMemberFigures(tx, userId, []);
    await audit(tx, { teamId, action: "team.created", actorId: userId, details: { name } }, now);
  });
  return done({ teamId });
}
