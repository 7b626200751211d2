import { z } from "zod";

export const themeSchema = z.enum(["light", "dark", "system"]);
export type Theme = z.infer<typeof themeSchema>;

/** The cookie that keeps a browser's theme: it belongs to the screen, not to the person. */
export const THEME_COOKIE = "theme";

/** The theme that a browser asked for. */
export function readTheme(cookies: { get(name: string): { value: string } | undefined }): Theme {
  return themeSchema.catch("system").parse(cookies.get(THEME_COOKIE)?.value);
}
