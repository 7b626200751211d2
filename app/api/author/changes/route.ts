import { connection } from "next/server";
import { watchFolder } from "#lib/server/content/index.ts";
import { developmentOnly } from "#lib/server/development-only.ts";

/** Server-sent events: one whenever a content file was saved. */
export async function GET(request: Request): Promise<Response> {
  developmentOnly();
  await connection();
  const encoder = new TextEncoder();
  const events = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (line: string) => controller.enqueue(encoder.encode(`${line}\n\n`));
      send(": watching");
      watchFolder("content", () => send("data: saved"), request.signal);
      request.signal.addEventListener("abort", () => controller.close());
    },
  });
  return new Response(events, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}
