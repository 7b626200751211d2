import { openDatabase } from "#lib/server/db/client.ts";
import type { TestServer } from "./server.ts";

/** The answers that a stopped server's database holds: event ids, and whose they are. */
export async function storedAnswers(
  server: TestServer,
): Promise<{ id: string; userId: string; itemId: string }[]> {
  await server.stop();
  const database = await openDatabase({ databaseUrl: undefined, dataFolder: server.folder });
  try {
    return await database.client.review.findMany({
      where: { type: "answer" },
      select: { id: true, userId: true, itemId: true },
    });
  } finally {
    await database.close();
  }
}
