import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "playwright/test";
import { freePort, startPostgres } from "../integration/harness/postgres.ts";
import { TestServer } from "./harness/server.ts";
import { AUTH_SECRET } from "./harness/session.ts";

/** Runs `npm start`'s script until it ends by itself, which it does where it cannot serve. */
async function startInVain(settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), "podshift-start-"));
  const child = spawn(process.execPath, ["-r", "./scripts/check-node.cjs", "scripts/start.mjs"], {
    env: {
      ...process.env,
      PORT: String(await freePort()),
      PODSHIFT_DATA: folder,
      DATABASE_URL: "",
      AUTH_SECRET: "",
      // The test runner sets one and may be given the other; Node warns of both together.
      FORCE_COLOR: undefined,
      NO_COLOR: undefined,
      ...settings,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  await rm(folder, { recursive: true, force: true });
  return { code, said };
}

/** One or two lines on what is wrong and what to do; no stack. */
function expectAdvice({ code, said }: { code: number | null; said: string }, ...words: (string | RegExp)[]) {
  expect(code).toBe(1);
  expect(said.trim().split("\n").length).toBeLessThanOrEqual(2);
  expect(said).not.toMatch(/\n\s+at /);
  for (const word of words) expect(said).toMatch(word);
}

test.describe("where it cannot serve, the start says what to do", () => {
  test("beside a server on the same data: it names its process, and that one goes on serving", async () => {
    const server = await TestServer.create();
    try {
      expectAdvice(await startInVain({ PODSHIFT_DATA: server.folder }), new RegExp(`\\b${server.pid}\\b`));
      expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
    } finally {
      await server.remove();
    }
  });

  test("on a port that another program has", async () => {
    const other = createServer().listen(0);
    const address = other.address();
    const port = String(typeof address === "object" && address ? address.port : 0);
    expectAdvice(await startInVain({ PORT: port }), port, /PORT=/);
    other.close();
  });

  test("with a database server that cannot be reached", async () => {
    const url = `postgresql://somebody:secret@127.0.0.1:${await freePort()}/podshift`;
    const ended = await startInVain({
      DATABASE_URL: url,
      AUTH_SECRET,
    });
    expectAdvice(ended, /DATABASE_URL/);
    expect(ended.said).not.toContain("secret");
  });

  test("with something else than PostgreSQL at its address", async () => {
    const web = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(0);
    const address = web.address();
    const port = typeof address === "object" && address ? address.port : 0;
    expectAdvice(
      await startInVain({
        DATABASE_URL: `postgresql://127.0.0.1:${port}/podshift`,
        AUTH_SECRET,
      }),
      /PostgreSQL/,
      /DATABASE_URL/,
    );
    web.close();
  });

  test("with a setting that is no value of its kind, or one that is missing", async () => {
    expectAdvice(await startInVain({ PORT: "eighty" }), /PORT/);
    expectAdvice(await startInVain({ DATABASE_URL: "postgresql://127.0.0.1:1/x" }), /AUTH_SECRET/);
  });

  test("with a data folder that is none", async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), "podshift-start-")), "file");
    await writeFile(file, "");
    expectAdvice(await startInVain({ PODSHIFT_DATA: file }), new RegExp(file));
    await rm(path.dirname(file), { recursive: true });
  });
});

test("told to stop, it ends with 0, and starts again on what a crash left behind", async () => {
  const server = await TestServer.create();
  try {
    await server.stop("SIGKILL");
    await server.start();
    const begun = Date.now();
    expect(await server.stop("SIGTERM")).toBe(0);
    // The promise to whoever runs it as a service, not a measurement: far more than it takes.
    expect(Date.now() - begun).toBeLessThan(5000);
  } finally {
    await server.remove();
  }
});

test("it goes on serving when nobody reads what it says any more", async () => {
  const server = await TestServer.create();
  try {
    server.leave();
    // Next has something to say of an action that it does not know.
    const unknown = { method: "POST", headers: { origin: server.url, "next-action": "0".repeat(42) } };
    await (await fetch(`${server.url}/en`, unknown)).text();
    for (let i = 0; i < 3; i++) expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  } finally {
    await server.remove();
  }
});

test("health says 200 while the database can be read, and 503 when it cannot", async () => {
  test.setTimeout(120_000);
  const postgres = await startPostgres();
  const server = await TestServer.create({
    DATABASE_URL: postgres.url,
    AUTH_SECRET,
  });
  try {
    const healthy = await fetch(`${server.url}/api/health`);
    expect(healthy.status).toBe(200);
    expect(await healthy.json()).toMatchObject({
      status: "ok",
      version: expect.any(String),
      database: "postgres",
      migrations: expect.any(Number),
      content: expect.anything(),
    });
    await postgres.stop();
    const ill = await fetch(`${server.url}/api/health`);
    expect(ill.status).toBe(503);
    expect(ill.headers.get("content-type")).toContain("json");
  } finally {
    await server.remove();
  }
});
