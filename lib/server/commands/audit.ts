import { uuidv7 } from "uuidv7";
import type { Prisma } from "#lib/server/db/generated/client.ts";

/** Everything that leaves a trace: one closed set, each with a sentence in the messages under `audit`. */
export const AUDIT_ACTIONS = [
  "team.created",
  "team.edited",
  "team.opened",
  "invite.created",
  "invite.revoked",
  "member.joined",
  "member.left",
  "member.removed",
  "member.merged",
  "role.changed",
  "ownership.transferred",
  "group.created",
  "group.renamed",
  "group.deleted",
  "group.joined",
  "group.left",
  "sharing.changed",
  "assignment.created",
  "assignment.edited",
  "assignment.extended",
  "assignment.closed",
  "assignment.reopened",
  "assignment.archived",
  "assignment.unarchived",
  "reminder.resent",
  "audit.exported",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEntry {
  teamId: string;
  action: AuditAction;
  /** Who did it; null for what happens by itself. */
  actorId: string | null;
  /** To whom, if to a person. */
  subjectId?: string;
  /** What else there is to say, without personal data: ids, roles, titles, days. */
  details?: Record<string, string | number | boolean | null>;
}

/** Writes an audit entry, in the transaction of what it tells of. @param now ms since the epoch */
export async function audit(
  tx: Prisma.TransactionClient,
  { details = {}, ...entry }: AuditEntry,
  now: number,
): Promise<void> {
  await tx.auditEvent.create({ data: { id: uuidv7(), at: new Date(now), details, ...entry } });
}
