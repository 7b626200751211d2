/** How English is spelt: as in Britain, of which the dictionary knows -ise and -our alone. */
import dictionary from "dictionary-en-gb";
import nspell from "nspell";
import type { Checked } from "./rule.ts";
import { proseOf, withoutCode } from "./texts.ts";

/** A word with no digit beside it; a possessive belongs to it. */
const WORD = /(?<![\w’'])[A-Za-z]+(?:[’'][A-Za-z]+)*(?!\w)/g;
/** Addresses, host names, paths, assignments, flags of commands. */
const MACHINE_NAME = /[\w-]+(?:[./_=@:]+[\w-]+)+|--[\w-]+/g;
/** VM, DNS, IPs: capitals are not spelt. */
const ACRONYM = /^[A-Z]{2,}s?$/;

/** Made once: it takes a quarter of a second. */
let speller: ReturnType<typeof nspell> | undefined;

export function* englishSpelling(content: Checked) {
  const known = new Set([
    ...content.words,
    ...content.glossary.flatMap(({ value }) => value.en.match(WORD) ?? []),
  ]);
  for (const { locale, markdown, at } of proseOf(content)) {
    if (locale !== "en") continue;
    for (const written of new Set(withoutCode(markdown).replace(MACHINE_NAME, "").match(WORD) ?? [])) {
      const word = written.replace(/[’']s$/, "");
      if (ACRONYM.test(word) || isRight(word, known)) continue;
      yield {
        ...at(written),
        message: `\`${word}\` is in no dictionary of British English: mend it, or add it to content/words.txt`,
      };
    }
  }
}

/** In the dictionary or, as it is, at the start of a sentence or in the plural, among the words of the content. */
function isRight(word: string, known: ReadonlySet<string>): boolean {
  speller ??= nspell({ aff: Buffer.from(dictionary.aff), dic: Buffer.from(dictionary.dic) });
  if (speller.correct(word)) return true;
  const forms = [word, word.replace(/s$/, ""), word.replace(/es$/, "")];
  return forms.some((form) => known.has(form) || known.has(form.charAt(0).toLowerCase() + form.slice(1)));
}
