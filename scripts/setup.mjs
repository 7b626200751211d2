/**
 * What every command needs before it can work, each step skipped when nothing changed since it was last done. Uses
 * nothing but Node itself: on a fresh clone there is nothing else.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
// Nothing that runs from here reports to anybody.
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

/** A failure that a person can do something about: printed without a stack. */
export class StepError extends Error {}

const MINIMUM_NODE = [20, 19];

/** The oldest Node that works. Checked first, in syntax that older ones can still read. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1])) {
    throw new StepError(
      `Podshift needs Node ${MINIMUM_NODE.join(".")} or newer; this is ${process.versions.node}.\nInstall a newer one from https://nodejs.org and try again.`,
    );
  }
}

/** @typedef {{ name: string, input: () => string, stamp: string, done?: () => boolean, work: () => Promise<unknown> }} Step */

/** @type {Record<"install" | "generate" | "build", Step>} */
export const steps = {
  install: {
    name: "Installing packages",
    input: () => hashFiles(["package.json", "package-lock.json"]),
    stamp: "node_modules/.podshift-installed",
    work: () => run(...npm("ci", "--no-audit", "--no-fund")),
  },
  generate: {
    name: "Generating the database client",
    input: () => hashFiles(["prisma/schema.prisma", "package-lock.json"]),
    stamp: "lib/server/db/generated/.podshift-generated",
    // Prisma looks for an engine that generating never runs. Naming any file spares a download.
    work: () =>
      run(process.execPath, [bin("prisma", "build/index.js"), "generate"], {
        PRISMA_SCHEMA_ENGINE_BINARY:
          process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? path.join(root, "package.json"),
      }),
  },
  build: {
    name: "Building the app",
    input: () =>
      hashFiles([
        "app",
        "components",
        "lib",
        "content/messages",
        "next.config.ts",
        "proxy.ts",
        "postcss.config.mjs",
        "package-lock.json",
        "prisma/schema.prisma",
      ]),
    stamp: ".next/.podshift-built",
    work: () => run(process.execPath, [bin("next", "dist/bin/next"), "build"], { NODE_ENV: "production" }),
  },
};

/** Does the steps that are needed, saying which and how long each took. @param {Step[]} wanted */
export async function prepare(wanted) {
  for (const [index, { name, input, stamp, work }] of wanted.entries()) {
    const label = `[${index + 1}/${wanted.length}] ${name}`;
    const hash = input();
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) {
      console.log(`${label}: nothing changed`);
      continue;
    }
    console.log(`${label} …`);
    const started = Date.now();
    await work();
    writeFileSync(stamp, hash);
    console.log(`${label}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
}

/** Runs the body of a command; ends with its exit code, or with 1 and a message. @param {() => Promise<number | void>} work */
export async function main(work) {
  try {
    checkNode();
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(error instanceof StepError ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * Runs a program to its end, quietly; prints what it said if it fails.
 * @param {string} program @param {string[]} args @param {Record<string, string>} [environment]
 * @returns {Promise<string>} what it printed
 */
export function run(program, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.once("error", (error) =>
      reject(new StepError(`${program} could not be started: ${error.message}`)),
    );
    child.once("exit", (code) => {
      if (code === 0) resolve(output);
      else
        reject(
          new StepError(
            `${output.trimEnd()}\n\n${path.basename(args[0] ?? program)} failed (exit code ${code}).`,
          ),
        );
    });
  });
}

/** The arguments that run a TypeScript script in this Node. @param {string} file @param {...string} args */
export const tsx = (file, ...args) => ["--import", "tsx", file, ...args];

/** The script behind a package's command. @param {string} name @param {string} file */
export const bin = (name, file) => path.join(root, "node_modules", name, file);

/** npm, as it started us or as found on PATH. @param {...string} args @returns {[string, string[]]} */
function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") ? [process.execPath, [script, ...args]] : ["npm", args];
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
