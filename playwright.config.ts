import { defineConfig } from "playwright/test";
import { launchOptions } from "./tests/e2e/harness/browser.ts";

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/e2e/harness/prepare-data.ts",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Most of the time goes in waiting for servers and pages.
  workers: 3,
  use: { ...(await launchOptions()) },
});
