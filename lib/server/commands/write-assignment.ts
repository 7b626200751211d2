import { uuidv7 } from "uuidv7";
import type { AssignmentDraft } from "#lib/core/assignments/draft.ts";
import { addDays, startOfDay } from "#lib/core/scheduling/index.ts";
import type { Prisma, Team } from "#lib/server/db/generated/client.ts";
import { type Failure, failed } from "#lib/server/errors.ts";

/** The end of a day where a team is, ms since the epoch: what is due on a day is due then. */
export const endOfTeamDay = (day: string, { timeZone }: Pick<Team, "timeZone">): number =>
  startOfDay(addDays(day, 1), { timeZone, dayStartHour: 0 });

/**
 * What of a draft cannot be, if anything: it names what is not there or not in the team. People who were taken out of the
 * team are not in it either.
 */
export async function findFault(
  tx: Prisma.TransactionClient,
  teamId: string,
  { scope, people, groups }: AssignmentDraft,
): Promise<Failure | null> {
  const idsOf = (kind: AssignmentDraft["scope"][number]["kind"]) => [
    ...new Set(scope.filter((part) => part.kind === kind).map(({ id }) => id)),
  ];
  const [banks, areas, concepts] = [idsOf("bank"), idsOf("area"), idsOf("concept")];
  const live = (ids: string[]) => ({ where: { id: { in: ids }, retiredAt: null } });
  const known =
    (await tx.bank.count(live(banks))) +
    (await tx.area.count({ where: { id: { in: areas } } })) +
    (await tx.concept.count(live(concepts)));
  if (known !== banks.length + areas.length + concepts.length)
    return failed("not-found", { field: "draft.scope" });
  const [named, labels] = [[...new Set(people)], [...new Set(groups)]];
  const members =
    (await tx.membership.count({ where: { teamId, userId: { in: named } } })) +
    (await tx.teamGroup.count({ where: { teamId, id: { in: labels } } }));
  return members === named.length + labels.length ? null : failed("not-found", { field: "draft.people" });
}

/** A draft as the columns of its assignment. */
export const columnsOf = ({
  title,
  note,
  due,
  forEveryone,
  forNewcomers,
  readinessTarget,
}: AssignmentDraft) => ({
  title,
  note,
  dueOn: due.kind === "on" ? new Date(due.day) : null,
  dueAfterDays: due.kind === "after" ? due.days : null,
  forEveryone,
  forNewcomers,
  readinessTarget,
});

/** Writes what is to be learned, who is meant by name and the final check, in place of what was there. */
export async function writeParts(
  tx: Prisma.TransactionClient,
  assignmentId: string,
  { scope, people, groups, exam }: AssignmentDraft,
): Promise<void> {
  const where = { assignmentId };
  await tx.assignmentScope.deleteMany({ where });
  await tx.assignmentScope.createMany({
    data: scope.map(({ kind, id }) => ({ assignmentId, kind, refId: id })),
    skipDuplicates: true,
  });
  await tx.assignmentTarget.deleteMany({ where });
  await tx.assignmentTarget.createMany({
    data: [
      ...[...new Set(people)].map((userId) => ({ id: uuidv7(), assignmentId, userId })),
      ...[...new Set(groups)].map((groupId) => ({ id: uuidv7(), assignmentId, groupId })),
    ],
  });
  if (exam) await tx.exam.upsert({ where, create: { assignmentId, ...exam }, update: exam });
  else await tx.exam.deleteMany({ where });
}
