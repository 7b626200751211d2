import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createTransport } from "nodemailer";
import { uuidv7 } from "uuidv7";
import { config } from "#lib/server/config.ts";
import { log } from "#lib/server/log.ts";

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/**
 * Sends a letter by SMTP; where none is configured, leaves it as an `.eml` file in the outbox folder and says so in the
 * log. A letter that cannot be sent is logged, not thrown: who asked must not learn whether an address exists.
 */
export async function sendMail(mail: Mail): Promise<void> {
  const { smtpUrl, mailFrom, dataFolder } = config();
  try {
    if (smtpUrl) {
      await createTransport(smtpUrl).sendMail({ from: mailFrom, ...mail });
      return;
    }
    const composed = await createTransport({ streamTransport: true, buffer: true }).sendMail({
      from: mailFrom,
      ...mail,
    });
    const outbox = path.join(dataFolder, "outbox");
    await mkdir(outbox, { recursive: true });
    const file = path.join(outbox, `${uuidv7()}.eml`);
    await writeFile(file, composed.message as Buffer, { mode: 0o600 });
    log.info({ file }, "mail: no SMTP configured, the letter is in the outbox");
  } catch (error) {
    log.error({ err: error }, "mail: a letter could not be sent");
  }
}
