import { z } from "zod";
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from "#lib/core/reviews/event.ts";
import { getViewer } from "#lib/server/auth/get-viewer.ts";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import { isSameOrigin } from "#lib/server/auth/request.ts";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { problem } from "#lib/server/problem.ts";

const bodySchema = z.object({
  /** Whose events these are. Another person's session must not store them as its own. */
  owner: z.uuid(),
  events: z.array(z.unknown()).min(1),
});

/** Takes a batch of review events from the browser's outbox. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return problem(403, "Requests come from this site's own pages");
  const viewer = await getViewer();
  if (!isPerson(viewer)) return problem(401, "Nobody is signed in");
  const text = await request.text();
  if (Buffer.byteLength(text) > MAX_BATCH_BYTES)
    return problem(413, `At most ${MAX_BATCH_BYTES} bytes at once`);
  const body = bodySchema.safeParse(parseJson(text));
  if (!body.success) return problem(400, "The body is not a batch of events");
  if (body.data.owner !== viewer.userId) return problem(409, "Somebody else is signed in");
  const now = Date.now();
  const retryAfter = await countAttempt("ingest", viewer.userId, now);
  if (retryAfter > 0) return problem(429, "Too many batches", { retryAfter });
  const recorded = await recordReviews(viewer, body.data.events, now);
  return recorded.ok
    ? Response.json(recorded.value)
    : problem(413, `At most ${MAX_BATCH_EVENTS} events at once`, { code: recorded.error });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
