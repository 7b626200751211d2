import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { config } from "#lib/server/config.ts";
import { done, type Result } from "#lib/server/errors.ts";

/**
 * The session: an encrypted JWT in a cookie, in Auth.js's own format, so that signing in through an issuer and through a
 * password end in the same thing. It says who and since which session version; the database has the last word.
 */
export interface Session {
  userId: string;
  /** Equal to the person's `sessionVersion`, or the session has ended. */
  version: number;
}

/** A guest's answers are worth keeping for as long as a browser keeps anything. */
export const SESSION_SECONDS = 180 * 24 * 60 * 60;

export const isSecure = (): boolean => config().appUrl.startsWith("https:");
export const sessionCookie = (): string => `${isSecure() ? "__Secure-" : ""}authjs.session-token`;

const tokenSchema = z.object({ sub: z.uuid(), version: z.int().min(0) });

/** The session of the current request, if its cookie is one of ours. Says nothing about whether it still holds. */
export async function readSession(): Promise<Session | null> {
  const name = sessionCookie();
  const token = (await cookies()).get(name)?.value;
  if (!token) return null;
  const decoded = await decode({ token, secret: config().authSecret, salt: name }).catch(() => null);
  const parsed = tokenSchema.safeParse(decoded);
  return parsed.success ? { userId: parsed.data.sub, version: parsed.data.version } : null;
}

/** Signs somebody in at this browser. In route handlers and server actions. */
export async function startSession({ userId, version }: Session): Promise<void> {
  const name = sessionCookie();
  const token = await encode({
    token: { sub: userId, version },
    secret: config().authSecret,
    salt: name,
    maxAge: SESSION_SECONDS,
  });
  (await cookies()).set(name, token, {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(),
    path: "/",
    maxAge: SESSION_SECONDS,
  });
}

/** Signs in whom a command answers. */
export async function enter(outcome: Result<Session>): Promise<Result> {
  if (!outcome.ok) return outcome;
  await startSession(outcome.value);
  return done(undefined);
}

/** Signs out at this browser. */
export async function endSession(): Promise<void> {
  (await cookies()).delete(sessionCookie());
}
