import { uuidv7 } from "uuidv7";
import type { AssignmentDraft } from "#lib/core/assignments/draft.ts";
import { isKey, type PublishedItem } from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { DAY_MS } from "#lib/core/scheduling/index.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { createAssignment } from "#lib/server/commands/create-assignment.ts";
import { createInvite } from "#lib/server/commands/create-invite.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { startExam } from "#lib/server/commands/start-exam.ts";
import { submitExam } from "#lib/server/commands/submit-exam.ts";
import { recomputeSnapshots } from "#lib/server/commands/take-snapshots.ts";
import { db, openDatabase, shareDatabase } from "#lib/server/db/client.ts";
import type { Result } from "#lib/server/errors.ts";
import { answerEvent, createPerson, createTeam } from "../../integration/harness/factories.ts";
import type { TestServer } from "./server.ts";

export const PASSWORD = "paper lantern orbit";

export interface PreparedTeam {
  id: string;
  owner: Person;
  learner: Person;
  /** Asked of all, with something wrong in each answer. */
  itemId: string;
  /** Its final check was failed by the learner, who may look at it; the other's is still to come. */
  failedId: string;
  openId: string;
  /** Lets somebody join. */
  invitation: string;
}

/** Puts a team in which something has happened into a server's database, while the server is stopped. */
export async function prepareTeam(server: TestServer): Promise<PreparedTeam> {
  await server.stop();
  const database = await openDatabase({ databaseUrl: undefined, dataFolder: server.folder });
  shareDatabase(database);
  try {
    return await makeTeam(Date.now());
  } finally {
    shareDatabase(null);
    await database.close();
    await server.start();
  }
}

async function makeTeam(now: number): Promise<PreparedTeam> {
  const [owner, learner, other] = [
    await createPerson({ name: "Olga" }),
    await createPerson({ name: "Leo" }),
    await createPerson({ name: "Mio" }),
  ];
  const passwordHash = await hashPassword(PASSWORD);
  const ids = [owner.userId, learner.userId];
  await db().user.updateMany({ where: { id: { in: ids } }, data: { passwordHash } });
  const id = await createTeam({ owner: [owner], learner: [learner, other] });
  await db().membership.updateMany({
    where: { teamId: id },
    data: { joinedAt: new Date(now - 60 * DAY_MS) },
  });
  const members = { create: { teamId: id, userId: learner.userId } };
  await db().teamGroup.create({ data: { id: uuidv7(), teamId: id, name: "Nights", members } });

  const rows = await db().item.findMany({ where: { conceptId: "pod-ip" }, include: { revisions: true } });
  const items = rows.map(
    ({ revision, revisions }) =>
      revisions.find((one) => one.revision === revision)?.payload as unknown as PublishedItem,
  );
  // As if the server had been there for long: nobody answers what was not yet there.
  await db().item.updateMany({ data: { createdAt: new Date(now - 365 * DAY_MS) } });
  for (const person of [learner, other]) {
    const answers = [20, 3].flatMap((days) =>
      items.map((item) =>
        answerEvent({
          itemId: item.id,
          revision: item.revision,
          at: now - days * DAY_MS,
          answer:
            item.kind === "single"
              ? { option: item.options.find((option) => !isKey(option))?.id ?? "" }
              : rightAnswer(item, "en"),
        }),
      ),
    );
    const { results } = valueIn(await recordReviews(person, answers, now));
    if (results.some(({ status }) => status !== "stored")) throw new Error("Not stored");
  }
  const today = new Date(now).toISOString().slice(0, 10);
  const monthAgo = new Date(now - 30 * DAY_MS).toISOString().slice(0, 10);
  await recomputeSnapshots(learner.userId, { from: monthAgo, to: today }, now);

  const draft: AssignmentDraft = {
    title: "Pod IPs",
    note: "Before the migration.",
    due: { kind: "after", days: 14 },
    scope: [{ kind: "concept", id: "pod-ip" }],
    ...{ forEveryone: true, forNewcomers: false, people: [], groups: [], readinessTarget: 0.85 },
    exam: {
      ...{ itemsPerConcept: 3, minutes: 30, passMark: 0.8, maxAttempts: 1, waitHours: 0 },
      ...{ drawnPerAttempt: false, reviewable: true },
    },
  };
  const assign = async (title: string) =>
    valueIn(await createAssignment(owner, { teamId: id, draft: { ...draft, title } }, now)).assignmentId;
  const [failedId, openId] = [await assign("Pod IPs"), await assign("Pod IPs once more")];
  const attempt = valueIn(await startExam(learner, { assignmentId: failedId }, now));
  await submitExam(learner, attempt, now);
  await db().reminderMail.create({
    data: {
      ...{ id: uuidv7(), userId: learner.userId, day: new Date(today), nextAttemptAt: new Date(now) },
      ...{ status: "failed", attempts: 8, error: "EENVELOPE 550" },
      matters: {
        create: { userId: learner.userId, key: "a", kind: "assigned", teamId: id, assignmentId: openId },
      },
    },
  });
  const link = { teamId: id, role: "learner" as const, groupId: null, days: 7, maxUses: 5 };
  const { secret } = valueIn(await createInvite(owner, link, now));
  const itemId = items.find(({ kind }) => kind === "single")?.id ?? "";
  return { id, owner, learner, itemId, failedId, openId, invitation: `/join?token=${secret}` };
}

function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
