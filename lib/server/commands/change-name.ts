import { z } from "zod";
import { personNameSchema } from "#lib/core/teams/names.ts";
import { isPerson, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";

export const changeNameSchema = z.strictObject({ name: personNameSchema.min(1, "name-missing") });

/** Changes what the viewer's teams call the viewer. */
export async function changeName(
  viewer: Viewer,
  { name }: z.infer<typeof changeNameSchema>,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  await setName(db(), viewer, name);
  return done(undefined);
}

/** What a person is to be called in a team: as just given, else as before; `null` for somebody without a name. */
export const nameFor = (viewer: Viewer, given: string | undefined): string | null =>
  given || (isPerson(viewer) ? viewer.name : null);

/** Calls a person so from now on. */
export async function setName(
  tx: Prisma.TransactionClient,
  { userId, name: before }: Pick<Person, "userId" | "name">,
  name: string,
): Promise<void> {
  if (name !== before) await tx.user.update({ where: { id: userId }, data: { name } });
}
