import { expect, test } from "./harness/test.ts";

test("every page carries a strict policy and the usual headers", async ({ page, baseURL }) => {
  const violations: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) violations.push(message.text());
  });
  const response = await page.goto("/ja/study");
  const headers = response?.headers() ?? {};
  expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
  expect(headers["content-security-policy"]).not.toContain("unsafe");
  expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(violations).toEqual([]);
  expect(baseURL).toBeTruthy();
});

test("answers are taken from our own pages only", async ({ request, baseURL }) => {
  const body = { data: { owner: crypto.randomUUID(), events: [{}] } };
  const from = (origin: string) => request.post("/api/reviews", { ...body, headers: { origin } });
  expect((await from("https://evil.example")).status()).toBe(403);
  expect((await request.post("/api/reviews", body)).status()).toBe(403);
  expect((await from(baseURL ?? "")).status()).toBe(401);
});

test("what is for authors is not there outside of development", async ({ request }) => {
  for (const path of ["/en/author", "/ja/author/pod-ip", "/api/author/changes"]) {
    expect((await request.get(path)).status(), path).toBe(404);
  }
});
