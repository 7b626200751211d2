import { getViewer } from "#lib/server/auth/get-viewer.ts";
import { exportAccount } from "#lib/server/commands/export-account.ts";
import { problem } from "#lib/server/problem.ts";

/** Everything that is the viewer's own, as a file to keep. */
export async function GET(): Promise<Response> {
  const viewer = await getViewer();
  const now = Date.now();
  const exported = await exportAccount(viewer, now);
  if (!exported.ok) return problem(401, "Nobody is signed in");
  const name = `podshift-${new Date(now).toISOString().slice(0, 10)}.json`;
  return Response.json(exported.value, {
    headers: { "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  });
}
