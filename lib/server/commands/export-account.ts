import { reviewEventSchema } from "#lib/core/reviews/event.ts";
import type { AccountFile } from "#lib/interop/account-file.ts";
import { personOf } from "#lib/server/auth/person.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Review } from "#lib/server/db/generated/client.ts";
import { markOf } from "#lib/server/db/memory.ts";
import { done, failed, type Result } from "#lib/server/errors.ts";
import { wishesOf } from "#lib/server/mail/wishes.ts";

/** Everything that is the viewer's own and that cannot be computed from the rest, as one file. */
export async function exportAccount(viewer: Viewer, now: number): Promise<Result<AccountFile>> {
  if (!isPerson(viewer)) return failed("not-signed-in");
  const { userId } = viewer;
  const [user, reviews] = await Promise.all([
    db().user.findUniqueOrThrow({
      where: { id: userId },
      include: {
        accounts: { select: { provider: true } },
        enrollments: { select: { bankId: true }, orderBy: { bankId: "asc" } },
        lessonReads: { orderBy: { conceptId: "asc" } },
        memberships: {
          include: {
            team: true,
            groups: { include: { group: true }, orderBy: { group: { name: "asc" } } },
            assigned: { include: { assignment: true }, orderBy: { assignedAt: "asc" } },
          },
          orderBy: { joinedAt: "asc" },
        },
        examAttempts: { include: { assignment: { include: { team: true } } }, orderBy: { startedAt: "asc" } },
      },
    }),
    db().review.findMany({ where: { userId }, orderBy: [{ reviewedAt: "asc" }, { id: "asc" }] }),
  ]);
  const { locale, timeZone, dayStartHour, newPerDay, desiredRetention, weights } = personOf(user);
  return done({
    format: "podshift-account",
    version: 1,
    exportedAt: new Date(now).toISOString(),
    person: {
      name: user.name,
      email: user.email,
      createdAt: user.createdAt.toISOString(),
      linkedAccounts: user.accounts.map(({ provider }) => provider),
    },
    settings: {
      locale,
      timeZone,
      dayStartHour,
      newPerDay,
      desiredRetention,
      weights: weights && [...weights],
    },
    letters: wishesOf(user),
    enrollments: user.enrollments.map(({ bankId }) => bankId),
    lessons: user.lessonReads.map((row) => ({ ...markOf(row), at: row.readAt.toISOString() })),
    events: reviews.map(toEvent),
    teams: user.memberships.map(({ team, role, joinedAt, sharesAll, groups, assigned }) => ({
      name: team.name,
      role,
      joinedAt: joinedAt.toISOString(),
      sharesAll,
      groups: groups.map(({ group }) => group.name),
      assignments: assigned.map(({ assignment, assignedAt, dueAt, readinessAtDue }) => ({
        title: assignment.title,
        assignedAt: assignedAt.toISOString(),
        dueAt: dueAt.toISOString(),
        readinessAtDue,
      })),
    })),
    finalChecks: user.examAttempts.map(({ assignment, number, startedAt, submittedAt, score, passed }) => ({
      team: assignment.team.name,
      assignment: assignment.title,
      number,
      startedAt: startedAt.toISOString(),
      submittedAt: submittedAt?.toISOString() ?? null,
      score,
      passed,
    })),
  });
}

/** A stored review as the event that it came as. The database's constraints say which columns each type has. */
function toEvent(row: Review) {
  const base = { id: row.id, itemId: row.itemId, at: row.reviewedAt.getTime(), type: row.type };
  switch (row.type) {
    case "answer": {
      const { revision, source, locale, answer, hinted, easy, durationMs } = row;
      const seed = Number(row.seed);
      return reviewEventSchema.parse({
        ...base,
        ...{ revision, source, locale, answer, seed, hinted, easy, durationMs },
      });
    }
    case "undo":
    case "redo":
      return reviewEventSchema.parse({ ...base, targetId: row.targetId });
    case "bury":
      return reviewEventSchema.parse({ ...base, until: row.until?.getTime() });
    default:
      return reviewEventSchema.parse(base);
  }
}
