/**
 * What every command needs before it can work, each step skipped when nothing changed since it was last done. Uses
 * nothing but Node itself: on a fresh clone there is nothing else.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
// Nothing that runs from here reports to anybody.
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

/** A failure that a person can do something about: printed without a stack, like the server's own of that name. */
export class SetupError extends Error {
  name = "SetupError";
}

/**
 * One step of a command: its name, and its work, which may answer a word on what it did.
 * @typedef {{ name: string, work: () => Promise<string | void> }} Step
 */

/** The folder that Next builds into; browser tests and benchmarks may have their own. */
const build = process.env.NEXT_DIST ?? ".next";

/** @type {Record<"install" | "generate" | "build", Step>} */
export const steps = {
  install: {
    name: "Installing packages",
    work: () =>
      whenChanged("node_modules/.podshift-installed", wantedPackages(), () =>
        // All of them whatever NODE_ENV says: building needs the tools too. No package needs its install script.
        run(
          ...npm("ci", "--include=dev", "--include=optional", "--ignore-scripts", "--no-audit", "--no-fund"),
        ),
      ),
  },
  generate: {
    name: "Generating the database client",
    work: () =>
      whenChanged(
        "lib/server/db/generated/.podshift-generated",
        hashFiles(["prisma/schema.prisma", "package-lock.json"]),
        () =>
          run(process.execPath, [bin("prisma", "build/index.js"), "generate"], {
            // Prisma looks for an engine that generating never runs. Naming any file spares a download.
            PRISMA_SCHEMA_ENGINE_BINARY:
              process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? path.join(root, "package.json"),
          }),
      ),
  },
  build: {
    name: "Building the app",
    work: () =>
      whenChanged(
        `${build}/.podshift-built`,
        hashFiles([
          "app",
          "components",
          "lib",
          "content/messages",
          "next.config.ts",
          "proxy.ts",
          "postcss.config.mjs",
          "tsconfig.json",
          "package.json",
          "package-lock.json",
          "prisma/schema.prisma",
        ]),
        () => run(process.execPath, [bin("next", "dist/bin/next"), "build"], { NODE_ENV: "production" }),
      ),
  },
};

/**
 * Says which step a command is at, of how many, and how long each took.
 * @param {number} total @returns {(step: Step) => Promise<void>}
 */
export function progress(total) {
  let current = 0;
  return async ({ name, work }) => {
    current++;
    process.stdout.write(`[${current}/${total}] ${name} … `);
    const begun = Date.now();
    try {
      const word = await work();
      console.log(`${word ?? "done"} (${seconds(begun)})`);
    } catch (error) {
      if (!stopping) console.log("failed");
      throw error;
    }
  };
}

/** @param {number} begun */
export const seconds = (begun) => `${((Date.now() - begun) / 1000).toFixed(1)} s`;

/** Does work unless a stamp says that it was done for the same input. @param {() => Promise<unknown>} work */
async function whenChanged(stamp, input, work) {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === input) return "nothing changed";
  // Half-done work must not pass for the work of before.
  try {
    rmSync(stamp, { force: true });
    await work();
    writeFileSync(stamp, input);
  } catch (error) {
    throw explainDisk(error);
  }
}

/** Runs the body of a command. Failures end it with exit code 1 and, where a person can mend them, words alone. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (stopping) return;
    console.error(error?.name === "SetupError" ? error.message : error);
    await undo();
    process.exit(1);
  }
}

/** What has to be ended before this process may, latest first. @type {Set<() => unknown>} */
const endings = new Set();
let stopping = false;

/** Registers what ends something when the command fails or is told to stop. @param {() => unknown} end */
export function whenStopped(end) {
  endings.add(end);
  return () => endings.delete(end);
}

/** However long that would take, the process is gone within five seconds. */
const PATIENCE_MS = 4700;

