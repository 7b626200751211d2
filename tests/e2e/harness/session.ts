import { encode } from "next-auth/jwt";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";

/** Signs sessions in servers that several processes share. */
export const AUTH_SECRET = "a secret for tests, 32 characters or more";

const NAME = "authjs.session-token";

/** The header by which a server with that secret knows somebody who was never signed out. */
export async function cookieOf(viewer: Viewer): Promise<string> {
  if (!isPerson(viewer)) return "";
  const token = { sub: viewer.userId, version: 0 };
  return `${NAME}=${await encode({ token, secret: AUTH_SECRET, salt: NAME, maxAge: 3600 })}`;
}
