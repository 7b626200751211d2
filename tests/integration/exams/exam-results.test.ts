import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOBODY, type Person } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { ATTEMPT_ORDERS, getAttemptShares, getExamResults } from "#lib/server/queries/exam-results.ts";
import { useDatabase } from "../harness/database.ts";
import {
  createAssignment,
  createPerson,
  createTeam,
  NOW,
  SYNCED,
  syncFixtureContent,
} from "../harness/factories.ts";

const HOUR = 3_600_000;

useDatabase();
beforeAll(syncFixtureContent);

let [owner, ann, ben, cat]: Person[] = [];
let teamId: string;
let examId: string;
beforeEach(async () => {
  [owner, ann, ben, cat] = [
    await createPerson(),
    await createPerson({ name: "Ann" }),
    await createPerson({ name: "Ben" }),
    await createPerson({ name: "Cat" }),
  ];
  teamId = await createTeam({ owner: [owner], learner: [ann, ben, cat] });
  examId = await createAssignment(teamId, {
    scope: { create: ["pod-ip", "pod-basics"].map((refId) => ({ kind: "concept", refId })) },
    exam: { create: { minutes: 10, passMark: 0.75 } },
  });
});

/** An attempt that has ended, with two items of one concept and two of another, of which so many are right. */
async function attempted(
  { userId }: Person,
  right: number,
  { number = 1, startedAt = NOW - 10 * HOUR, assignmentId = examId } = {},
): Promise<string> {
  const items = ["pod-ip-after", "pod-ip-order", "pod-basics-unit", "pod-basics-sort"];
  const { id } = await db().examAttempt.create({
    data: {
      id: crypto.randomUUID(),
      assignmentId,
      userId,
      number,
      startedAt: new Date(startedAt),
      deadline: new Date(startedAt + 600_000),
      submittedAt: new Date(startedAt + 300_000),
      score: right / 4,
      passed: right >= 3,
      answers: {
        create: items.map((itemId, position) => ({
          id: crypto.randomUUID(),
          position,
          itemId,
          revision: 1,
          seed: 1,
          correct: position < right,
        })),
      },
    },
  });
  return id;
}
const results = (viewer = owner, filter = {}) => getExamResults(viewer as Person, teamId, filter, NOW);

describe("results of final checks", () => {
  it("count people by their best attempt, and concepts over all attempts", async () => {
    await attempted(ann as Person, 1, { startedAt: NOW - 40 * HOUR });
    await attempted(ann as Person, 4, { number: 2 });
    await attempted(ben as Person, 2);
    const found = await results();
    expect(found?.exams).toEqual([
      expect.objectContaining({
        assignmentId: examId,
        passMark: 0.75,
        assigned: 3,
        taken: 2,
        passed: 1,
        median: 0.75,
        distribution: [0, 0, 0, 0, 0, 1, 0, 0, 0, 1],
      }),
    ]);
    expect(found?.exams[0]?.concepts.map(({ conceptId, items, right }) => [conceptId, items, right])).toEqual(
      [
        ["pod-basics", 6, 2],
        ["pod-ip", 6, 5],
      ],
    );
    const byScore = ATTEMPT_ORDERS.apply(found?.attempts ?? [], ATTEMPT_ORDERS.read("-score"), "en");
    expect(byScore.map(({ name, score, passed }) => [name, score, passed])).toEqual([
      ["Ann", 1, true],
      ["Ben", 0.5, false],
      ["Ann", 0.25, false],
    ]);
  });

  it("have the share of each concept in each attempt for files", async () => {
    const id = await attempted(ben as Person, 3);
    const found = await getAttemptShares(owner as Person, teamId, {});
    expect(Object.fromEntries(found?.shares.get(id) ?? [])).toEqual({ "pod-ip": 1, "pod-basics": 0.5 });
    expect(found?.concepts.map((concept) => concept.id)).toEqual(["pod-basics", "pod-ip"]);
  });

  it("narrow down to a group, an assignment and a person", async () => {
    const group = await db().teamGroup.create({ data: { id: crypto.randomUUID(), teamId, name: "Night" } });
    await db().groupMember.create({ data: { groupId: group.id, teamId, userId: (ben as Person).userId } });
    await attempted(ann as Person, 4);
    await attempted(ben as Person, 2);
    const names = async (filter: object) => (await results(owner, filter))?.attempts.map(({ name }) => name);
    expect(await names({ group: group.id })).toEqual(["Ben"]);
    expect((await results(owner, { group: group.id }))?.exams[0]).toMatchObject({ assigned: 1, taken: 1 });
    expect(await names({ person: (ann as Person).userId })).toEqual(["Ann"]);
    expect(await names({ assignment: crypto.randomUUID() })).toEqual([]);
    expect((await names({ assignment: examId }))?.sort()).toEqual(["Ann", "Ben"]);
  });

  it("begin when a member joined, and end when they leave", async () => {
    await attempted(ann as Person, 4, { startedAt: SYNCED.getTime() - HOUR });
    await attempted(ben as Person, 4);
    await db().membership.deleteMany({ where: { userId: (ben as Person).userId } });
    expect((await results())?.attempts).toEqual([]);
    expect((await results())?.exams[0]).toMatchObject({ assigned: 2, taken: 0, median: null });
  });

  it("close attempts whose time is up, and leave open ones out", async () => {
    for (const [person, deadline] of [
      [ann, NOW],
      [ben, NOW + 1],
    ] as const) {
      const id = await attempted(person as Person, 0);
      const open = { submittedAt: null, score: null, passed: null, deadline: new Date(deadline) };
      await db().examAttempt.update({ where: { id }, data: open });
    }
    expect((await results())?.attempts.map(({ name, endedAt }) => [name, endedAt])).toEqual([["Ann", NOW]]);
  });

  it("are for managers of this team, and of oneself for every member", async () => {
    await attempted(ann as Person, 4);
    await attempted(cat as Person, 1);
    const other = await createPerson();
    await createTeam({ owner: [other] });
    for (const viewer of [NOBODY, await createPerson(), other, ann as Person, cat as Person]) {
      expect(await getExamResults(viewer, teamId, {}, NOW)).toBeNull();
      expect(await getAttemptShares(viewer, teamId, {})).toBeNull();
    }
    const own = await getExamResults(cat as Person, teamId, { person: (cat as Person).userId }, NOW);
    expect(own?.attempts.map(({ name }) => name)).toEqual(["Cat"]);
    expect(own?.exams[0]).toMatchObject({ assigned: 1, taken: 1 });
    expect(await getExamResults(cat as Person, teamId, { person: (ann as Person).userId }, NOW)).toBeNull();
    expect(await getExamResults(owner as Person, "no-id", {}, NOW)).toBeNull();
    expect(await getExamResults(owner as Person, teamId, { person: "no-id" }, NOW)).toBeNull();
  });
});
