/** Opens the database, brings it up to date, and serves until told to stop. Started by `npm start` and `npm run dev`. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import next from "next";
import { config } from "#lib/server/config.ts";
import { checkContent, loadContent, publishContent, syncContent } from "#lib/server/content/index.ts";
import { type Database, openDatabase } from "#lib/server/db/client.ts";
import { migrate, readMigrations } from "#lib/server/db/migrate.ts";
import { SetupError } from "#lib/server/setup-error.ts";

/** In-flight requests get this long after a signal; the process is gone within five seconds. */
const DRAIN_MS = 4000;

try {
  await serve();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
}

async function serve(): Promise<void> {
  const { port, host, appUrl, trustProxy } = config();
  const database = await openDatabase(config());
  try {
    const applied = await migrate(database, await readMigrations("prisma/migrations"));
    console.log(
      applied.length > 0 ? `Database: ${applied.length} migration(s) applied` : "Database: up to date",
    );
    await bringContentUpToDate(database);

    const app = next({ dev: process.env.NODE_ENV !== "production", hostname: host, port });
    await app.prepare();
    const handle = app.getRequestHandler();
    const server = createServer((request, response) => {
      if (!trustProxy) speakForYourself(request);
      void handle(request, response);
    });
    await listen(server, port, host);
    stopOnSignals(server, database);
    console.log(`Podshift is ready: ${appUrl}`);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function bringContentUpToDate(database: Database): Promise<void> {
  const content = await loadContent("content");
  const { errors } = checkContent(content, new Date().toISOString().slice(0, 10));
  // An expired fact wants an author's attention; it is no reason to keep learners out.
  const [first, ...others] = errors.filter(({ rule }) => rule !== "expired-fact");
  if (first) {
    const more = others.length > 0 ? ` (and ${others.length} more: npm run content:check)` : "";
    throw new SetupError(`The content is not valid: ${first.file}:${first.line}: ${first.message}${more}`);
  }
  const { unchanged, added, revised, retired } = await syncContent(
    database.client,
    publishContent(content),
    new Date(),
  );
  console.log(
    unchanged ? "Content: up to date" : `Content: ${added} added, ${revised} revised, ${retired} retired`,
  );
}

/** Without a proxy of ours in front, what a request says of its origin is the sender's own claim: only the peer counts. */
function speakForYourself(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith("x-forwarded-")) delete request.headers[name];
  }
  request.headers["x-forwarded-for"] = request.socket.remoteAddress ?? "unknown";
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(
        taken
          ? new SetupError(
              `Port ${port} is in use by another program.\nStop it, or choose another port: PORT=3001 npm start`,
            )
          : error,
      );
    });
    server.listen(port, host, resolve);
  });
}

function stopOnSignals(server: Server, database: Database): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    const drained = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS))]);
    await database.close();
    process.exit(0);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