async function undo() {
  const all = async () => {
    for (const end of [...endings].reverse()) await end();
  };
  const enough = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([all().catch((error) => console.error(error)), enough]);
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await undo();
    process.exit();
  });
}

/** How much of what a failed program said is shown: errors stand at the end. */
const SHOWN_LINES = 200;

/**
 * Runs a program to its end, quietly; fails with what it said.
 * @param {string} program @param {string[]} args @param {Record<string, string>} [environment]
 * @param {{ minutes?: number }} [limit] @returns {Promise<void>}
 */
export function run(program, args, environment = {}, { minutes = 10 } = {}) {
  const name = path.basename(args[0] ?? program);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const settled = whenStopped(() => child.kill());
    const timer = setTimeout(() => child.kill("SIGKILL"), minutes * 60_000);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk) => {
        output += chunk;
      });
    }
    child.once("error", (error) => reject(new SetupError(`${program} cannot be started: ${error.message}`)));
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      settled();
      if (code === 0) return resolve();
      const said = output.trimEnd().split("\n").slice(-SHOWN_LINES).join("\n");
      const ended =
        signal === "SIGKILL" ? `did not end within ${minutes} minutes` : `ended with code ${code}`;
      reject(new SetupError(`${said}\n\n${name} ${ended}.`));
    });
  });
}

/**
 * Runs Node to its end, showing what it says.
 * @param {string} name what it is called when it fails
 * @param {string[]} args @param {Record<string, string>} [environment] @returns {Promise<void>}
 */
export function show(name, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...environment },
      stdio: "inherit",
    });
    const settled = whenStopped(() => child.kill());
    child.once("error", reject);
    child.once("exit", (code) => {
      settled();
      if (code === 0) return resolve();
      reject(new SetupError(`${name} failed with code ${code}.`));
    });
  });
}

/** A full or closed disk in words, whichever program met it; any other error as it is. @param {unknown} error */
function explainDisk(error) {
  if (!(error instanceof Error)) return error;
  const met = `${error.code ?? ""} ${error.message}`;
  if (/\bENOSPC\b|os error 28\b/.test(met)) {
    return new SetupError(`The disk that holds ${root} is full.\nFree some space and start again.`);
  }
  if (/\b(EROFS|EACCES)\b|os error (13|30)\b/.test(met)) {
    return new SetupError(
      `${error.path ?? root} cannot be written.\nGive this user write access to ${root}, or clone it where there is.`,
    );
  }
  return error;
}

/** Lets this process read TypeScript, once the packages are there. */
export async function readTypeScript() {
  const { register } = await import("tsx/esm/api");
  register();
}

/** The arguments that run a TypeScript script in a Node of its own. @param {string} file @param {...string} args */
export const tsx = (file, ...args) => ["--import", "tsx", file, ...args];

/** The script behind a package's command. @param {string} name @param {string} file */
export const bin = (name, file) => path.join(root, "node_modules", name, file);

/** npm, as it started us or as found on PATH. @param {...string} args @returns {[string, string[]]} */
function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith("npm-cli.js") ? [process.execPath, [script, ...args]] : ["npm", args];
}

/** What installing depends on: not on the rest of `package.json`, which changes more often. */
function wantedPackages() {
  const { dependencies, devDependencies, overrides } = JSON.parse(readFileSync("package.json", "utf8"));
  return createHash("sha256")
    .update(JSON.stringify({ dependencies, devDependencies, overrides }))
    .update(hashFiles(["package-lock.json"]))
    .digest("hex");
}

/** A hash of files and of all files in folders, by name and content. @param {string[]} paths */
function hashFiles(paths) {
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of paths.flatMap(filesUnder))
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/** @param {string} file @returns {string[]} */
function filesUnder(file) {
  if (!existsSync(file)) return [];
  if (!statSync(file).isDirectory()) return [file];
  if (path.basename(file) === "generated") return [];
  return readdirSync(file)
    .sort()
    .flatMap((name) => filesUnder(path.join(file, name)));
}
