/** How Japanese is set: spaces, punctuation, width. */
import type { Checked, Finding } from "./rule.ts";
import { proseOf, withoutCode } from "./texts.ts";

const JA = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々]";

export const japaneseSpacing = forbid(
  new RegExp(`${JA} [A-Za-z0-9]|[A-Za-z0-9] ${JA}`, "u"),
  "no space between Latin and Japanese characters",
);

export const japanesePunctuation = forbid(
  new RegExp(`${JA}[,.!?()]|[,!?()]${JA}|[。、]{2}|[。、！？][,.]`, "u"),
  "Japanese prose has full-width punctuation, each mark once",
);

export const japaneseWidth = forbid(
  /[Ａ-Ｚａ-ｚ０-９]+|[\uff66-\uff9f]+/u,
  "Latin letters and digits are half-width, katakana is full-width",
);

const PAIRS = ["「」", "『』", "（）"] as const;

export function* japaneseBrackets(content: Checked) {
  for (const { locale, markdown, at } of proseOf(content)) {
    if (locale !== "ja") continue;
    for (const [open, close] of PAIRS) {
      const nesting = [...withoutCode(markdown)].reduce(
        // Once below zero it stays so: closed before it was opened.
        (depth, mark) => (depth < 0 ? depth : depth + (mark === open ? 1 : 0) - (mark === close ? 1 : 0)),
        0,
      );
      if (nesting !== 0) yield { ...at(), message: `${open} and ${close} do not pair` };
    }
  }
}

/** A rule that finds fault with what matches in Japanese prose. */
function forbid(pattern: RegExp, message: string) {
  return function* (content: Checked): Generator<Finding> {
    for (const { locale, markdown, at } of proseOf(content)) {
      const found = locale === "ja" && pattern.exec(withoutCode(markdown))?.[0];
      if (found) yield { ...at(found), message: `${message}: 「${found}」` };
    }
  };
}
