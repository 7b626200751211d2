/** The cookie by which a browser remembers that the placement quiz was declined: not offered again, still to be found. */
const COOKIE = "placement-declined";

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Stops offering the placement quiz in the browser that asks for it. */
export function declinePlacement(cookies: {
  set(name: string, value: string, options: object): unknown;
}): void {
  cookies.set(COOKIE, "1", { path: "/", sameSite: "lax", httpOnly: true, maxAge: ONE_YEAR_SECONDS });
}

/** Whether the placement quiz was declined in a browser. */
export const placementDeclined = (cookies: { has(name: string): boolean }): boolean => cookies.has(COOKIE);
