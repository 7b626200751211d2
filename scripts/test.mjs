/** `npm test`: every check there is. All of them run even when one fails; the last line counts them together. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { bin, main, run, seconds, steps, tsx, whenStopped } from "./setup.mjs";

/** @typedef {{ passed: number, failed: number }} Count */

// Until every check has passed, also when told to stop half-way.
process.exitCode = 1;

await main(async () => {
  const begun = Date.now();
  const reports = mkdtempSync(path.join(tmpdir(), "podshift-test-"));
  const clean = () => rmSync(reports, { recursive: true, force: true });
  whenStopped(clean);
  const total = { passed: 0, failed: 0 };

  /** Runs a check and shows how it went. One that answers no count is one. @param {() => Promise<Count | unknown>} work */
  async function check(name, work) {
    const started = Date.now();
    const count = await work().catch((error) => {
      console.error(error.name === "SetupError" ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    const { passed, failed } = count?.passed === undefined ? { passed: 1, failed: 0 } : count;
    total.passed += passed;
    total.failed += failed;
    console.log(
      `${failed === 0 ? "ok  " : "FAIL"} ${name}: ${passed} passed, ${failed} failed (${seconds(started)})`,
    );
  }
  const tool = (name, file, ...args) => run(process.execPath, [bin(name, file), ...args]);
  const script = (file, ...args) => run(process.execPath, tsx(file, ...args));

  await check("packages", steps.install.work);
  await check("database client", steps.generate.work);
  await check("types", async () => {
    await tool("next", "dist/bin/next", "typegen");
    await tool("typescript", "bin/tsc", "--noEmit");
  });
  await check("lint and format", () => tool("@biomejs/biome", "bin/biome", "ci", "--colors=off", "."));
  await check("unused files, exports and dependencies", () => tool("knip", "bin/knip.js", "--no-progress"));
  await check("content", () => script("scripts/content-check.ts"));
  await check("migrations match the schema", () => script("scripts/db-diff.ts", "--check"));
  for (const project of ["unit", "pglite", "postgres"]) {
    await check(`vitest ${project}`, () => vitest(project, path.join(reports, `${project}.json`)));
  }
  await check("production build", steps.build.work);
  await check("browser", () => playwright(path.join(reports, "browser.json")));

  clean();
  console.log(`All of it took ${((Date.now() - begun) / 60_000).toFixed(1)} minutes.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
});

/** Runs a vitest project. @returns {Promise<Count>} */
async function vitest(project, report) {
  const args = [
    "--project",
    project,
    "--maxWorkers=2",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  return counted(
    run(process.execPath, [bin("vitest", "vitest.mjs"), "run", ...args], { NO_COLOR: "1" }),
    report,
    ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
      passed: numPassedTests,
      failed: numFailedTests + numPendingTests + numTodoTests,
    }),
  );
}

/** Runs the browser tests. @returns {Promise<Count>} */
async function playwright(report) {
  return counted(
    run(process.execPath, [bin("playwright", "cli.js"), "test", "--reporter=list,json"], {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      NO_COLOR: "1",
      // Two colour settings at once make Node warn in every process.
      FORCE_COLOR: "",
    }),
    report,
    ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.skipped + stats.flaky }),
  );
}

/**
 * Waits for a runner and reads its counts. What was skipped was not shown to work, and a runner that fails without a
 * failed test (nothing found, an error outside of tests) is a failure too.
 * @param {Promise<void>} running @returns {Promise<Count>}
 */
async function counted(running, report, count) {
  const failure = await running.then(
    () => null,
    (error) => error,
  );
  if (failure) console.error(failure.message);
  try {
    const { passed, failed } = count(JSON.parse(readFileSync(report, "utf8")));
    return { passed, failed: failure ? Math.max(1, failed) : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
