import path from "node:path";
import { defineConfig } from "vitest/config";

/** `server-only` throws outside of a server bundle; tests are the server. */
const alias = { "server-only": path.resolve("tests/fixtures/server-only.ts") };

/** It imports parts of Next by names that Node does not resolve by itself. */
const NEXT_INTL = ["next-intl"];

/** What takes a crowd and minutes: `npm run test:load`. */
const LOAD = "tests/integration/**/*.load.test.ts";

const integration = (engine: "pglite" | "postgres", exclude: string[] = [LOAD]) => ({
  resolve: { alias },
  test: {
    name: engine,
    include: ["tests/integration/**/*.test.ts"],
    exclude,
    env: {
      TEST_ENGINE: engine,
      LOG_LEVEL: "silent",
      AUTH_SECRET: "a secret for tests, 32 characters or more",
    },
    globalSetup: "tests/integration/harness/global-setup.ts",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    server: { deps: { inline: NEXT_INTL } },
  },
});

function loadTests() {
  const { test, ...rest } = integration("postgres");
  return { ...rest, test: { ...test, name: "load", include: [LOAD], exclude: [] } };
}

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          testTimeout: 60_000,
          server: { deps: { inline: NEXT_INTL } },
        },
      },
      // What follows from rules and not from the engine is asked of one engine: all of it twice would take too long.
      integration("pglite", [
        LOAD,
        "tests/integration/**/*.postgres.test.ts",
        "tests/integration/{assignments,dashboards,exams,reminders,teams}/**",
        "tests/integration/settings/account-file.test.ts",
      ]),
      integration("postgres"),
      loadTests(),
    ],
  },
});
