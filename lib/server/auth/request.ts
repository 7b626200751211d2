import "server-only";
import { headers } from "next/headers";
import { config } from "#lib/server/config.ts";

/** The network address that a request comes from, for rate limits. The server has removed what strangers claim. */
export async function clientAddress(): Promise<string> {
  return (await headers()).get("x-forwarded-for")?.split(",")[0]?.trim() ?? "unknown";
}

/**
 * Whether a request that changes something comes from our own pages. Browsers always say where such a request comes
 * from; server actions are checked by Next, route handlers by this.
 */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  const host =
    (config().trustProxy && request.headers.get("x-forwarded-host")) || request.headers.get("host");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host;
}
