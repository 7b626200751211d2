import { clientAddress } from "#lib/server/auth/request.ts";
import { NOBODY } from "#lib/server/auth/viewer.ts";
import { unsubscribe, unsubscribeSchema } from "#lib/server/commands/unsubscribe.ts";
import { config } from "#lib/server/config.ts";
import { problem } from "#lib/server/problem.ts";

/**
 * One-click unsubscribing (RFC 8058): the reader's mail program posts here, without session or cookies and from wherever it runs.
 * What it posts says nothing that the address does not.
 */
export async function POST(request: Request): Promise<Response> {
  const from = await clientAddress();
  const parsed = unsubscribeSchema.safeParse({ token: tokenOf(request) });
  if (!parsed.success) return notALink();
  const outcome = await unsubscribe(NOBODY, parsed.data, { from, now: Date.now() });
  if (outcome.ok) return new Response(null, { status: 204 });
  if (outcome.error !== "rate-limited") return notALink();
  return problem(429, "Too many requests from this address", { retryAfter: outcome.retryAfter });
}

/** A person whose mail program only follows links: shown the page, where a button does it. Following a link changes nothing. */
export async function GET(request: Request): Promise<Response> {
  const token = encodeURIComponent(tokenOf(request) ?? "");
  return new Response(null, {
    status: 303,
    headers: { location: `${config().appUrl}/unsubscribe?token=${token}`, "referrer-policy": "no-referrer" },
  });
}

const tokenOf = (request: Request): string | null => new URL(request.url).searchParams.get("token");
const notALink = () => problem(404, "This is no link of ours");
