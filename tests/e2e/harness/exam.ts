import { expect, type Page } from "playwright/test";
import type { Locale, PublishedItem } from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { loadContent, publishContent } from "#lib/server/content/index.ts";

/** The published items of a concept. */
export async function itemsOf(conceptId: string): Promise<PublishedItem[]> {
  const { items } = publishContent(await loadContent("content"));
  return items.filter(({ concept }) => concept === conceptId).map(({ payload }) => payload);
}

/** What a person reads of Markdown: neither its marks nor its white space count. */
const plain = (text: string): string => text.replace(/[`*_\s]/g, "");

/**
 * Answers the question on screen rightly, as somebody who knows: it is found by its prompt and what can be chosen, for the
 * page says nothing else of it. Kinds that are chosen or typed.
 */
export async function answerRightly(
  page: Page,
  items: readonly PublishedItem[],
  locale: Locale,
): Promise<void> {
  const form = page.locator("main form");
  await expect(form).toBeVisible();
  const shown = plain((await page.locator("main article").textContent()) ?? "");
  const item = items.find(
    (one) =>
      shown.includes(plain(one.prompt[locale])) &&
      (!("options" in one) || one.options.every(({ text }) => shown.includes(plain(text[locale])))),
  );
  if (!item) throw new Error(`No item looks like this: ${shown}`);
  const answer = rightAnswer(item, locale);
  if ("number" in answer) await form.getByRole("textbox").fill(answer.number);
  else if ("gaps" in answer) {
    const fields = await form.getByRole("textbox").all();
    for (const [index, typed] of Object.values<string>(answer.gaps).entries())
      await fields[index]?.fill(typed);
  } else if ("options" in item) {
    const right = new Set("option" in answer ? [answer.option] : "options" in answer ? answer.options : []);
    for (const label of await form.locator("label").all()) {
      const text = plain((await label.textContent()) ?? "");
      // Before it stands the key that chooses it.
      const isRight = item.options.some(
        (option) => right.has(option.id) && text.replace(/^\d/, "") === plain(option.text[locale]),
      );
      if (isRight) await label.locator("input").check();
    }
  } else throw new Error(`A ${item.kind} is neither chosen nor typed`);
}
