import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import { clientAddress } from "#lib/server/auth/request.ts";
import { NOBODY } from "#lib/server/auth/viewer.ts";
import { problem } from "#lib/server/problem.ts";
import { getCalendar } from "#lib/server/queries/calendar.ts";

/** Somebody's calendar, for programs that subscribe to it: whoever knows the address reads it. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const from = await clientAddress();
  const now = Date.now();
  const retryAfter = await countAttempt("calendar-ip", from, now);
  if (retryAfter > 0) return problem(429, "Too many requests from this address", { retryAfter });
  const calendar = await getCalendar(NOBODY, (await params).token, now);
  if (!calendar) return problem(404, "There is no such calendar");
  return new Response(calendar, {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="podshift.ics"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
