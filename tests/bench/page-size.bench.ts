/** The JavaScript of the study page beside that of an empty page in the same build. */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { figure } from "./harness.ts";

/** A copy of what is built, with an empty page added. Inside the project, so that its packages are found. */
const COPY = ".next-bench";
const PARTS = [
  ...["app", "components", "content", "lib", "prisma"],
  ...["next.config.ts", "package.json", "postcss.config.mjs", "proxy.ts", "tsconfig.json"],
];
const EMPTY = {
  "layout.tsx": `import type { ReactNode } from "react";
export default ({ children }: { children: ReactNode }) => <html lang="en"><body>{children}</body></html>;`,
  "page.tsx": "export default () => null;",
};

/** The scripts that a route's manifest makes a browser load, as files of the build. */
async function scriptsOf(route: string): Promise<string[]> {
  const built = path.join(COPY, ".next");
  const manifest = path.join(built, "server", "app", route, "page_client-reference-manifest.js");
  const client = await readFile(manifest, "utf8");
  const shared = JSON.parse(await readFile(path.join(built, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
    polyfillFiles: string[];
  };
  const own = [...client.matchAll(/static\/chunks\/[\w.-]+\.js/g)].map(([file]) => file);
  // Browsers that know modules never load the polyfills.
  return [...new Set([...shared.rootMainFiles, ...own])].map((file) => path.join(built, file));
}

/** @returns kB, gzip */
async function sizeOf(route: string): Promise<number> {
  const sizes = (await scriptsOf(route)).map(async (file) => gzipSync(await readFile(file)).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
}

await rm(COPY, { recursive: true, force: true });
try {
  await mkdir(path.join(COPY, "app", "empty"), { recursive: true });
  for (const part of PARTS) await cp(part, path.join(COPY, part), { recursive: true });
  for (const [name, code] of Object.entries(EMPTY))
    await writeFile(path.join(COPY, "app", "empty", name), code);
  await promisify(execFile)(process.execPath, [path.resolve("node_modules/next/dist/bin/next"), "build"], {
    cwd: COPY,
    env: { ...process.env, NEXT_DIST: ".next", NODE_OPTIONS: "" },
  });
  const [study, empty] = [await sizeOf("[locale]/study"), await sizeOf("empty")];
  figure(
    "JavaScript of the study page",
    `${study.toFixed(1)} kB gzip`,
    `baseline, empty page of the same build: ${empty.toFixed(1)} kB; +${(study - empty).toFixed(1)} kB`,
  );
} finally {
  await rm(COPY, { recursive: true, force: true });
}
