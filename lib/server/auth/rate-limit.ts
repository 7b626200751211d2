import { db } from "#lib/server/db/client.ts";

/** How often something may be tried. */
export interface Limit {
  attempts: number;
  windowSeconds: number;
}

/** The limits of this product, by what they guard. Keys name whom they count. */
export const LIMITS = {
  /** Guessing one account's password, from anywhere. */
  "sign-in-email": { attempts: 10, windowSeconds: 15 * 60 },
  /** Guessing many accounts' passwords, from one place. An office shares an address. */
  "sign-in-ip": { attempts: 100, windowSeconds: 15 * 60 },
  "sign-up-ip": { attempts: 30, windowSeconds: 60 * 60 },
  "reset-email": { attempts: 3, windowSeconds: 60 * 60 },
  "reset-ip": { attempts: 30, windowSeconds: 60 * 60 },
  "guest-ip": { attempts: 200, windowSeconds: 60 * 60 },
  /** A month offline arrives in a few batches. */
  ingest: { attempts: 600, windowSeconds: 10 * 60 },
  "create-team": { attempts: 20, windowSeconds: 24 * 60 * 60 },
  /** Lists of up to 200 addresses, each of which gets a letter. */
  "invite-list": { attempts: 20, windowSeconds: 24 * 60 * 60 },
  /** Mail providers unsubscribe for all their customers, and calendar services read for all theirs: only floods are meant. */
  "unsubscribe-ip": { attempts: 1000, windowSeconds: 60 * 60 },
  "calendar-ip": { attempts: 1000, windowSeconds: 10 * 60 },
} as const satisfies Record<string, Limit>;

/**
 * Counts an attempt, in the database, so that the limit holds over all processes.
 * @param who whom the limit counts: an address, a user id
 * @returns seconds to wait, or 0 when the attempt may go ahead
 */
export async function countAttempt(limit: keyof typeof LIMITS, who: string, now: number): Promise<number> {
  const { attempts, windowSeconds } = LIMITS[limit];
  const windowEnd = new Date(now + windowSeconds * 1000);
  const [row] = await db().$queryRaw<{ count: number; windowEnd: Date }[]>`
    INSERT INTO "RateLimit" AS l (key, count, "windowEnd")
    VALUES (${`${limit}:${who}`}, 1, ${windowEnd})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN l."windowEnd" <= ${new Date(now)} THEN 1 ELSE l.count + 1 END,
      "windowEnd" = CASE WHEN l."windowEnd" <= ${new Date(now)} THEN excluded."windowEnd" ELSE l."windowEnd" END
    RETURNING count, "windowEnd"`;
  if (!row || row.count <= attempts) return 0;
  return Math.max(1, Math.ceil((row.windowEnd.getTime() - now) / 1000));
}
