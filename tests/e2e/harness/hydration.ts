import { test as base, expect, type Page } from "playwright/test";

/**
 * A test whose pages, once gone to or reloaded, have been taken over by React. What is pressed before is lost; a person
 * presses again, a test does not, and on a slow machine that moment is long.
 */
export const test = base.extend({
  browser: [
    async ({ browser }, use) => {
      const newContext = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await newContext(options);
        if (options?.javaScriptEnabled !== false) context.on("page", waitForReact);
        return context;
      };
      await use(browser);
    },
    { scope: "worker" },
  ],
});

function waitForReact(page: Page): void {
  const thenWait =
    <Args extends unknown[], Result>(load: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      const result = await load(...args);
      await tookOver(page);
      return result;
    };
  page.goto = thenWait(page.goto.bind(page));
  page.reload = thenWait(page.reload.bind(page));
}

/** React leaves its properties on every element it has taken over, those that answer to a key or a press included. */
async function tookOver(page: Page): Promise<void> {
  const left = () =>
    page
      .evaluate(() =>
        [...document.querySelectorAll("a, button, form, input:not([type=hidden]), select, textarea")]
          .filter((element) => !Object.keys(element).some((key) => key.startsWith("__reactProps$")))
          .map((element) => element.outerHTML),
      )
      // A page that sends somewhere else goes away while it is looked at.
      .catch((error: Error) => [error.message]);
  await expect
    .poll(left, { message: "what React has not taken over", timeout: 30_000, intervals: [50] })
    .toEqual([]);
}
