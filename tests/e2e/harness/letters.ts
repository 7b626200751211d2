import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "playwright/test";
import type { TestServer } from "./server.ts";

/** The link to a page in the newest letter to an address, as the outbox without a mail server has it. */
export async function linkTo(
  server: TestServer,
  email: string,
  to: "confirm" | "reset-password" | "join",
): Promise<string> {
  const outbox = path.join(server.folder, "outbox");
  let link = "";
  await expect(() => {
    const letters = readdirSync(outbox)
      .sort()
      .map((file) => readFileSync(path.join(outbox, file), "utf8"));
    const letter = letters.filter((text) => text.includes(`To: ${email}`)).at(-1) ?? "";
    const [, ...body] = letter.split("\r\n\r\n");
    const text = /base64/i.test(letter.split("\r\n\r\n")[0] ?? "")
      ? Buffer.from(body.join(""), "base64").toString("utf8")
      : body
          .join("\n")
          .replace(/=\r?\n/g, "")
          .replaceAll("=3D", "=");
    link = /https?:\S+/.exec(text)?.[0] ?? "";
    expect(link).toContain(`/${to}?token=`);
  }).toPass();
  return link;
}

/** Signs up at this browser, by the link in the letter. What was answered as a guest comes along. */
export async function signUp(page: Page, server: TestServer): Promise<{ email: string }> {
  const email = `${crypto.randomUUID()}@example.com`;
  await page.goto("/en/sign-up");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill("paper lantern orbit");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { name: "Look at your mail" })).toBeVisible();
  await page.goto(await linkTo(server, email, "confirm"));
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(page).toHaveURL(/\/en$/);
  return { email };
}
