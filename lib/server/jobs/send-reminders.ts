import { personOf } from "#lib/server/auth/person.ts";
import { db } from "#lib/server/db/client.ts";
import { type ClaimedMail, claimMail, zonesOfRecipients } from "#lib/server/db/sql/jobs.ts";
import { log } from "#lib/server/log.ts";
import { writeReminder } from "#lib/server/mail/reminder.ts";
import { deliver, type Mail } from "#lib/server/mail/send.ts";
import { wishesOf } from "#lib/server/mail/wishes.ts";
import type { JobContext } from "./job.ts";
import { factsOf } from "./letter-facts.ts";
import { decentDays } from "./recipients.ts";

/** Longer than any letter takes to be sent; after that, the process that took it is taken to have died. */
const LEASE_MS = 10 * 60_000;
/** Attempts to send a letter: over some days, since letters wait for the decent hours. */
const MAX_ATTEMPTS = 8;
/** After a first failure; each further one doubles it. */
const BACK_OFF_MS = 5 * 60_000;

/** Job: sends the letters that are written, each by the process that took it. */
export async function sendReminders({ clock, signal }: JobContext): Promise<void> {
  const zones = await zonesOfRecipients(db());
  while (!signal.aborted) {
    const now = clock();
    const leasedUntil = new Date(now + LEASE_MS);
    const mail = await claimMail(db(), decentDays(zones, now), new Date(now), leasedUntil);
    if (!mail) return;
    await send(mail, leasedUntil, now);
  }
}

async function send(mail: ClaimedMail, leasedUntil: Date, now: number): Promise<void> {
  /** Says what became of it, unless the lease has run out and another process has it. */
  const settle = (data: { status: "sent" | "dropped" | "waiting" | "failed" } & Record<string, unknown>) =>
    db().reminderMail.updateMany({
      where: { id: mail.id, status: "sending", leasedUntil },
      data: { ...data, leasedUntil: null },
    });
  // It ended the process that sent it, every time.
  if (mail.attempts > MAX_ATTEMPTS) {
    await settle({ status: "failed", error: "INTERRUPTED" });
    return;
  }
  try {
    const letter = await letterOf(mail, now);
    if (letter) await deliver(letter);
    await settle({ status: letter ? "sent" : "dropped", sentAt: letter ? new Date(now) : null, error: null });
  } catch (error) {
    const { id, attempts } = mail;
    log.warn({ mail: id, attempts, error: codeOf(error) }, "a reminder could not be sent");
    const next = new Date(now + BACK_OFF_MS * 2 ** (mail.attempts - 1));
    await settle(
      mail.attempts >= MAX_ATTEMPTS
        ? { status: "failed", error: codeOf(error) }
        : { status: "waiting", error: codeOf(error), nextAttemptAt: next },
    );
  }
}

/** The letter; `null` when there is nothing left to say, or nobody to say it to. */
async function letterOf({ id, userId, day }: ClaimedMail, now: number): Promise<Mail | null> {
  const user = await db().user.findUnique({ where: { id: userId } });
  if (!user?.email || !user.emailVerifiedAt) return null;
  const matters = await db().reminderMatter.findMany({ where: { mailId: id } });
  const facts = await factsOf(personOf(user), wishesOf(user), matters, now);
  if (facts.length === 0) return null;
  // A letter that waited for another day may say more than the one that perhaps was sent: it is not the same.
  return { ...writeReminder(personOf(user), facts), to: user.email, identity: { id, edition: day } };
}

/** What went wrong, as mail servers and networks call it: without their words, which may name people. */
function codeOf(error: unknown): string {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  return [code, responseCode].filter(Boolean).join(" ") || "UNKNOWN";
}
