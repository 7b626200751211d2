import { type Locale, type Messages, NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Diagram } from "#components/diagrams/index.tsx";
import { DIAGRAM_IDS, type DiagramId } from "#lib/core/diagrams.ts";
import en from "../../../content/messages/en.json" with { type: "json" };
import ja from "../../../content/messages/ja.json" with { type: "json" };

const languages: [locale: Locale, messages: Messages][] = [
  ["en", en],
  ["ja", ja],
];

/** A message that is missing throws. */
function onError(error: Error) {
  throw error;
}

function draw(id: DiagramId, locale: Locale, messages: Messages) {
  const children = createElement(Diagram, { id });
  const props = { locale, messages, timeZone: "UTC", onError, children };
  return renderToStaticMarkup(createElement(NextIntlClientProvider, props));
}

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

describe.each(DIAGRAM_IDS)("the diagram %s", (id) => {
  it.each(languages)("has a title and says the same in words: %s", (locale, messages) => {
    const html = draw(id, locale, messages);
    const title = html.match(/<title[^>]*>(.+?)<\/title>/)?.[1] ?? "";
    const steps = [...html.matchAll(/<li>(.+?)<\/li>/g)].map(([, step]) => step ?? "");
    expect(title).not.toBe("");
    expect(steps.length).toBeGreaterThanOrEqual(3);
    expect(html).toContain(`>${steps.join(" ")}</desc>`);
    for (const step of steps) expect(JAPANESE.test(step)).toBe(locale === "ja");
    if (locale === "en") expect(html).not.toMatch(JAPANESE);
  });

  it("can be read on a phone, where it is shown one to one", () => {
    const html = draw(id, "en", en);
    expect(html).toContain('viewBox="0 0 324 ');
    for (const [, size] of html.matchAll(/font-size="([\d.]+)"/g))
      expect(Number(size)).toBeGreaterThanOrEqual(12);
  });
});
