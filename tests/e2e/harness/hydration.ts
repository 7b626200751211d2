import { expect, type Page } from "playwright/test";

/**
 * Makes `goto` and `reload` of a page wait until React has taken over what the server sent. What is pressed before is
 * lost; a person presses again, a test does not, and on a slow machine that moment is long.
 */
export function waitForReact(page: Page): void {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...args) => {
    const response = await goto(...args);
    await tookOver(page);
    return response;
  };
  page.reload = async (...args) => {
    const response = await reload(...args);
    await tookOver(page);
    return response;
  };
}

/** React leaves its properties on every element it has taken over, those that answer to a key or a press included. */
async function tookOver(page: Page): Promise<void> {
  const left = () =>
    page
      .evaluate(() =>
        [...document.querySelectorAll("a, button, form, input, select, textarea")]
          .filter((element) => !Object.keys(element).some((key) => key.startsWith("__reactProps$")))
          .map((element) => element.outerHTML),
      )
      // A page that sends somewhere else goes away while it is looked at.
      .catch((error: Error) => [error.message]);
  await expect.poll(left, { message: "what React has not taken over", timeout: 30_000 }).toEqual([]);
}
