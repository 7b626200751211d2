import { z } from "zod";
import { localeSchema } from "#lib/core/questions/index.ts";
import { isTimeZone } from "#lib/core/scheduling/index.ts";
import { getViewer } from "#lib/server/auth/get-viewer.ts";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import { clientAddress, isSameOrigin } from "#lib/server/auth/request.ts";
import { startSession } from "#lib/server/auth/session.ts";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { createGuest } from "#lib/server/commands/create-guest.ts";
import { problem } from "#lib/server/problem.ts";

const bodySchema = z.object({
  locale: localeSchema,
  timeZone: z.string().refine(isTimeZone, "not a time zone"),
});

/** Says who is at this browser; where nobody is, makes a guest, before the first answer is sent. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return problem(403, "Requests come from this site's own pages");
  const viewer = await getViewer();
  if (isPerson(viewer)) return Response.json({ userId: viewer.userId });
  const body = bodySchema.safeParse(await request.json().catch(() => null));
  if (!body.success) return problem(400, "The body says neither language nor time zone");
  const retryAfter = await countAttempt("guest-ip", await clientAddress(), Date.now());
  if (retryAfter > 0) return problem(429, "Too many guests from this address", { retryAfter });
  const userId = await createGuest(body.data);
  await startSession({ userId, version: 0 });
  return Response.json({ userId });
}
