import { expect } from "playwright/test";
import { storedAnswers } from "./harness/answers.ts";
import { test } from "./harness/hydration.ts";
import { allSaved, studyOneByKeyboard } from "./harness/keyboard.ts";
import { TestServer } from "./harness/server.ts";

// These tests kill servers and look into their databases: each has its own.
let server: TestServer;
test.beforeEach(async () => {
  server = await TestServer.create();
});
test.afterEach(() => server.remove());

test("a guest studies 20 cards of all kinds by keyboard, in Japanese, through a crash of the server", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto(`${server.url}/ja`);
  await expect(page.getByText("まずはこの一問から")).toBeVisible();
  const kinds = new Set<string>();
  for (let i = 0; i < 8; i++) kinds.add(await studyOneByKeyboard(page));
  await allSaved(page);

  await server.stop("SIGKILL");
  for (let i = 8; i < 14; i++) kinds.add(await studyOneByKeyboard(page));
  await expect(page.getByTestId("sync-status")).not.toHaveAttribute("data-pending", "0");
  await server.start();
  for (let i = 14; i < 20; i++) kinds.add(await studyOneByKeyboard(page));
  await allSaved(page);

  const stored = await storedAnswers(server);
  expect(stored).toHaveLength(20);
  expect(new Set(stored.map(({ id }) => id)).size).toBe(20);
  expect(new Set(stored.map(({ userId }) => userId)).size).toBe(1);
  expect([...kinds].sort()).toEqual(
    ["classify", "cloze", "flashcard", "matching", "multiple", "numeric", "ordering", "single"].sort(),
  );
});

test("a first answer arrives although the page never heard that its guest was made", async ({ page }) => {
  await page.route("**/api/guest", async (route) => {
    // The guest and its cookie exist; the reply is lost.
    await route.fetch();
    await route.abort();
  });
  await page.goto(`${server.url}/en/study`);
  const lost = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/api/guest"));
  await studyOneByKeyboard(page);
  await lost;
  await page.reload();
  await allSaved(page);
  expect(await storedAnswers(server)).toHaveLength(1);
});

test("15 answers given offline arrive once, after the tab was closed and opened again", async ({
  context,
}) => {
  test.setTimeout(120_000);
  const page = await context.newPage();
  await page.goto(`${server.url}/en/study`);
  // A day of new cards begins with a lesson.
  await expect(page.getByTestId("lesson")).toBeVisible();
  await context.setOffline(true);
  for (let i = 0; i < 15; i++) await studyOneByKeyboard(page);
  const lessons = 4;
  await expect(page.getByTestId("sync-status")).toHaveAttribute("data-pending", String(15 + lessons));
  await page.close();

  await context.setOffline(false);
  const reopened = await context.newPage();
  await reopened.goto(`${server.url}/en`);
  await allSaved(reopened);
  const stored = await storedAnswers(server);
  expect(stored).toHaveLength(15);
});
