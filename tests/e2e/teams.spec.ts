import { allSaved, studyOneByKeyboard } from "./harness/keyboard.ts";
import { signUp } from "./harness/letters.ts";
import { expect, test } from "./harness/test.ts";

test("a guest joins by a link with all they answered, signs up, and once removed sees the team no more", async ({
  page,
  browser,
  server,
}) => {
  test.setTimeout(180_000);
  await signUp(page, server);
  await page.getByRole("banner").getByRole("link", { name: "Teams" }).click();
  await page.getByLabel("Name of the team").fill("Platform");
  await page.getByRole("button", { name: "Create team" }).click();
  await expect(page.getByLabel("Your name")).toHaveAccessibleDescription(/Enter a name/);
  await page.getByLabel("Your name").fill("Olga");
  await page.getByRole("button", { name: "Create team" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = page.getByLabel("The link");
  await expect(link).toBeFocused();
  const invitation = await link.inputValue();

  const guestsBrowser = await browser.newContext({ baseURL: server.url, locale: "en-GB" });
  const guest = await guestsBrowser.newPage();
  await guest.goto("/en");
  for (let i = 0; i < 2; i++) await studyOneByKeyboard(guest);
  await allSaved(guest);
  await guest.goto(new URL(invitation).pathname + new URL(invitation).search);
  await expect(guest.getByRole("heading", { level: 1, name: "Join Platform" })).toBeVisible();
  await guest.getByLabel("Your name").fill("Gus");
  await guest.getByRole("button", { name: "Join without an account" }).click();
  await expect(guest.getByRole("heading", { name: "You are in" })).toBeFocused();
  const { email } = await signUp(guest, server);
  await guest.goto("/en/history");
  await expect(guest.getByTestId("history-entry")).toHaveCount(2);
  await guest.goto("/en/teams");
  await guest.getByRole("link", { name: "Platform" }).click();
  const pages = guest.getByRole("navigation", { name: "Pages of the team" });
  await pages.getByRole("link", { name: "Settings" }).click();
  await expect(guest.getByRole("checkbox", { name: /Share everything/ })).toBeVisible();

  await page.reload();
  const row = page.getByRole("row", { name: /Gus/ });
  await expect(row).toContainText(email);
  await row.getByRole("button", { name: "Change Gus" }).click();
  await page.getByRole("button", { name: "Remove from the team" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(row).toHaveCount(0);

  await guest.getByRole("checkbox", { name: /Share everything/ }).click();
  await expect(guest.getByRole("alert").filter({ hasText: "not here" })).toBeVisible();
  await pages.getByRole("link").first().click();
  await expect(guest.getByRole("heading", { name: "Nothing runs at this address" })).toBeVisible();
  await guestsBrowser.close();

  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Removed a member who was learner" })).toBeVisible();
});
