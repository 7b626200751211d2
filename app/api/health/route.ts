import { connection } from "next/server";
import { database } from "#lib/server/db/client.ts";
import { countItems } from "#lib/server/db/sql/content.ts";
import { log } from "#lib/server/log.ts";
import packageJson from "../../../package.json" with { type: "json" };

/** Whether the app can do its work: 200 only when the database answers now. */
export async function GET(): Promise<Response> {
  await connection();
  const { version } = packageJson;
  try {
    const { client, engine } = database();
    const [migrations] = await client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
    const [{ items, expired }, sync] = await Promise.all([
      countItems(client, new Date().toISOString().slice(0, 10)),
      client.contentSync.findUnique({ where: { id: 1 } }),
    ]);
    return Response.json({
      status: "ok",
      version,
      database: engine,
      migrations: migrations?.count ?? 0,
      content: { items, expired, syncedAt: sync?.syncedAt ?? null },
    });
  } catch (error) {
    log.error({ err: error }, "health: the database does not answer");
    return Response.json({ status: "unavailable", version, database: "unreachable" }, { status: 503 });
  }
}
