import type { Page } from "playwright/test";
import { ACTIONS, type Action } from "#components/playground/options.ts";
import en from "../../content/messages/en.json" with { type: "json" };
import ja from "../../content/messages/ja.json" with { type: "json" };
import { violations } from "./harness/axe.ts";
import { expect, test } from "./harness/test.ts";

const WORDS = { ja: ja.playground, en: en.playground };
const TOURS = [
  "pods-are-disposable",
  "front-door",
  "blueprint-and-architect",
  "network-model",
  "outside-and-back",
];

// Nothing moves and no time goes by itself: what is pressed is seen at once.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Opens a page of the playground, and waits until its cluster is there. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByTestId("now")).toBeVisible();
}

/** Presses Tab until what has the focus is of a selector. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not come to ${selector}`);
}

/** Does what was asked about, without saying what one expects. */
async function skipPrediction(page: Page): Promise<void> {
  const { act, predict } = { act: page.getByTestId("act"), predict: page.getByTestId("predict") };
  await expect(act.or(predict).filter({ visible: true })).toBeVisible();
  if (await predict.isVisible()) await predict.locator("[data-skip]").press("Enter");
  await expect(act).toBeVisible();
}

/** Where in time the page is, as "3 / 7". */
const clock = (page: Page) => page.getByTestId("now").locator("[aria-hidden]").first();

for (const tour of TOURS)
  test(`the tour ${tour} is walked by keyboard alone, in both languages`, async ({ page }) => {
    for (const locale of ["ja", "en"] as const) {
      const words = WORDS[locale];
      await open(page, `/${locale}/playground/${tour}`);
      const heading = page.getByTestId("step");
      const count = Math.max(...((await heading.textContent())?.match(/\d+/g) ?? []).map(Number));
      const predict = page.getByTestId("predict");
      let asked = 0;
      for (let step = 1; step <= count; step++) {
        await expect(heading).toHaveText(
          words.tour.step.replace("{step}", String(step)).replace("{count}", String(count)),
        );
        if (await predict.isVisible()) {
          await tabTo(page, "[name=expected]");
          await page.keyboard.press("Space");
          await tabTo(page, "[data-testid=predict] [type=submit]");
          await page.keyboard.press("Enter");
          await expect(heading).toBeFocused();
          if (asked++ === 0) {
            await tabTo(page, "[data-end]");
            await page.keyboard.press("Enter");
            await expect(page.getByTestId("outcome")).toContainText(words.predict.happened);
            await heading.focus();
          }
        }
        await expect(page.getByTestId("now")).not.toContainText(words.now.failed.split("{")[0] ?? "");
        await tabTo(page, "[data-tour-next]");
        if (step < count) await page.keyboard.press("Enter");
      }
      expect(asked).toBeGreaterThan(1);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { level: 1, name: words.title })).toBeVisible();
    }
  });

test("a link shows somebody else the same moment, in their own language", async ({ page, browser }) => {
  await open(page, "/en/playground?scene=service");
  const act = page.getByTestId("act");
  for (const [action, fill] of [
    ["scale", { replicas: "5" }],
    ["send", { to: "web" }],
  ] as const) {
    await act.getByLabel("Action").selectOption(action);
    for (const [name, value] of Object.entries(fill)) await act.locator(`[name=${name}]`).fill(value);
    await act.locator("[type=submit]").press("Enter");
    await skipPrediction(page);
  }
  await page.locator("[data-end]").press("Enter");
  await page.locator("[data-back]").press("Enter");
  const shown = await clock(page).textContent();
  await page.getByRole("button", { name: "Share this moment" }).press("Enter");
  const link = await page.getByTestId("share").getByRole("textbox").inputValue();

  const context = await browser.newContext({ locale: "ja", reducedMotion: "reduce" });
  const other = await context.newPage();
  await open(other, link);
  expect(other.url()).toContain("/ja/playground");
  await expect(clock(other)).toHaveText(shown ?? "");
  const pods = (of: Page) =>
    of.locator("svg [data-id^='Pod/']").evaluateAll((all) => all.map((one) => one.getAttribute("data-id")));
  expect(await pods(other)).toEqual(await pods(page));
  expect(await pods(other)).toHaveLength(6);
  await context.close();
});

