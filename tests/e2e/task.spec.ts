import type { Locator, Page } from "playwright/test";
import { uuidv7 } from "uuidv7";
import en from "../../content/messages/en.json" with { type: "json" };
import ja from "../../content/messages/ja.json" with { type: "json" };
import { violations } from "./harness/axe.ts";
import { allSaved } from "./harness/keyboard.ts";
import { expect, test } from "./harness/test.ts";

const TASK = "task-endpoints-empty";

/** Mends the task's Service, written otherwise than the solution that is shown. */
const RIGHT =
  'kind: Service\napiVersion: "v1"\nmetadata: {name: web}\nspec: {ports: [{targetPort: 8080, port: 80}], selector: {app: web}}\n';

const editorOf = (page: Page) => page.locator("main .cm-content");

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not lead there");
}

/** Makes a guest of this browser, who studied the task a moment ago and got it wrong: it is due. */
async function studiedWrongly(page: Page, url: string): Promise<void> {
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(path, { data, headers: { origin: url } });
    expect(answer.ok(), path).toBe(true);
    return answer.json();
  };
  const { userId } = await post("/api/guest", { locale: "ja", timeZone: "UTC" });
  const event = {
    ...{
      id: uuidv7(),
      type: "answer",
      itemId: TASK,
      at: Date.now(),
      revision: 1,
      source: "study",
      locale: "ja",
    },
    ...{ answer: { manifests: "kind: Service" }, seed: 1, hinted: false, easy: false, durationMs: 1000 },
  };
  const { results } = await post("/api/reviews", { owner: userId, events: [event] });
  expect(results).toMatchObject([{ status: "stored" }]);
}

async function replaceAll(page: Page, text: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text);
}

test("manifests are written by keyboard, told what fails and how, and tried again where they are looked at later (ja)", async ({
  page,
}) => {
  const t = ja;
  await page.goto(`/ja/quiz/play?items=${TASK}&count=1`);
  const editor = editorOf(page);
  await tabTo(page, editor);

  // A completion is taken; the line after a field that holds others is indented by itself.
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("apiVersion: v1\nkind: Ser");
  await expect(page.getByRole("option", { name: "Service" })).toBeVisible();
  // As fast as a person types: right after it opened, Enter does not yet choose.
  await page.keyboard.type("vi", { delay: 50 });
  await page.keyboard.press("Enter");
  await expect(editor).toContainText("kind: Service");
  await page.keyboard.type(
    "\nmetadata: { name: web }\nspec:\nselector: { tier: frontend }\nports: [{ port: 80, targetPort: 8080 }]",
  );
  await expect(page.getByTestId("editor-problems")).toContainText(t.editor.noProblems);

  // Tab indents; only after Escape it leaves.
  const text = () => editor.textContent();
  const written = await text();
  await page.keyboard.press("Tab");
  await expect.poll(text).not.toBe(written);
  await page.keyboard.press("Shift+Tab");
  await expect.poll(text).toBe(written);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(editor).not.toBeFocused();
  await tabTo(page, page.getByRole("button", { name: t.task.submit }));
  await page.keyboard.press("Enter");

  const review = page.getByTestId("task-review");
  await expect(review.getByRole("listitem").filter({ hasText: "すべてのPodが応答し" })).toContainText(
    "不正解",
  );
  await expect(review).toContainText(
    `${t.task.seen.label}${t.task.ends.answered}${t.task.and}応答したのはPod admin-`,
  );
  await expect(review.getByText(/^webを10\.0\.\d+\.\d+に解決$/).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await allSaved(page);

  await page.goto("/ja/history");
  const first = page.getByTestId("history-entry").first();
  await first.locator("summary").first().click();
  await expect(first.getByTestId("task-review")).toContainText("不正解");
});

test("what is written for a task is kept over a reload, and passes in another form; as Hard with a hint (ja)", async ({
  page,
  server,
}) => {
  const t = ja;
  await studiedWrongly(page, server.url);
  await page.goto("/ja/study");
  const editor = editorOf(page);
  await tabTo(page, editor);
  await replaceAll(page, RIGHT);
  await page.reload();
  await expect(editor).toContainText("targetPort: 8080, port: 80");
  await page.getByRole("button", { name: t.study.hint }).press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "ServiceとPodの間をつなぐのは" })).toBeFocused();
  await editor.focus();
  // Enter and digits are the editor's while it has the focus.
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("# 4\n");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("status").filter({ hasText: "正解です" })).toBeVisible();
  const ratings = page.getByRole("group", { name: t.study.rate }).getByRole("button");
  await expect(ratings).toHaveCount(1);
  await expect(ratings).toContainText(t.study.ratings.hard);
  await page.keyboard.press("Enter");
  await allSaved(page);
});

test("hostile and mistyped text is told clearly, loses nothing, and is edited in a plain field as well (en)", async ({
  page,
}) => {
  const t = en;
  await page.goto(`/en/quiz/play?items=${TASK}&count=1`);
  const editor = editorOf(page);
  const problems = page.getByTestId("editor-problems");
  await tabTo(page, editor);

  const bomb = `a: &a [x, x]\n${"bcdefgh".replace(/./g, (name, at: number) => `${name}: &${name} [*${"abcdefg"[at]}, *${"abcdefg"[at]}]\n`)}`;
  await replaceAll(page, bomb);
  await expect(problems).toContainText("aliases");
  await replaceAll(page, RIGHT.replace("kind: ", "kind：").replace("metadata:", "metadata:\u3000"));
  await expect(problems).toContainText(t.editor.strays.fullWidthColon);
  await expect(problems).toContainText(t.editor.strays.fullWidthSpace);
  expect(await violations(page), "the editor").toEqual([]);

  // The same text in a plain field, which is remembered.
  await page.getByRole("button", { name: t.editor.plainText }).press("Enter");
  const plain = page.getByRole("textbox", { name: t.task.manifests });
  await expect(plain).toHaveValue(/kind：Service/);
  await page.getByRole("button", { name: t.editor.repair }).press("Enter");
  await expect(plain).toHaveValue(RIGHT.replace("metadata: ", "metadata:   "));
  await page.reload();
  await expect(plain).toHaveValue(/kind: Service/);

  // Started again, and brought back.
  await page.getByRole("button", { name: t.task.startAgain }).press("Enter");
  await expect(plain).toHaveValue(/tier: front\n/);
  await page.getByRole("button", { name: t.task.bringBack }).press("Enter");
  await expect(plain).toHaveValue(/kind: Service\napiVersion/);

  // An answer with an error is told as the API server tells it; nothing was applied.
  await plain.fill(bomb);
  await plain.press("ControlOrMeta+Enter");
  const review = page.getByTestId("task-review");
  await expect(review).toContainText(t.task.refused);
  await expect(review).toContainText("error parsing YAML");
  expect(await violations(page), "the review").toEqual([]);
});
