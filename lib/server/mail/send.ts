import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { createTransport } from "nodemailer";
import { uuidv7 } from "uuidv7";
import { config } from "#lib/server/config.ts";
import { log } from "#lib/server/log.ts";

export interface Mail {
  to: string;
  subject: string;
  text: string;
  headers?: Record<string, string>;
  /** What makes sending it again the same letter; made up where there is none. */
  identity?: {
    /** Names its file in the outbox, which a repeat replaces … */
    id: string;
    /** … and with the id its Message-ID, by which readers tell repeats. */
    edition: string;
  };
}

/** Longer than this no mail server is waited for, per step of the conversation, in ms. */
const PATIENCE_MS = 30_000;

/**
 * Delivers a letter by SMTP; where none is configured, leaves it as an `.eml` file in the outbox folder, whole or not at all, and
 * says so in the log. Throws when it cannot be delivered.
 *
 * A process that dies between delivering a letter and noting that it did leaves the next one to deliver it again. In the outbox that
 * is the same file; by SMTP it is the same letter a second time, with the same Message-ID: at least once, then.
 */
export async function deliver({ identity, ...mail }: Mail): Promise<void> {
  const { smtpUrl, mailFrom, dataFolder, appUrl } = config();
  const { id, edition } = identity ?? { id: uuidv7(), edition: "1" };
  const message = { from: mailFrom, messageId: `<${id}.${edition}@${new URL(appUrl).hostname}>`, ...mail };
  if (smtpUrl) {
    await createTransport(withPatience(smtpUrl)).sendMail(message);
    return;
  }
  const composed = await createTransport({ streamTransport: true, buffer: true }).sendMail(message);
  const outbox = path.join(dataFolder, "outbox");
  await mkdir(outbox, { recursive: true });
  const file = path.join(outbox, `${id}.eml`);
  const unfinished = path.join(outbox, `.${uuidv7()}.tmp`);
  await writeFile(unfinished, composed.message as Buffer, { mode: 0o600, flush: true });
  await rename(unfinished, file);
  log.info({ file }, "mail: no SMTP configured, the letter is in the outbox");
}

/** The address of the mail server with how long to wait for it, where it does not say itself. */
function withPatience(smtpUrl: string): string {
  const url = new URL(smtpUrl);
  for (const name of ["connectionTimeout", "greetingTimeout", "socketTimeout"]) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(PATIENCE_MS));
  }
  return url.href;
}

/**
 * Delivers a letter that somebody asked for from outside. What goes wrong is logged, not thrown: who asked must not learn
 * whether an address exists.
 */
export async function sendMail(mail: Mail): Promise<void> {
  try {
    await deliver(mail);
  } catch (error) {
    log.error({ err: error }, "mail: a letter could not be sent");
  }
}
