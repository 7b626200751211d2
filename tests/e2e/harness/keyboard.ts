import { expect, type Page } from "playwright/test";

/** Reads the lesson on screen, if there is one, as far as Enter: the first new cards of a concept come after it. */
export async function passLessonByKeyboard(page: Page): Promise<void> {
  const lesson = page.getByTestId("lesson");
  await expect(lesson.or(page.locator("[data-kind]"))).toBeVisible();
  if (!(await lesson.isVisible())) return;
  await page.keyboard.press("Enter");
  await expect(lesson).toBeHidden();
}

/** The card on screen: its kind, and how many were done before it. */
async function cardOnScreen(page: Page): Promise<{ kind: string; progress: string }> {
  const card = page.locator("[data-kind]");
  await expect(card).toBeVisible();
  return {
    kind: (await card.getAttribute("data-kind")) ?? "",
    progress: (await page.getByTestId("progress").textContent()) ?? "",
  };
}

/**
 * Answers the question on screen as somebody without a mouse would: Tab from field to field, fill in or choose something,
 * Enter on the button. Right or wrong does not matter.
 */
export async function answerByKeyboard(page: Page): Promise<void> {
  const answered = new Set<string>();
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press("Tab");
    const field = await page.evaluate(() => {
      const focused = document.activeElement as
        | HTMLInputElement
        | HTMLSelectElement
        | HTMLButtonElement
        | null;
      const inForm = focused?.closest("form") !== null && focused?.closest("main") !== null;
      return { tag: focused?.tagName ?? "", type: focused?.type ?? "", name: focused?.name ?? "", inForm };
    });
    if (!field.inForm) continue;
    if (field.type === "submit") {
      await page.keyboard.press("Enter");
      return;
    }
    if (field.tag === "SELECT") await page.keyboard.press("ArrowDown");
    else if (field.type === "radio" || field.type === "checkbox") {
      if (!answered.has(field.name)) await page.keyboard.press("Space");
      answered.add(field.name);
    } else if (field.tag === "INPUT" || field.tag === "TEXTAREA") await page.keyboard.type("1");
  }
}

/**
 * Passes the lesson before it, if there is one, answers the card on screen, and goes on with Enter.
 * @returns the kind of question it was
 */
export async function studyOneByKeyboard(page: Page): Promise<string> {
  await passLessonByKeyboard(page);
  const { kind, progress } = await cardOnScreen(page);
  await answerByKeyboard(page);
  const next = page.locator("[data-next]");
  await expect(next).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("progress")).not.toHaveText(progress);
  return kind;
}

/** Waits until nothing that was answered is missing on the server. */
export async function allSaved(page: Page): Promise<void> {
  await expect(page.getByTestId("sync-status")).toHaveAttribute("data-pending", "0", { timeout: 60_000 });
}