test("a tour's link leads to its step and moment", async ({ page }) => {
  await open(page, "/en/playground/pods-are-disposable?step=3&at=4");
  await expect(page.getByTestId("step")).toHaveText(/3/);
  await expect(clock(page)).toHaveText(/^5 \//);
  await page.locator("[data-tour-next]").press("Enter");
  await expect(page).toHaveURL(/step=4/);
});

test("a link that is damaged or hostile says so, and leads on", async ({ page }) => {
  for (const play of ["1.AAAA", "nonsense", `1.${"A".repeat(9000)}`]) {
    await page.goto(`/en/playground?play=${play}`);
    await expect(page.getByText(WORDS.en.badLink.title)).toBeVisible();
  }
  await page.getByRole("link", { name: WORDS.en.badLink.action }).press("Enter");
  await expect(page.getByRole("heading", { name: WORDS.en.tours })).toBeVisible();
});

test("everything that can be done is done, told, and shown as text and as tables", async ({ page }) => {
  await open(page, "/en/playground?scene=shop");
  const act = page.getByTestId("act");
  // What must have been done before comes before it.
  const actions: Action[] = Object.values(ACTIONS).flat();
  for (const action of actions) {
    await act.getByLabel("Action").selectOption(action);
    if (action === "apply") {
      await act.getByLabel("Begin with").selectOption("Deployment/default/web");
      await expect(act.locator("input[name=manifests]")).toHaveValue(/kind: Deployment/);
    }
    await act.locator("[type=submit]").press("Enter");
    await skipPrediction(page);
    await expect(page.getByTestId("now"), action).not.toContainText(/could not be done/);
    await page.locator("[data-end]").press("Enter");
  }
  const link = page.getByTestId("share").getByRole("textbox");
  await page.getByRole("button", { name: "Share this moment" }).press("Enter");
  expect((await link.inputValue()).length).toBeLessThan(8000);

  const views = page.getByRole("radiogroup", { name: WORDS.en.views.label });
  const pod = await page.locator("svg [data-id^='Pod/default/web']").first().getAttribute("data-id");
  const name = pod?.split("/")[2] ?? "";
  await views.getByLabel(WORDS.en.views.text).press("Space");
  await expect(page.getByRole("listitem").filter({ hasText: name }).first()).toBeVisible();
  await views.getByLabel(WORDS.en.views.tables).press("Space");
  await expect(page.getByRole("cell", { name }).first()).toBeVisible();
});

test("a lesson opens its tour in place, and the lesson's own keys do nothing in it", async ({ page }) => {
  await page.goto("/en/concepts/pod-ip");
  const lab = page.getByRole("region", { name: "Pods are disposable" });
  await lab.getByRole("button", { name: WORDS.en.embed.open }).press("Enter");
  await expect(lab.getByTestId("step")).toBeVisible();
  await lab.locator("[data-tour-next]").press("Enter");
  await expect(lab.getByTestId("step")).toHaveText(/2/);
  await page.keyboard.press("s");
  await expect(lab.getByTestId("step")).toBeFocused();
});

test("axe finds nothing in the playground, however the cluster is shown", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/ja/playground");
  expect(await violations(page)).toEqual([]);
  await open(page, "/en/playground?scene=policies");
  await page.getByTestId("act").locator("[type=submit]").press("Enter");
  await skipPrediction(page);
  for (const view of [WORDS.en.views.drawing, WORDS.en.views.text, WORDS.en.views.tables]) {
    await page.getByLabel(view).press("Space");
    expect(await violations(page), view).toEqual([]);
  }
  await open(page, "/ja/playground/pods-are-disposable?step=3");
  expect(await violations(page)).toEqual([]);
});
