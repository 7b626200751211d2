import { uuidv7 } from "uuidv7";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { createGuest } from "./create-guest.ts";
import { joinOpenTeams } from "./join-open-team.ts";
import { mergeGuest } from "./merge-guest.ts";

/** Who an issuer says somebody is. */
export interface ExternalAccount {
  provider: string;
  providerAccountId: string;
  email: string | null;
  /** Whether the issuer vouches for the address. */
  emailVerified: boolean;
  name: string | null;
  /** Where the issuer says which groups they are in. */
  groups?: string[];
}

/**
 * Finds or makes the account that belongs to an issuer's, and gives it what a guest at this browser did: the account
 * linked before; else the one with the same address, if issuer and account both have proven it; else the guest becomes
 * the account; else a new one.
 */
export async function signInWithAccount(
  viewer: Viewer,
  { provider, providerAccountId, email, emailVerified, name, groups = [] }: ExternalAccount,
  now: number,
): Promise<{ userId: string; version: number }> {
  const linked = await db().account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    include: { user: true },
  });
  const known =
    linked?.user ??
    (email && emailVerified
      ? await db().user.findFirst({ where: { email, emailVerifiedAt: { not: null } } })
      : null);
  // An address that belongs to somebody else, unproven here, stays theirs.
  const freeEmail = email && emailVerified && !known ? email : null;
  const userId =
    known?.id ??
    (viewer.kind === "guest" ? viewer.userId : await createGuest({ locale: "ja", timeZone: "Asia/Tokyo" }));

  return db().$transaction(async (tx) => {
    const user =
      known ??
      (await tx.user.update({
        where: { id: userId },
        data: {
          isGuest: false,
          // What somebody has called themselves outweighs what their issuer calls them.
          name: (viewer.kind === "guest" ? viewer.name : null) ?? name,
          email: freeEmail,
          emailVerifiedAt: freeEmail ? new Date(now) : null,
          sessionVersion: { increment: 1 },
        },
      }));
    await tx.account.upsert({
      where: { provider_providerAccountId: { provider, providerAccountId } },
      create: { id: uuidv7(), userId, provider, providerAccountId, groups },
      update: { groups },
    });
    if (known && viewer.kind === "guest") await mergeGuest(tx, viewer.userId, user.id, now);
    await joinOpenTeams(tx, user.id, now);
    return { userId, version: user.sessionVersion };
  });
}
