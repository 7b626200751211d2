import * as z from "zod/mini";

/** The languages of content and interface. Both are complete everywhere: neither falls back to the other. */
export const LOCALES = ["ja", "en"] as const;
export const localeSchema = z.enum(LOCALES);
export type Locale = z.infer<typeof localeSchema>;

/** Words, without the white space around them. */
export const wordsSchema = z.string().check(z.trim(), z.minLength(1));

/** A text in both languages, in the Markdown subset that the interface renders. */
export const textSchema = z.strictObject({ ja: wordsSchema, en: wordsSchema });
export type Text = z.infer<typeof textSchema>;

/** Ids in content files: lower case words joined by hyphens. */
export const slugSchema = z
  .string()
  .check(
    z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "use lower-case words joined by hyphens, e.g. pod-ip-after-rollout"),
    z.maxLength(80),
  );

/** A calendar day, `YYYY-MM-DD`. */
export const daySchema = z.iso.date();
