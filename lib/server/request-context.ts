import "server-only";
import { getLocale } from "next-intl/server";
import type { Locale } from "#lib/core/questions/index.ts";
import { getViewer } from "./auth/get-viewer.ts";
import type { Viewer } from "./auth/viewer.ts";

/** What every page asks for first: who is looking, when (ms since the epoch), and in which language. */
export async function requestContext(): Promise<{ viewer: Viewer; now: number; locale: Locale }> {
  // In this order: who is looking is known per request only, and so is the time.
  const viewer = await getViewer();
  return { viewer, now: Date.now(), locale: await getLocale() };
}
