/**
 * The server's own part of a start, in steps that say how far it is. The database is opened first: who does not get its
 * lock must not build over the app of who has it.
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import next from "next";
import { type Config, config, loadEnvironment } from "#lib/server/config.ts";
import { findBroken, loadContent, publishContent, syncContent } from "#lib/server/content/index.ts";
import { type Database, database, openDatabase } from "#lib/server/db/client.ts";
import { migrate, readMigrations } from "#lib/server/db/migrate.ts";
import { writeMissingFigures } from "#lib/server/db/sql/member-figures.ts";
import { explainDiskError, SetupError } from "#lib/server/setup-error.ts";

/** Something with a name that takes a while. Its answer, if any, says what it did. */
interface Step {
  name: string;
  work(): Promise<string | undefined>;
}

/** What the command that starts the server gives it. */
interface Start {
  /** Does a step and shows it. */
  step(step: Step): Promise<void>;
  /** Registers what ends something when the process is told to stop or the start fails; the latest runs first. */
  whenStopped(end: () => unknown): unknown;
  /** Builds the app, where it is served as built. */
  build?: Step;
}

/** What is under way gets this long after a signal; the process is gone within five seconds. */
const DRAIN_MS = 4000;

/** Serves until the process is told to stop. Throws `SetupError` for what a person must put right. */
export async function serve({ step, whenStopped, build }: Start): Promise<void> {
  goOnUnheard();
  loadEnvironment();
  const settings = config();
  await step({
    name: "Opening the database",
    async work() {
      // With a database server it must be given, and is missed before anything is opened.
      if (settings.databaseUrl) void settings.authSecret;
      const opened = await openDatabase(settings);
      whenStopped(() => opened.close());
      // Else it is made at the first start, by the one process that holds the data folder.
      void settings.authSecret;
      return opened.engine === "pglite" ? `PGlite in ${settings.dataFolder}` : "PostgreSQL";
    },
  });
  if (build) await step(build);
  await step({
    name: "Bringing data and content up to date",
    async work() {
      try {
        const applied = await migrate(database(), await readMigrations("prisma/migrations"));
        const synced = await bringContentUpToDate(database());
        return applied.length > 0 ? `${applied.length} migration(s) applied, ${synced}` : synced;
      } catch (error) {
        throw explainDiskError(error, settings.dataFolder);
      }
    },
  });
  await step({
    name: "Starting the server",
    async work() {
      const server = await listen(settings);
      // Its log asks for the settings as soon as it is loaded, which must not be before they are.
      const { startJobs } = await import("#lib/server/jobs/runner.ts");
      const endJobs = startJobs();
      whenStopped(() => Promise.all([drain(server), within(DRAIN_MS, endJobs())]));
      return undefined;
    },
  });
  console.log(`Podshift is ready: ${settings.appUrl}`);
}

/**
 * Goes on when whoever read what this process says has gone. Without a listener such an error is nobody's, Next prints errors
 * that are nobody's, and printing fails again, for ever.
 */
function goOnUnheard(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

/** @returns what it did, in words */
async function bringContentUpToDate({ client }: Database): Promise<string> {
  const content = await loadContent("content");
  const [first, ...others] = findBroken(content);
  if (first) {
    const more = others.length > 0 ? ` (and ${others.length} more: npm run content:check)` : "";
    const problem = `${first.file}:${first.line}: ${first.message}${more}`;
    // Whoever is mending it needs the server to see it.
    if (process.env.NODE_ENV === "development") return `content stays as it was: ${problem}`;
    throw new SetupError(`The content is not valid: ${problem}`);
  }
  const { unchanged, added, revised, retired } = await syncContent(
    client,
    publishContent(content),
    new Date(),
  );
  await writeMissingFigures(client);
  return unchanged ? "nothing changed" : `${added} items added, ${revised} revised, ${retired} retired`;
}

async function listen({ port, host, trustProxy }: Config): Promise<Server> {
  const app = next({ dev: process.env.NODE_ENV !== "production", hostname: host, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createServer((request, response) => {
    if (!trustProxy) speakForYourself(request);
    void handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(explainListenError(error, port, host)));
    server.listen(port, host, resolve);
  });
  return server;
}

function explainListenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const advice = "choose another port: PORT=3001 npm start";
  switch (error.code) {
    case "EADDRINUSE":
      return new SetupError(`Port ${port} is in use by another program.\nStop it, or ${advice}`);
    case "EACCES":
      return new SetupError(`This user may not open port ${port}.\nAllow it, or ${advice}`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new SetupError(
        `HOSTNAME_TO_BIND is ${host}, which is no address of this machine.\nUnset it to serve on all of them.`,
      );
    default:
      return error;
  }
}

/** Without a proxy of ours in front, what a request says of its origin is the sender's own claim: only the peer counts. */
function speakForYourself(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith("x-forwarded-")) delete request.headers[name];
  }
  request.headers["x-forwarded-for"] = request.socket.remoteAddress ?? "unknown";
}

/** Takes no new connection, and waits for the requests that are being answered. */
async function drain(server: Server): Promise<void> {
  const drained = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await within(DRAIN_MS, drained);
}

/** Waits for something, but not longer than this. */
const within = (ms: number, end: Promise<unknown>): Promise<unknown> =>
  Promise.race([end, new Promise((resolve) => setTimeout(resolve, ms))]);
