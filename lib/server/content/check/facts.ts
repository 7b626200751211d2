/** Whether what is claimed can be looked up, and is still known to hold. */
import { addDays } from "#lib/core/scheduling/day.ts";
import type { Checked } from "./rule.ts";
import { proseOf, withoutCode } from "./texts.ts";

/** How long before a fact expires its author hears of it. */
const NOTICE_DAYS = 60;

/** What sites add to an address to know where its reader came from. */
const TRACKING = /^(utm_.+|wt\..+|.*clid|ocid|ref|source|mc_[ce]id|mkt_tok|spm)$/i;
/** `/en-us/` or `/ja/` at the front of a path: without it the site answers in the reader's language. */
const LANGUAGE = /^\/([a-z]{2}-[a-z]{2}|ja|en)\//i;

export function* expiredFact({ items, today }: Checked) {
  for (const { value, at } of items) {
    if (value.reviewBy && value.reviewBy < today) {
      yield {
        ...at("reviewBy"),
        message: `was to be checked again by ${value.reviewBy}: look it up, then raise \`asOf\` and \`reviewBy\``,
      };
    }
  }
}

export function* expiringFact({ items, today }: Checked) {
  const horizon = addDays(today, NOTICE_DAYS);
  for (const { value, at } of items) {
    if (value.reviewBy && value.reviewBy >= today && value.reviewBy <= horizon) {
      yield {
        ...at("reviewBy"),
        severity: "warning" as const,
        message: `is to be checked again by ${value.reviewBy}, within ${NOTICE_DAYS} days`,
      };
    }
  }
}

export function* reviewAfterCheck({ items }: Checked) {
  for (const { value, at } of items) {
    if (value.reviewBy && value.reviewBy <= value.asOf)
      yield { ...at("reviewBy"), message: `must be later than \`asOf\`, ${value.asOf}` };
  }
}

export function* links(content: Checked) {
  for (const { value, at } of content.sources) {
    const fault = value.url && faultOf(value.url);
    if (fault) yield { ...at("url"), message: fault };
  }
  for (const { markdown, at } of proseOf(content)) {
    for (const [, address = ""] of withoutCode(markdown).matchAll(/\]\(([^)]*)\)/g)) {
      const fault = faultOf(address);
      if (fault) yield { ...at(address), message: fault };
    }
  }
}

export function* unusedSource({ sources, items, concepts, tours }: Checked) {
  const used = new Set([...items, ...concepts, ...tours].flatMap(({ value }) => value.sources));
  for (const { value, at } of sources) {
    if (!used.has(value.id)) {
      yield {
        ...at("title"),
        severity: "warning" as const,
        message: `nothing rests on \`${value.id}\`: use it or remove it`,
      };
    }
  }
}

/** What is wrong with an address, in words. */
function faultOf(address: string): string | undefined {
  if (!URL.canParse(address)) return `\`${address}\` is no address: begin with https://`;
  const { protocol, searchParams, pathname } = new URL(address);
  if (protocol !== "https:") return `\`${address}\`: use https`;
  const tracking = [...searchParams.keys()].find((name) => TRACKING.test(name));
  if (tracking) return `\`${tracking}\` tracks the reader: remove it from the address`;
  const language = LANGUAGE.exec(pathname)?.[0];
  if (language) return `remove \`${language}\` from the address, so that it opens in the reader's language`;
  return undefined;
}
