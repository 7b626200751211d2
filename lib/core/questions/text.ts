import { z } from "zod";

/** The languages of content and interface. Both are complete everywhere: neither falls back to the other. */
export const LOCALES = ["ja", "en"] as const;
export const localeSchema = z.enum(LOCALES);
export type Locale = z.infer<typeof localeSchema>;

const nonEmpty = z.string().trim().min(1);

/** A text in both languages, in the Markdown subset that the interface renders. */
export const textSchema = z.strictObject({ ja: nonEmpty, en: nonEmpty });
export type Text = z.infer<typeof textSchema>;

/** Ids in content files: lower case words joined by hyphens. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "use lower-case words joined by hyphens, e.g. pod-ip-after-rollout")
  .max(80);

/** A calendar day, `YYYY-MM-DD`. */
export const daySchema = z.iso.date();

/** A text in a line of a list: without its blocks of code, its paragraphs and the marks of Markdown. */
export function inOneLine(markdown: string): string {
  return markdown
    .replace(/```[\s\S]*?```/g, "")
    .replace(/[`*]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
