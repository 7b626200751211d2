import type { Page } from "playwright/test";
import { allSaved, answerByKeyboard, passLessonByKeyboard, studyOneByKeyboard } from "./harness/keyboard.ts";
import { expect, test } from "./harness/test.ts";

const WORDS = {
  ja: {
    begin: "始める",
    study: "学習を始める",
    map: "概念の地図",
    pod: /^Podとは/,
    undo: "すべて取り消す",
    undone: "すべて取り消しました",
    markRead: "読みました",
    read: /に読みました/,
  },
  en: {
    begin: "Begin",
    study: "Start studying",
    map: "Map of the concepts",
    pod: /^What a Pod is/,
    undo: "Undo all of this",
    undone: "All of it is undone",
    markRead: "I have read it",
    read: /Read on/,
  },
} as const;

/** Answers the placement's questions to its end: in turn by a guess and by admitting not to know. */
async function takePlacement(page: Page): Promise<number> {
  const progress = page.getByTestId("placement-progress");
  const results = page.getByTestId("placement-results");
  for (let asked = 0; ; asked++) {
    await expect(progress.or(results)).toBeVisible();
    if (await results.isVisible()) return asked;
    const before = (await progress.textContent()) ?? "";
    if (asked % 2 === 0) await page.keyboard.press("s");
    else await answerByKeyboard(page);
    await expect(results.or(progress.filter({ hasNotText: before }))).toBeVisible();
  }
}

for (const locale of ["ja", "en"] as const) {
  const words = WORDS[locale];

  test(`placement, lesson, its first cards, and the map, by keyboard (${locale})`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`/${locale}/placement`);
    await page.getByRole("button", { name: words.begin }).press("Enter");
    expect(await takePlacement(page)).toBeLessThanOrEqual(12);
    await allSaved(page);

    await page.goto(`/${locale}/study`);
    const lesson = page.getByTestId("lesson");
    const card = page.locator("[data-kind]");
    await expect(lesson.or(card)).toBeVisible();
    // A concept that the placement has begun comes without its lesson: on to the first that is new.
    for (let i = 0; i < 12 && (await card.isVisible()); i++) {
      await answerByKeyboard(page);
      await page.locator("[data-next]").press("Enter");
      await expect(lesson.or(card)).toBeVisible();
    }
    await expect(lesson.getByRole("heading", { level: 1 })).toBeVisible();
    const concept = (await lesson.getByRole("heading", { level: 1 }).textContent()) ?? "";
    await passLessonByKeyboard(page);
    // Back to read again, and back to the card, with the keyboard alone.
    await page.keyboard.press("l");
    await expect(lesson).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(lesson).toBeHidden();
    await expect(page.getByText(concept, { exact: true })).toBeVisible();
    await studyOneByKeyboard(page);
    await allSaved(page);
    // Read is read: the next session does not show it again.
    await page.goto(`/${locale}/study`);
    await expect(lesson.or(card)).toBeVisible();
    await expect(lesson.getByRole("heading", { level: 1, name: concept, exact: true })).toHaveCount(0);

    await page.goto(`/${locale}/progress`);
    const map = page.getByRole("region", { name: words.map });
    const node = map.getByRole("link", { name: words.pod });
    await node.focus();
    await expect(node).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/${locale}/concepts/pod-basics$`));
  });

  test(`what a placement found can be undone as a whole, also later (${locale})`, async ({ page }) => {
    await page.goto(`/${locale}/placement`);
    await page.getByRole("button", { name: words.begin }).press("Enter");
    await takePlacement(page);
    await allSaved(page);
    await page.goto(`/${locale}/placement`);
    const undo = page.getByRole("button", { name: words.undo });
    await expect(page.getByTestId("placement-results")).toBeVisible();
    // Guesses may have shown nothing to be known; then there is nothing to undo.
    if (!(await undo.isVisible())) return;
    await undo.press("Enter");
    await expect(page.getByText(words.undone)).toBeVisible();
    await allSaved(page);
    await page.goto(`/${locale}/placement`);
    await expect(page.getByRole("button", { name: words.begin })).toBeVisible();
  });

  test(`a lesson is read, and marked as read, without JavaScript (${locale})`, async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
    const guest = { data: { locale, timeZone: "Asia/Tokyo" }, headers: { origin: baseURL ?? "" } };
    expect((await context.request.post("/api/guest", guest)).ok()).toBe(true);
    const page = await context.newPage();
    await page.goto(`/${locale}/concepts/pod-basics`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("web-server-01").first()).toBeVisible();
    await page.getByRole("button", { name: words.markRead }).click();
    await expect(page.getByText(words.read)).toBeVisible();
    await context.close();
  });
}
