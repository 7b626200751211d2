import { MAX_IMPORT_BYTES } from "#lib/interop/account-file.ts";
import { getViewer } from "#lib/server/auth/get-viewer.ts";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import { isSameOrigin } from "#lib/server/auth/request.ts";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { importAccount } from "#lib/server/commands/import-account.ts";
import { failed } from "#lib/server/errors.ts";
import { problem } from "#lib/server/problem.ts";

/**
 * Takes an exported file: tells the plan, and with `?apply` does it. A route of its own because server actions carry a
 * megabyte, and a year of answers is more. What a person can meet is answered as a `Result`.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return problem(403, "Requests come from this site's own pages");
  const viewer = await getViewer();
  if (!isPerson(viewer)) return Response.json(failed("not-signed-in"), { status: 401 });
  const now = Date.now();
  const retryAfter = await countAttempt("ingest", viewer.userId, now);
  if (retryAfter > 0) return Response.json(failed("rate-limited", { retryAfter }), { status: 429 });
  const text = await readText(request, MAX_IMPORT_BYTES);
  if (text === null) return Response.json(failed("too-large"), { status: 413 });
  const apply = new URL(request.url).searchParams.has("apply");
  const result = await importAccount(viewer, parseJson(text), { apply, now });
  return Response.json(result, { status: result.ok ? 200 : 422 });
}

/** The body, or `null` when there is more of it than allowed; no more than that is ever held. */
async function readText(request: Request, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
