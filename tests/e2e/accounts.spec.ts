import { allSaved, studyOneByKeyboard } from "./harness/keyboard.ts";
import { linkTo } from "./harness/letters.ts";
import { expect, test } from "./harness/test.ts";

const PASSWORD = "paper lantern orbit";

test("what is wrong with a form has the focus, each in its own words", async ({ page }) => {
  const email = page.getByLabel("E-mail address");
  const password = page.getByLabel("Password");
  await page.goto("/en/sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription("Enter your e-mail address.");
  await expect(password).toHaveAccessibleDescription("Enter your password.");
  await email.fill("somebody@example.com");
  await password.press("Enter");
  await expect(password).toBeFocused();
  await expect(email).toHaveAttribute("aria-invalid", "false");
  await password.fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "do not belong together" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeFocused();

  await page.goto("/en");
  await studyOneByKeyboard(page);
  await allSaved(page);
  const header = page.getByRole("banner");
  await expect(header.getByRole("link", { name: "Keep progress" })).toHaveAttribute("href", /sign-up$/);
  await header.getByRole("link", { name: "Settings" }).click();
  const newCards = page.getByLabel("New cards a day");
  const save = page.locator("form").filter({ has: newCards }).getByRole("button", { name: "Save" });
  await newCards.fill("500");
  await save.press("Enter");
  await expect(newCards).toBeFocused();
  await expect(newCards).toHaveAccessibleDescription(/Enter a whole number from 0 to 200/);
  await newCards.fill("5");
  await save.press("Enter");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(save).toBeFocused();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /^Download/ }).click();
  await page.getByLabel("Import a file").setInputFiles(await (await download).path());
  await expect(page.getByRole("heading", { name: /^Export of/ })).toBeFocused();
  await page.getByRole("button", { name: "Import", exact: true }).press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Imported" })).toBeVisible();
  await expect(page.getByLabel("Import a file")).toBeFocused();
});

test("a guest signs up by mail, keeps every answer, signs in elsewhere, resets the password, and goes for good", async ({
  page,
  browser,
  server,
}) => {
  test.setTimeout(180_000);
  const email = `${crypto.randomUUID()}@example.com`;
  await page.goto("/en");
  for (let i = 0; i < 3; i++) await studyOneByKeyboard(page);
  await allSaved(page);

  await page.goto("/en/sign-up");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Password")).toBeFocused();
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { name: "Look at your mail" })).toBeFocused();
  const confirmation = await linkTo(server, email, "confirm");
  await page.goto(confirmation);
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(page).toHaveURL(/\/en$/);
  await expect(page.getByRole("link", { name: "Keep progress" })).toHaveCount(0);
  for (const door of ["/en/sign-up", "/en/sign-in"]) {
    await page.goto(door);
    await expect(page).toHaveURL(/\/en$/);
  }
  await page.goto("/en/history");
  await expect(page.getByTestId("history-entry")).toHaveCount(3);

  // Another browser: two answers as a guest, then the same account.
  const elsewhere = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere.newPage();
  await other.goto("/en");
  for (let i = 0; i < 2; i++) await studyOneByKeyboard(other);
  await allSaved(other);
  await other.goto("/en/sign-in");
  await other.getByLabel("E-mail address").fill(email);
  await other.getByLabel("Password").fill("not the password");
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await other.getByLabel("Password").fill(PASSWORD);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other).toHaveURL(/\/en$/);
  await other.goto("/en/history");
  await expect(other.getByTestId("history-entry")).toHaveCount(5);

  // A new password there ends the session here.
  await other.goto("/en/reset-password");
  await other.getByLabel("E-mail address").fill(email);
  await other.getByRole("button", { name: "Send link" }).click();
  await expect(other.getByRole("heading", { name: "Look at your mail" })).toBeVisible();
  const reset = await linkTo(server, email, "reset-password");
  await other.goto(reset);
  await other.getByLabel("New password").fill("another lantern orbit");
  await other.getByRole("button", { name: "Set password" }).click();
  await expect(other).toHaveURL(/\/en$/);

  // A link that was used says where to go instead.
  await page.goto(confirmation);
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "used already" })).toBeFocused();
  await expect(page.getByRole("main").getByRole("link", { name: "Sign in" })).toBeVisible();
  await page.goto(reset);
  await page.getByLabel("New password").fill("yet another lantern orbit");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("link", { name: "Get a new link" }).click();
  await expect(page.getByRole("button", { name: "Send link" })).toBeVisible();
  await page.goto("/en/history");
  await expect(page.getByTestId("history-entry")).toHaveCount(0);

  await other.goto("/en/settings");
  await other.getByRole("button", { name: "Delete account" }).click();
  const dialog = other.getByRole("alertdialog");
  await expect(dialog).toBeVisible();
  await other.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await other.getByRole("button", { name: "Delete account" }).click();
  await dialog.getByRole("textbox").fill("delete");
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(other).toHaveURL(/\/en$/);
  await other.goto("/en/sign-in");
  await other.getByLabel("E-mail address").fill(email);
  await other.getByLabel("Password").fill("another lantern orbit");
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await elsewhere.close();
});
