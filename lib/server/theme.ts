import { z } from "zod";

export const themeSchema = z.enum(["light", "dark", "system"]);
export type Theme = z.infer<typeof themeSchema>;

/** The cookie that keeps a browser's theme: it belongs to the screen, not to the person. */
const THEME_COOKIE = "theme";

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps the theme in the browser that asks for it. */
export function writeTheme(
  cookies: { set(name: string, value: string, options: object): unknown },
  theme: Theme,
): void {
  cookies.set(THEME_COOKIE, theme, { path: "/", sameSite: "lax", httpOnly: true, maxAge: ONE_YEAR_SECONDS });
}

/** The theme that a browser asked for. */
export function readTheme(cookies: { get(name: string): { value: string } | undefined }): Theme {
  return themeSchema.catch("system").parse(cookies.get(THEME_COOKIE)?.value);
}
