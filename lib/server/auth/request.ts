import "server-only";
import { headers } from "next/headers";
import { config } from "#lib/server/config.ts";

/** Where a request comes from, for rate limits. Behind a proxy of ours, the address it saw; else one for all. */
export async function clientAddress(): Promise<string> {
  const given = (await headers()).get("x-forwarded-for");
  // Next's own server sets the header to the peer's address; from strangers it can only be trusted from the right.
  const hops = given?.split(",").map((hop) => hop.trim()) ?? [];
  return (config().trustProxy ? hops[0] : hops.at(-1)) ?? "unknown";
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
