import { test as base } from "./hydration.ts";
import { TestServer } from "./server.ts";

/** A test with the production server; one server per worker, so tests make their own people. */
export const test = base.extend<object, { server: TestServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const server = await TestServer.create();
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

export { expect } from "playwright/test";
