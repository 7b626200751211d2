/** `npm test`: every check there is. All of them run even when one fails; the last line counts them together. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { bin, main, prepare, run, StepError, steps, tsx } from "./setup.mjs";

/** @typedef {{ passed: number, failed: number }} Count */

await main(async () => {
  const reports = mkdtempSync(path.join(tmpdir(), "podshift-test-"));
  const started = Date.now();
  await prepare([steps.install, steps.generate]);
  const total = { passed: 0, failed: 0 };

  /** @param {string} name @param {() => Promise<Count | void>} work */
  async function suite(name, work) {
    const begun = Date.now();
    const count = await work().catch((error) => {
      console.error(error instanceof StepError ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    const { passed, failed } = count ?? { passed: 1, failed: 0 };
    total.passed += passed;
    total.failed += failed;
    console.log(
      `${failed === 0 ? "ok  " : "FAIL"} ${name}: ${passed} passed, ${failed} failed (${((Date.now() - begun) / 1000).toFixed(1)} s)`,
    );
  }

  const node = process.execPath;
  await suite("types", () => run(node, [bin("typescript", "bin/tsc"), "--noEmit"]).then(() => undefined));
  await suite("lint and format", () =>
    run(node, [bin("@biomejs/biome", "bin/biome"), "ci", "."]).then(() => undefined));
  await suite("unused files and dependencies", () =>
    run(node, [bin("knip", "bin/knip.js"), "--include", "files,dependencies,unlisted,unresolved"]).then(
      () => undefined,
    ));
  await suite("content", () => run(node, tsx("scripts/content-check.ts")).then(() => undefined));
  await suite("migrations match the schema", () =>
    run(node, tsx("scripts/db-diff.ts", "--check")).then(() => undefined));
  for (const project of ["unit", "pglite", "postgres"]) {
    await suite(`vitest ${project}`, () => vitest(project, path.join(reports, `${project}.json`)));
  }
  await suite("production build", () => prepare([steps.build]));
  await suite("browser", () => playwright(path.join(reports, "browser.json")));

  rmSync(reports, { recursive: true, force: true });
  console.log(`All of it took ${((Date.now() - started) / 60_000).toFixed(1)} minutes.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});

/** Runs a vitest project and reads its counts. What was skipped was not shown to work. @returns {Promise<Count>} */
async function vitest(project, report) {
  const args = [
    bin("vitest", "vitest.mjs"),
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const failure = await run(process.execPath, args).then(
    () => null,
    (error) => error,
  );
  const counts = readReport(report, failure);
  const skipped = counts.numPendingTests + counts.numTodoTests;
  if (failure) console.error(failure.message);
  const failed = counts.numFailedTests + skipped;
  return { passed: counts.numPassedTests, failed: failure && failed === 0 ? 1 : failed };
}

/** Runs the browser tests and reads their counts. @returns {Promise<Count>} */
async function playwright(report) {
  mkdirSync("test-results", { recursive: true });
  const args = [bin("playwright", "cli.js"), "test", "--reporter=list,json"];
  const failure = await run(process.execPath, args, { PLAYWRIGHT_JSON_OUTPUT_NAME: report }).then(
    () => null,
    (error) => error,
  );
  const { stats } = readReport(report, failure);
  if (failure) console.error(failure.message);
  const failed = stats.unexpected + stats.skipped + stats.flaky;
  return { passed: stats.expected, failed: failure && failed === 0 ? 1 : failed };
}

function readReport(file, failure) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw failure ?? error;
  }
}
