import { z } from "zod";
import type { Locale } from "#lib/core/questions/index.ts";
import { type ListedAddress, readAddressList } from "#lib/interop/address-list.ts";
import { countAttempt } from "#lib/server/auth/rate-limit.ts";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { writeInvitation } from "#lib/server/mail/letters.ts";
import { type Mail, sendMail } from "#lib/server/mail/send.ts";
import { audit } from "./audit.ts";
import { inviteOptionsSchema, isGroupOf, mayInvite, storeInvite } from "./create-invite.ts";
import { emailSchema } from "./sign-up.ts";

/** Letters that one list sends at most. */
export const MAX_ADDRESSES = 200;

export const inviteByListSchema = inviteOptionsSchema.extend({
  /** Pasted, or the content of a CSV file. */
  list: z.string().max(100_000, "too-large"),
});

/** What becomes of a line: a letter, or why none. */
export type LineStatus = "send" | "member" | "invited" | "repeated" | "invalid" | "no-address";

export interface InviteLine {
  /** 1 for the first line. */
  line: number;
  text: string;
  status: LineStatus;
}

/**
 * Invites everybody on a list by a letter with a link that works once. Who is a member already, or has an invitation that
 * still works, gets none.
 * @param options.apply false tells the plan and sends nothing
 * @returns what becomes, or became, of each line
 */
export async function inviteByList(
  viewer: Viewer,
  { teamId, role, groupId, days, list }: z.infer<typeof inviteByListSchema>,
  { apply, now }: { apply: boolean; now: number },
): Promise<Result<InviteLine[]>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const { userId, name, email, locale } = viewer;
  const retryAfter = apply ? await countAttempt("invite-list", userId, now) : 0;
  if (retryAfter > 0) return failed("rate-limited", { retryAfter });
  const letters: Mail[] = [];
  const result = await db().$transaction(async (tx) => {
    const team = await lockTeam(tx, viewer, teamId, mayInvite(role));
    if (!team) return failed("not-found");
    if (!(await isGroupOf(tx, teamId, groupId))) return failed("not-found", { field: "groupId" });
    const { lines, locales } = await judge(tx, teamId, readAddressList(list), now);
    const addresses = lines.filter(({ status }) => status === "send").map(({ text }) => text);
    if (addresses.length > MAX_ADDRESSES) return failed("too-large", { field: "list" });
    if (!apply) return done(lines);
    for (const to of addresses) {
      const invite = { teamId, role, groupId, email: to, maxUses: 1, createdById: userId, days };
      const { id, secret } = await storeInvite(tx, invite, now);
      const details = { inviteId: id, role, maxUses: 1, days };
      await audit(tx, { teamId, action: "invite.created", actorId: userId, details }, now);
      const words = { team: team.name, from: name ?? email ?? "", days };
      letters.push(writeInvitation(to, locales.get(to) ?? locale, secret, words));
    }
    return done(lines);
  });
  // Not waited for: a mail server may take a second for each.
  if (result.ok) void sendAll(letters);
  return result;
}

async function sendAll(letters: readonly Mail[]): Promise<void> {
  for (const letter of letters) await sendMail(letter);
}

/** What becomes of each address, and the languages of those who have an account. */
async function judge(
  tx: Prisma.TransactionClient,
  teamId: string,
  listed: readonly ListedAddress[],
  now: number,
): Promise<{ lines: InviteLine[]; locales: Map<string, Locale> }> {
  const emails = listed.map(({ text }) => text);
  const [users, invites] = await Promise.all([
    tx.user.findMany({
      where: { email: { in: emails } },
      select: { email: true, locale: true, memberships: { where: { teamId } } },
    }),
    tx.invite.findMany({
      where: { teamId, email: { in: emails }, uses: 0, revokedAt: null, expiresAt: { gt: new Date(now) } },
      select: { email: true },
    }),
  ]);
  const members = new Set(users.filter((user) => user.memberships.length > 0).map((user) => user.email));
  const invited = new Set(invites.map(({ email }) => email));
  const seen = new Set<string>();
  const statusOf = ({ text, found }: ListedAddress): LineStatus => {
    if (!found) return "no-address";
    if (!emailSchema.safeParse(text).success) return "invalid";
    if (seen.has(text)) return "repeated";
    seen.add(text);
    if (members.has(text)) return "member";
    return invited.has(text) ? "invited" : "send";
  };
  return {
    lines: listed.map((one) => ({ line: one.line, text: one.text, status: statusOf(one) })),
    locales: new Map(users.map(({ email, locale }) => [email ?? "", locale])),
  };
}
