/** From key press to the next card painted, with a network that takes two seconds; beside a key press that changes a word. */
import { chromium, type Page } from "playwright";
import { launchOptions } from "#tests/e2e/harness/browser.ts";
import { studyOneByKeyboard } from "#tests/e2e/harness/keyboard.ts";
import { TestServer } from "#tests/e2e/harness/server.ts";
import { figure, ms, percentile } from "./harness.ts";

const CARDS = 40;
const LATENCY_MS = 2_000;

/**
 * Notes in the page how long each Enter takes until what it changed is painted: the frame after the change has been
 * drawn when a task of its own runs.
 */
function watchPaints(changing: string): void {
  const watched = globalThis as unknown as { paints: number[] };
  watched.paints = [];
  let pressed: number | null = null;
  document.addEventListener(
    "keydown",
    ({ key, timeStamp }) => {
      if (key === "Enter") pressed = timeStamp;
    },
    true,
  );
  const text = () => document.querySelector(changing)?.textContent;
  let shown = text();
  new MutationObserver(() => {
    if (pressed === null || text() === shown) return;
    shown = text();
    const since = pressed;
    pressed = null;
    requestAnimationFrame(() => setTimeout(() => watched.paints.push(performance.now() - since)));
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

const paintsOf = (page: Page) => page.evaluate(() => (globalThis as unknown as { paints: number[] }).paints);

/** A page with a button that counts: what a browser needs at least. */
async function baseline(page: Page): Promise<number[]> {
  await page.goto("about:blank");
  await page.setContent("<main><button>0</button></main>");
  await page.evaluate(() => {
    const button = document.querySelector("button");
    button?.addEventListener("click", () => {
      button.textContent = String(Number(button.textContent) + 1);
    });
  });
  await page.evaluate(watchPaints, "button");
  await page.locator("button").focus();
  for (let i = 1; i <= CARDS; i++) {
    await page.keyboard.press("Enter");
    await page.locator("button", { hasText: String(i) }).waitFor();
  }
  return paintsOf(page);
}

/** A session by keyboard, as a guest: answers wait for nothing. */
async function studying(page: Page, url: string): Promise<number[]> {
  await page.goto(`${url}/ja/study`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  const network = await page.context().newCDPSession(page);
  await network.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await page.evaluate(watchPaints, "[data-testid=progress]");
  for (let i = 0; i < CARDS; i++) await studyOneByKeyboard(page);
  return paintsOf(page);
}

const server = await TestServer.create();
const browser = await chromium.launch((await launchOptions()).launchOptions);
try {
  const context = await browser.newContext();
  // The compiler of this file names functions through a helper, which a page has not got.
  await context.addInitScript("globalThis.__name = (named) => named");
  const bare = await baseline(await context.newPage());
  const cards = await studying(await context.newPage(), server.url);
  for (const share of [0.5, 0.95]) {
    figure(
      `key press to next card painted, p${share * 100}`,
      ms(percentile(cards, share)),
      `baseline, a word changed: ${ms(percentile(bare, share))}; ${cards.length} cards, network ${LATENCY_MS} ms`,
    );
  }
} finally {
  await browser.close();
  await server.remove();
}
