import { z } from "zod";
import { domainOf, isPublicMailDomain } from "#lib/server/auth/mail-domains.ts";
import { lockTeam } from "#lib/server/auth/scope.ts";
import { isPerson, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma, Team } from "#lib/server/db/generated/client.ts";
import { done, type Failure, failed, type Result } from "#lib/server/errors.ts";
import { audit } from "./audit.ts";

export const setJoinRulesSchema = z.strictObject({
  teamId: z.uuid(),
  /** Domains of addresses, lower case. */
  domains: z.array(z.string().trim().toLowerCase().min(1).max(253)).max(20),
  /** `<provider>:<group>`. */
  groups: z.array(z.string().min(1).max(300)).max(50),
});

/**
 * Says who joins a team by themselves: everyone with a proven address of these domains, everyone in these groups of an
 * issuer. An owner adds only what is theirs too, so that nobody draws strangers into a team; they may take away all.
 */
export async function setJoinRules(
  viewer: Viewer,
  { teamId, domains, groups }: z.infer<typeof setJoinRulesSchema>,
  now: number,
): Promise<Result> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  return db().$transaction(async (tx) => {
    const team = await lockTeam(tx, viewer, teamId, "team.edit");
    if (!team) return failed("not-found");
    const rules = { joinDomains: [...new Set(domains)].sort(), joinGroups: [...new Set(groups)].sort() };
    const fault = await faultOf(tx, viewer, team, rules);
    if (fault) return fault;
    await tx.team.update({ where: { id: teamId }, data: rules });
    const details = { joinDomains: rules.joinDomains.join(" "), joinGroups: rules.joinGroups.join(" ") };
    await audit(tx, { teamId, action: "team.opened", actorId: viewer.userId, details }, now);
    return done(undefined);
  });
}

async function faultOf(
  tx: Prisma.TransactionClient,
  { userId, email, emailVerified }: Person,
  before: Team,
  rules: Pick<Team, "joinDomains" | "joinGroups">,
): Promise<Failure | null> {
  const domains = rules.joinDomains.filter((domain) => !before.joinDomains.includes(domain));
  if (domains.some(isPublicMailDomain)) return failed("domain-public", { field: "domains" });
  const own = email && emailVerified ? domainOf(email) : null;
  if (domains.some((domain) => domain !== own)) return failed("domain-not-yours", { field: "domains" });
  const groups = rules.joinGroups.filter((group) => !before.joinGroups.includes(group));
  const held = await heldGroups(tx, userId);
  return groups.every((group) => held.includes(group)) ? null : failed("group-not-held", { field: "groups" });
}

/** The groups of issuers that somebody is in, as of their last sign-in through each: `<provider>:<group>`. */
export async function heldGroups(tx: Prisma.TransactionClient, userId: string): Promise<string[]> {
  const accounts = await tx.account.findMany({ where: { userId }, select: { provider: true, groups: true } });
  return accounts.flatMap(({ provider, groups }) => groups.map((group) => `${provider}:${group}`));
}
