import type { Page } from "playwright/test";
import { KINDS } from "#lib/core/questions/index.ts";
import en from "../../content/messages/en.json" with { type: "json" };
import ja from "../../content/messages/ja.json" with { type: "json" };
import { violations } from "./harness/axe.ts";
import { studyOneByKeyboard } from "./harness/keyboard.ts";
import { PASSWORD, prepareTeam } from "./harness/prepared-team.ts";
import { expect, test } from "./harness/test.ts";

const PAGES = [
  "",
  "/study",
  "/placement",
  "/quiz",
  "/quiz/play?kinds=single&count=3",
  "/banks",
  "/banks?q=pod",
  "/banks/mindset",
  "/concepts/pod-ip",
  "/concepts/clusterip",
  "/progress",
  "/history",
  "/settings",
  "/sign-in",
  "/sign-up",
  "/reset-password",
  "/no-such-page",
];

const NOT_FOUND = new RegExp([en, ja].map(({ notFound }) => notFound.title).join("|"));

/** What the rules ask hardly hangs on the language: each page is looked at in one, every second in the other. */
const inTurn = (path: string, index: number) => `/${["ja", "en"][index % 2]}${path}`;

test("axe finds nothing on any screen, light or dark", async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 390, height: 844 });
  // Somebody with a few answers, so that screens have something on them.
  await page.goto("/ja");
  for (let i = 0; i < 3; i++) await studyOneByKeyboard(page);
  const found: string[] = [];
  for (const path of PAGES.map(inTurn)) {
    await page.goto(path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    found.push(...(await violations(page)).map((violation) => `${path} ${violation}`));
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const path of ["/en", "/ja/progress", "/en/concepts/pod-ip", "/ja"]) {
    await page.goto(path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    found.push(...(await violations(page)).map((violation) => `wide ${path} ${violation}`));
  }
  expect(found).toEqual([]);
});

test("axe finds nothing on the pages of a team, with what has happened in it, light or dark", async ({
  browser,
  server,
}) => {
  test.setTimeout(240_000);
  const team = await prepareTeam(server);
  const root = `/teams/${team.id}`;
  const assignment = `${root}/assignments/${team.failedId}`;
  /** Of whom each page is looked at, one after the other in either language. */
  const pages = {
    owner: [
      ...[root, "/concepts", "/misconceptions", "/items", `/items/${team.itemId}`],
      ...["/exams", "/assignments", assignment, `${assignment}/edit`],
      ...["/people", `/people/${team.learner.userId}`, "/settings", "/audit"],
    ].map((path) => (path.startsWith(root) ? path : root + path)),
    learner: [
      ...["", "/settings"],
      ...[`/exams/${team.failedId}`, `/exams/${team.failedId}/1`, `/exams/${team.openId}`],
    ],
    nobody: [team.invitation],
  };
  const found: string[] = [];
  for (const who of ["owner", "learner", "nobody"] as const) {
    const context = await browser.newContext({
      baseURL: server.url,
      reducedMotion: "reduce",
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    if (who !== "nobody") await signIn(page, team[who].email ?? "");
    for (const [index, path] of pages[who].entries()) {
      await page.goto(inTurn(path, index));
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      // The page that says that there is none would pass.
      await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(NOT_FOUND);
      found.push(...(await violations(page)).map((violation) => `${who} ${path} ${violation}`));
    }
    if (who === "learner") {
      await page.goto(`/en/exams/${team.openId}`);
      await page.getByRole("button", { name: /^Begin/ }).click();
      await expect(page.locator("main form")).toBeVisible();
      found.push(...(await violations(page)).map((violation) => `a final check ${violation}`));
    }
    await context.close();
  }
  expect(found).toEqual([]);
});

// Manifest tasks are looked at in task.spec.ts.
for (const kind of KINDS.filter((one) => one !== "manifest")) {
  test(`an answered ${kind} question is as accessible as an open one`, async ({ page }) => {
    await page.goto(`/en/quiz/play?kinds=${kind}&count=1&mode=cram`);
    await expect(page.locator("[data-kind]")).toHaveAttribute("data-kind", kind);
    expect(await violations(page), "open").toEqual([]);
    await answerByForm(page);
    await expect(page.locator("[data-next]").first()).toBeVisible();
    expect(await violations(page), "answered").toEqual([]);
  });
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/en/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/(en|ja)$/);
}

/** Fills in whatever the question asks for and sends it. */
async function answerByForm(page: Page): Promise<void> {
  const form = page.locator("main form");
  for (const field of await form.locator("input[type=text], input:not([type]), textarea").all())
    await field.fill("1");
  for (const field of await form.locator("select").all()) await field.selectOption({ index: 1 });
  for (const group of await form.locator("fieldset").all()) await group.locator("input").first().check();
  await form.locator("button[type=submit]").click();
}
