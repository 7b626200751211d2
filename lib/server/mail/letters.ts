import { createTranslator } from "next-intl";
import type { Locale } from "#lib/core/questions/index.ts";
import { config } from "#lib/server/config.ts";
import en from "../../../content/messages/en.json";
import ja from "../../../content/messages/ja.json";
import type { Mail } from "./send.ts";

const messages = { ja, en };

/** The letters that accounts need, in the reader's language. */
export type Letter = "confirmSignUp" | "alreadySignedUp" | "resetPassword";

/** Where each letter's link leads. */
const PAGES: Record<Letter, string> = {
  confirmSignUp: "/confirm",
  alreadySignedUp: "/sign-in",
  resetPassword: "/reset-password",
};

/**
 * Writes a letter that invites somebody into a team.
 * @param words what to call the team and whoever invites, and how many days the link works
 */
export function writeInvitation(
  to: string,
  locale: Locale,
  secret: string,
  words: { team: string; from: string; days: number },
): Mail {
  const t = createTranslator({ locale, messages: messages[locale] as typeof en });
  const link = `${config().appUrl}/${locale}/join?token=${secret}`;
  return {
    to,
    subject: t("mail.teamInvite.subject", words),
    text: t("mail.teamInvite.text", { ...words, link }),
  };
}

/**
 * Writes a letter.
 * @param link what its link carries: the secret that it stands for, an invitation to go on with
 */
export function writeLetter(
  letter: Letter,
  to: string,
  locale: Locale,
  { token, invite }: { token?: string | undefined; invite?: string | undefined } = {},
): Mail {
  const t = createTranslator({ locale, messages: messages[locale] as typeof en });
  const query = new URLSearchParams({
    ...(token ? { token } : {}),
    ...(invite ? { invite } : {}),
  }).toString();
  const link = `${config().appUrl}/${locale}${PAGES[letter]}${query ? `?${query}` : ""}`;
  return { to, subject: t(`mail.${letter}.subject`), text: t(`mail.${letter}.text`, { link }) };
}
