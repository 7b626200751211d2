import "server-only";
import { connection } from "next/server";
import { getLocale } from "next-intl/server";
import type { Locale } from "#lib/core/questions/index.ts";
import { getViewer } from "./auth/get-viewer.ts";
import type { Viewer } from "./auth/viewer.ts";

/** What every page asks for first: who is looking, when (ms since the epoch), and in which language. */
export async function requestContext(): Promise<{ viewer: Viewer; now: number; locale: Locale }> {
  // The time is that of a request, never of a prerender.
  await connection();
  const viewer = await getViewer();
  return { viewer, now: Date.now(), locale: await getLocale() };
}
