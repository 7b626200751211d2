import { connection } from "next/server";
import { getTour } from "#lib/server/queries/tours.ts";

/** A tour for a lesson that opens it in place. The same for everyone. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ tour: string }> },
): Promise<Response> {
  await connection();
  const tour = await getTour((await params).tour);
  if (!tour) return Response.json({ title: "There is no such tour", status: 404 }, { status: 404 });
  const { id, title, scene, steps } = tour;
  return Response.json({ id, title, scene, steps }, { headers: { "cache-control": "no-cache" } });
}
