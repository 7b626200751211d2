import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../../integration/harness/postgres.ts";

/** The production server on a data folder of its own, which outlives its processes. */
export class TestServer {
  private process: ChildProcess | null = null;

  private constructor(
    readonly folder: string,
    private readonly port: number,
    private readonly settings: Record<string, string>,
  ) {}

  /** @param settings environment variables beside its port and data folder */
  static async create(settings: Record<string, string> = {}): Promise<TestServer> {
    const folder = await mkdtemp(path.join(tmpdir(), "podshift-e2e-"));
    const prepared = process.env.PODSHIFT_PREPARED_DATA;
    if (prepared) await cp(prepared, folder, { recursive: true });
    const server = new TestServer(folder, await freePort(), settings);
    await server.start();
    return server;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Starts it and waits until it can do its work. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ["scripts/start.mjs"], {
      env: {
        ...process.env,
        NODE_ENV: "production",
        PORT: String(this.port),
        PODSHIFT_DATA: this.folder,
        DATABASE_URL: "",
        LOG_LEVEL: "error",
        ...this.settings,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = child;
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    const deadline = Date.now() + 60_000;
    while (!(await fetch(`${this.url}/api/health`).catch(() => null))?.ok) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`The server did not start:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** From now on nobody reads what it says, as when whoever started it was killed. */
  leave(): void {
    this.process?.stdout?.destroy();
    this.process?.stderr?.destroy();
  }

  /** Ends it: politely, or as a crash would. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<number | null> {
    const child = this.process;
    // A killed one has no exit code, and will not exit again.
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
