import "server-only";
import { z } from "zod";
import { addDays, startOfDay } from "#lib/core/scheduling/index.ts";
import { teamsWhere } from "#lib/server/auth/scope.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { AUDIT_ACTIONS, type AuditAction } from "#lib/server/commands/audit.ts";
import { db } from "#lib/server/db/client.ts";
import type { AuditEvent, Prisma } from "#lib/server/db/generated/client.ts";
import { ownMembership } from "./people.ts";

const day = z.iso.date().optional().catch(undefined);

/** What the log is narrowed down to; it lives in the URL. */
export const auditFilterSchema = z.object({
  action: z.enum(AUDIT_ACTIONS).optional().catch(undefined),
  /** Who did it, or to whom. */
  person: z.uuid().optional().catch(undefined),
  /** First and last day, `YYYY-MM-DD`, where the team is. */
  from: day,
  to: day,
  /** The last entry of the page before: its id. */
  after: z.uuid().optional().catch(undefined),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** Somebody in the log; without a name once their account is erased. */
export interface Named {
  id: string;
  name: string | null;
}

export interface AuditEntryView {
  id: string;
  at: number;
  action: AuditAction;
  /** Null for what happened by itself. */
  actor: Named | null;
  subject: Named | null;
  details: Record<string, string | number | boolean | null>;
}

export interface AuditLog {
  timeZone: string;
  entries: AuditEntryView[];
  /** Of the next page: what it comes after. */
  next: string | null;
  /** Members, to filter by, and whoever is filtered by now. */
  people: Named[];
}

const PAGE_SIZE = 50;

/** What was changed in a team, newest first, a page at a time; `null` for those who may not know. */
export async function getAudit(
  viewer: Viewer,
  teamId: string,
  filter: AuditFilter,
): Promise<AuditLog | null> {
  const own = await ownMembership(viewer, teamId, "audit.read");
  if (!own) return null;
  const where = await auditWhere(db(), viewer, teamId, filter, own.timeZone);
  const cursor = filter.after
    ? await db().auditEvent.findFirst({ where: { id: filter.after, teamId } })
    : null;
  const [rows, members] = await Promise.all([
    db().auditEvent.findMany({
      where: cursor ? { AND: [where, before(cursor)] } : where,
      orderBy: NEWEST_FIRST,
      take: PAGE_SIZE + 1,
    }),
    db().membership.findMany({
      where: { team: { id: teamId, ...teamsWhere(viewer, "audit.read") } },
      select: { userId: true },
    }),
  ]);
  const page = rows.slice(0, PAGE_SIZE);
  const people = members.map(({ userId }) => userId);
  const names = await namesOf(db(), [...people, ...idsIn(page), ...(filter.person ? [filter.person] : [])]);
  const options = new Set(filter.person ? [...people, filter.person] : people);
  return {
    timeZone: own.timeZone,
    entries: page.map((row) => toView(row, names)),
    next: rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null,
    people: [...options].map((id) => named(id, names)),
  };
}

/** All entries that a filter leaves, newest first. For a team whose log the viewer may read, or nothing is found. */
export async function readAudit(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  { id, timeZone }: { id: string; timeZone: string },
  filter: AuditFilter,
): Promise<AuditEntryView[]> {
  const where = await auditWhere(tx, viewer, id, filter, timeZone);
  const rows = await tx.auditEvent.findMany({ where, orderBy: NEWEST_FIRST });
  const names = await namesOf(tx, idsIn(rows));
  return rows.map((row) => toView(row, names));
}

const NEWEST_FIRST: Prisma.AuditEventOrderByWithRelationInput[] = [{ at: "desc" }, { id: "desc" }];

async function auditWhere(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  teamId: string,
  { action, person, from, to }: AuditFilter,
  timeZone: string,
): Promise<Prisma.AuditEventWhereInput> {
  const boundary = { timeZone, dayStartHour: 0 };
  // What a guest did belongs to the account that they became.
  const guests = person ? await tx.mergedGuest.findMany({ where: { userId: person } }) : [];
  const ids = { in: [person ?? "", ...guests.map(({ guestId }) => guestId)] };
  return {
    team: { id: teamId, ...teamsWhere(viewer, "audit.read") },
    action,
    at: {
      ...(from ? { gte: new Date(startOfDay(from, boundary)) } : {}),
      ...(to ? { lt: new Date(startOfDay(addDays(to, 1), boundary)) } : {}),
    },
    ...(person ? { OR: [{ actorId: ids }, { subjectId: ids }] } : {}),
  };
}

/** Entries that come after the cursor in newest-first order. */
const before = ({ at, id }: AuditEvent): Prisma.AuditEventWhereInput => ({
  OR: [{ at: { lt: at } }, { at, id: { lt: id } }],
});

const idsIn = (rows: readonly AuditEvent[]): string[] =>
  rows.flatMap(({ actorId, subjectId }) => [actorId, subjectId]).filter((id) => id !== null);

/** People by every id that they have had, guests' too. */
async function namesOf(tx: Prisma.TransactionClient, ids: readonly string[]): Promise<Map<string, Named>> {
  const merged = await tx.mergedGuest.findMany({ where: { guestId: { in: [...ids] } } });
  const users = await tx.user.findMany({
    where: { id: { in: [...ids, ...merged.map(({ userId }) => userId)] } },
    select: { id: true, name: true, email: true },
  });
  const names = new Map(users.map(({ id, name, email }) => [id, { id, name: name ?? email }]));
  for (const { guestId, userId } of merged) {
    const account = names.get(userId);
    if (account) names.set(guestId, account);
  }
  return names;
}

const named = (id: string, names: ReadonlyMap<string, Named>): Named => names.get(id) ?? { id, name: null };

function toView(
  { id, at, action, actorId, subjectId, details }: AuditEvent,
  names: ReadonlyMap<string, Named>,
): AuditEntryView {
  return {
    id,
    at: at.getTime(),
    action: action as AuditAction,
    actor: actorId ? named(actorId, names) : null,
    subject: subjectId ? named(subjectId, names) : null,
    details: details as AuditEntryView["details"],
  };
}
