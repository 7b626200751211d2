import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { MailWishes } from "#lib/core/reminders/index.ts";
import { config } from "#lib/server/config.ts";

/** What a link in a letter turns off: one kind of letter, or all of them. */
export const UNSUBSCRIBE_SCOPES = ["assignments", "weekly", "due", "all"] as const satisfies readonly (
  | keyof MailWishes
  | "all"
)[];
export type UnsubscribeScope = (typeof UNSUBSCRIBE_SCOPES)[number];

/** Whose letters of which kind. */
export interface Unsubscription {
  userId: string;
  scope: UnsubscribeScope;
}

const signed = z.tuple([z.enum(UNSUBSCRIBE_SCOPES), z.uuid(), z.string().length(43)]);

/**
 * A link's secret: who and what, signed with the installation's secret. It is kept nowhere, works as long as that secret, and can do
 * nothing but stop letters.
 */
export const unsubscribeToken = ({ userId, scope }: Unsubscription): string =>
  `${scope}.${userId}.${signatureOf({ userId, scope }).toString("base64url")}`;

/** Whom and what a token stands for; `null` when it was not signed here. */
export function readUnsubscribeToken(token: string): Unsubscription | null {
  const parsed = signed.safeParse(token.split("."));
  if (!parsed.success) return null;
  const [scope, userId, signature] = parsed.data;
  const given = Buffer.from(signature, "base64url");
  const right = signatureOf({ userId, scope });
  return given.length === right.length && timingSafeEqual(given, right) ? { userId, scope } : null;
}

const signatureOf = ({ userId, scope }: Unsubscription): Buffer =>
  createHmac("sha256", config().authSecret).update(`unsubscribe:${scope}:${userId}`).digest();
