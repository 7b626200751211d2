import { allSaved, answerByKeyboard } from "./harness/keyboard.ts";
import { expect, test } from "./harness/test.ts";

test("a question that is drawn is another one each time, and the same again in the history", async ({
  page,
}) => {
  const card = page.locator("main article");
  const asked = new Set<string | null>();
  for (let round = 0; round < 4; round++) {
    await page.goto("/en/quiz/play?items=headless-answer&count=1");
    await expect(card.locator("form")).toBeVisible();
    asked.add(await card.textContent());
  }
  expect(asked.size).toBeGreaterThan(1);

  await answerByKeyboard(page);
  await expect(page.locator("[data-next]")).toBeFocused();
  const explanation = page.getByRole("region", { name: "Explanation" });
  const told = (await explanation.textContent()) ?? "";
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Results" })).toBeVisible();

  await allSaved(page);
  await page.goto("/en/history");
  await page.getByTestId("history-entry").first().locator("summary").first().click();
  await expect(explanation.first()).toHaveText(told);
});
