import { createTranslator } from "next-intl";
import en from "../../content/messages/en.json" with { type: "json" };
import ja from "../../content/messages/ja.json" with { type: "json" };
import { answerRightly, itemsOf } from "./harness/exam.ts";
import { allSaved, studyOneByKeyboard } from "./harness/keyboard.ts";
import { signUp } from "./harness/letters.ts";
import { expect, test } from "./harness/test.ts";

/** Its questions are chosen or typed, and one is a flashcard, which no exam asks. */
const CONCEPT = "nodeport";

for (const locale of ["ja", "en"] as const) {
  const t = createTranslator({ locale, messages: locale === "ja" ? (ja as typeof en) : en });

  test(`from an invitation to what the manager sees (${locale})`, async ({ page, browser, server }) => {
    test.setTimeout(300_000);
    await page.setViewportSize({ width: 1280, height: 900 });
    await signUp(page, server);
    await page.goto(`/${locale}/teams`);
    await page.getByLabel(t("teams.name")).fill("Platform");
    await page.getByLabel(t("teams.personName")).fill("Olga");
    await page.getByRole("button", { name: t("teams.create") }).click();
    await page.getByRole("button", { name: t("people.makeLink") }).click();
    const invitation = new URL(await page.getByLabel(t("people.theLink"), { exact: true }).inputValue());
    const team = /\/teams\/[\w-]+/.exec(page.url())?.[0];

    // The onboarding assignment: for whoever joins, due in four weeks, done by a final check.
    await page.goto(`/${locale}${team}/assignments/new?concepts=${CONCEPT}`);
    const form = page.locator("main form");
    await form.getByLabel(t("assignments.form.title"), { exact: true }).fill("NodePort");
    await form.getByRole("checkbox", { name: t("assignments.form.everyone") }).uncheck();
    await form.getByRole("checkbox", { name: t("assignments.form.newcomers") }).check();
    await form.getByRole("radio", { name: t("assignments.form.dueAfter") }).check();
    await form.getByRole("checkbox", { name: t("assignments.form.byReadiness") }).uncheck();
    await form.getByRole("checkbox", { name: t("assignments.form.byExam") }).check();
    await form.getByLabel(t("assignments.form.exam.itemsPerConcept")).fill("3");
    await form.getByRole("button", { name: t("assignments.form.assign") }).click();
    await expect(page.getByRole("heading", { level: 1, name: "NodePort" })).toBeVisible();

    // A guest with twenty answers joins, signs up, and finds the assignment.
    const context = await browser.newContext({ baseURL: server.url, reducedMotion: "reduce" });
    const learner = await context.newPage();
    await learner.goto(`/${locale}/study`);
    for (let answers = 0; answers < 20; answers++) await studyOneByKeyboard(learner);
    await allSaved(learner);
    await learner.goto(invitation.pathname + invitation.search);
    await learner.getByLabel(t("teams.personName")).fill("Gus");
    await learner.getByRole("button", { name: t("teams.join.joinAsGuest") }).click();
    await expect(learner.getByRole("heading", { name: t("teams.join.done") })).toBeVisible();
    await signUp(learner, server);
    await learner.goto(`/${locale}`);
    const assigned = learner.getByRole("main").getByText("NodePort").first();
    await expect(assigned).toBeVisible();
    await learner.goto(`/${locale}/study`);
    for (let answers = 0; answers < 2; answers++) await studyOneByKeyboard(learner);
    await allSaved(learner);

    // The final check, over the death of the server.
    await learner.goto(`/${locale}`);
    await learner
      .getByRole("main")
      .getByRole("link", { name: t("assignments.mine.exam") })
      .click();
    await learner.getByRole("button", { name: t("exam.start", { minutes: 30 }) }).click();
    const items = await itemsOf(CONCEPT);
    await answerRightly(learner, items, locale);
    await learner.getByRole("button", { name: t("exam.saveAndNext") }).click();
    await expect(learner.getByText(t("exam.place", { place: 2, count: 3 }))).toBeVisible();
    await answerRightly(learner, items, locale);
    await expect(learner.getByText(`✓ ${t("exam.saved")}`)).toBeVisible();
    await server.stop("SIGKILL");
    await server.start();
    await learner.reload();
    for (const place of [1, 2])
      await expect(
        learner.getByRole("button", { name: t("exam.questionAnswered", { place }), exact: true }),
      ).toBeVisible();
    await learner.getByRole("button", { name: t("exam.questionOpen", { place: 3 }), exact: true }).click();
    await expect(learner.getByText(t("exam.place", { place: 3, count: 3 }))).toBeVisible();
    await answerRightly(learner, items, locale);
    await learner.getByRole("button", { name: t("exam.saveAndEnd") }).click();
    await learner.getByRole("button", { name: t("exam.handIn") }).click();
    await expect(learner.getByRole("heading", { name: t("exam.youPassed") })).toBeVisible();
    await context.close();

    // What the owner sees of it.
    await page.goto(`/${locale}${team}`);
    await expect(page.getByRole("row", { name: /NodePort/ })).toBeVisible();
    await page.goto(`/${locale}${team}/concepts`);
    await page.getByRole("link", { name: /Gus/ }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: /Gus/ })).toBeVisible();
    await expect(page.getByRole("row", { name: /NodePort/ }).first()).toContainText(
      t("dashboard.status.done"),
    );
  });
}
