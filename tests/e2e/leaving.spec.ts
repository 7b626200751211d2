import type { Locator, Page } from "playwright/test";
import { allSaved, answerByKeyboard } from "./harness/keyboard.ts";
import { expect, test } from "./harness/test.ts";

// Screens that were left may stay in the document, hidden, for when one comes back.
const onScreen = (page: Page, selector: string) => page.locator(selector).filter({ visible: true });
const nav = (page: Page, name: string) =>
  page.getByRole("navigation").getByRole("link", { name, exact: true }).filter({ visible: true });

/** Answers the first question of a first visit. */
async function answerFirst(page: Page, option: RegExp): Promise<void> {
  await page.getByRole("radio", { name: option }).check();
  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await expect(page.locator("[data-next]")).toBeFocused();
}
const WRONG = /took over the IP/;
const RIGHT = /has another IP/;

/** Leaves the screen, and waits for the answer on it to reach the server. */
const leaveBy = (page: Page, link: Locator) =>
  Promise.all([page.waitForResponse("**/api/reviews", { timeout: 20_000 }), link.click()]);

/** What the server holds, once it holds everything. */
async function history(page: Page) {
  await allSaved(page);
  await page.goto("/en/history");
  await expect(page.getByRole("heading", { level: 1, name: "All answers" })).toBeVisible();
  return page.getByTestId("history-entry");
}

test("an answer that is left by a link is kept, and is not asked again when one comes back", async ({
  page,
}) => {
  await page.goto("/en");
  await answerFirst(page, WRONG);
  await leaveBy(page, nav(page, "Quiz"));
  await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible();
  await allSaved(page);
  await page.goBack();
  await expect(onScreen(page, '[data-testid="progress"]')).toHaveText(/^1 answer: 0 done/);
  await expect(onScreen(page, "[data-next]").or(onScreen(page, "main form")).first()).toBeVisible();

  const entries = await history(page);
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText("✕");
});

test("an answer that is left by the language switch is kept", async ({ page }) => {
  await page.goto("/en");
  await answerFirst(page, RIGHT);
  await leaveBy(page, page.getByRole("link", { name: "日本語で表示" }));
  await expect(page).toHaveURL(/\/ja$/);
  // Away from the hidden page in the other language.
  await page.reload();
  const entries = await history(page);
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText("✓");
});

test("a quiz that is finished with an answer on screen counts it, once", async ({ page }) => {
  await page.goto("/en/quiz/play?kinds=single&count=3");
  await answerByKeyboard(page);
  await expect(page.locator("[data-next]")).toBeFocused();
  await page.keyboard.press("Enter");
  // The next question begins where the keyboard is.
  await expect(page.getByText("Question 2 of 3")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await answerByKeyboard(page);
  await expect(page.locator("[data-next]")).toBeVisible();
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Results" })).toBeFocused();
  await expect(page.getByText(/^[012] \/ 2$/)).toBeVisible();
  await expect(await history(page)).toHaveCount(2);
});

test("a quiz whose time is up counts the answer on screen", async ({ page }) => {
  await page.clock.install();
  await page.goto("/en/quiz/play?kinds=single&count=3&minutes=1");
  await answerByKeyboard(page);
  await expect(page.locator("[data-next]")).toBeVisible();
  await page.clock.fastForward("01:01");
  await expect(page.getByText(/^[01] \/ 1$/)).toBeVisible();
  await expect(await history(page)).toHaveCount(1);
});

test("a quiz that is left with an answer on screen keeps it", async ({ page }) => {
  await page.goto("/en/quiz/play?kinds=single&count=3");
  await answerByKeyboard(page);
  await expect(page.locator("[data-next]")).toBeVisible();
  await leaveBy(page, nav(page, "Banks"));
  await expect(page).toHaveURL(/\/en\/banks$/);
  await expect(await history(page)).toHaveCount(1);
});

test("a flashcard that was turned in a quiz and not judged stays unanswered", async ({ page }) => {
  await page.goto("/en/quiz/play?kinds=flashcard&count=2");
  await answerByKeyboard(page);
  await expect(page.locator("[data-next]")).toBeVisible();
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(page.getByText("0 / 0")).toBeVisible();
  await expect(await history(page)).toHaveCount(0);
});

test("a hint takes the focus and says what it costs; putting a card away is no card done", async ({
  page,
}) => {
  await page.goto("/en");
  const welcome = page.getByText("Here is the first.");
  await expect(welcome).toBeVisible();
  await page.getByRole("button", { name: "Show a hint" }).press("Enter");
  await expect(page.locator("article [tabindex='-1']:focus")).toBeVisible();
  await answerFirst(page, RIGHT);
  const ratings = page.getByRole("group", { name: "How well did you know it?" });
  await expect(ratings.getByRole("button")).toHaveCount(1);
  await expect(ratings).toContainText("With a hint, Hard is the best rating");
  await page.keyboard.press("Enter");
  const progress = page.getByTestId("progress");
  await expect(progress).toHaveText(/^1 answer: 0 done, \d+ to go \(1 again\)$/);
  await expect(welcome).toBeHidden();

  // The lesson that comes next cannot be put away; its first card can.
  if (await page.getByTestId("lesson").isVisible()) await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Suspend" }).press("Enter");
  await expect(progress).toHaveText(/^1 answer: 0 done, .*, 1 put away$/);
  await expect(page.getByText("The last card was suspended")).toBeVisible();
});
