import axe from "axe-core";
import type { Page } from "playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * What axe finds, as a list that names rule and element; in the dark, where only colours differ, of contrast alone. The
 * window is as high as the page while it looks: what the bar at the thumb happens to cover, a person scrolls into view.
 */
export async function violations(page: Page): Promise<string[]> {
  const size = page.viewportSize() ?? { width: 390, height: 844 };
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
  await page.evaluate(axe.source);
  // Colours on their way from one ground to the other are neither's.
  await page.evaluate(() => {
    const still = new CSSStyleSheet();
    still.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important; }");
    document.adoptedStyleSheets.push(still);
  });
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await page.evaluate(
      // What passes is not asked for, and no style sheet is fetched anew: each takes as long as all rules together.
      (runOnly) =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
          runOnly,
          resultTypes: ["violations"],
          preload: false,
        }),
      colorScheme === "light" ? RULES : { type: "rule" as const, values: ["color-contrast"] },
    );
    found.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${colorScheme} ${id}: ${target.join(" ")}`),
      ),
    );
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(size);
  return found;
}
