import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { expect, it } from "vitest";
import en from "../../../content/messages/en.json" with { type: "json" };
import ja from "../../../content/messages/ja.json" with { type: "json" };

/** The name of the other language, and that search reads both. */
const JAPANESE_IN_ENGLISH = new Set(["nav.otherLanguage", "banks.searchHint"]);

/** Every message by its dotted key. */
function flatten(messages: object, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}
const messages = { ja: flatten(ja), en: flatten(en) };

/** The names that a message's text is completed with. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>();
  const walk = (elements: ReturnType<typeof parse>): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      names.add(element.value);
      if ("children" in element) walk(element.children);
      if ("options" in element) for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(parse(message));
  return [...names].sort();
}

it("both languages say the same things", () => {
  expect([...messages.ja.keys()].sort()).toEqual([...messages.en.keys()].sort());
});

it.each([...messages.en])("both languages complete %s with the same words", (key, english) => {
  expect(argumentsOf(messages.ja.get(key) ?? "")).toEqual(argumentsOf(english));
});

it("no message is empty, and none is left in the other language", () => {
  for (const [key, text] of messages.ja) {
    expect(text.trim(), key).not.toBe("");
    // Names, numbers and what only code says are the same everywhere.
    if (/[a-z]{4,} [a-z]{4,}/.test(text))
      expect(text, key).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
  }
  for (const [key, text] of messages.en) {
    expect(text.trim(), key).not.toBe("");
    if (!JAPANESE_IN_ENGLISH.has(key))
      expect(text, key).not.toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
  }
});
