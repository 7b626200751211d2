import { defineRouting } from "next-intl/routing";
import { LOCALES } from "#lib/core/questions/text.ts";

/** Every page lives under its language, `/ja` or `/en`, so that a link shows everyone the same page. */
export const routing = defineRouting({ locales: LOCALES, defaultLocale: "ja", localePrefix: "always" });
