import { default_w } from "ts-fsrs";
import { beforeAll, describe, expect, it } from "vitest";
import { planOf } from "#lib/core/assignments/index.ts";
import { conceptReadiness, meanReadiness } from "#lib/core/mastery/index.ts";
import { createScheduler, DAY_MS, NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import { seenMembers } from "#lib/server/auth/scope.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";
import { standings } from "#lib/server/db/sql/standing.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  createAssignment,
  createPerson,
  createTeam,
  NOW,
  syncFixtureContent,
} from "../harness/factories.ts";

useDatabase();

/** Somebody whose memory fades otherwise than everybody's. */
const WEIGHTS = default_w.map((weight, i) => (i === 20 ? 0.4 : weight));
const LATER = NOW + 5 * DAY_MS;

let manager: Person;
let busy: Person;
let idle: Person;
let teamId: string;
let assignmentId: string;

beforeAll(async () => {
  await syncFixtureContent();
  // Concepts of unequal size: one item less in one of them.
  await db().item.update({ where: { id: "pod-basics-card" }, data: { retiredAt: new Date(NOW) } });
  [manager, busy, idle] = [
    await createPerson(),
    await createPerson({ weights: WEIGHTS }),
    await createPerson(),
  ];
  await db().user.update({ where: { id: busy.userId }, data: { schedulerWeights: WEIGHTS } });
  teamId = await createTeam({ manager: [manager], learner: [busy, idle] });
  assignmentId = await createAssignment(teamId, {
    scope: {
      create: [
        { kind: "area", refId: "mindset" },
        { kind: "concept", refId: "pod-ip" },
      ],
    },
  });
  await recordReviews(
    busy,
    [
      answerEvent({ at: NOW - 40 * DAY_MS }),
      answerEvent({ at: NOW - 30 * DAY_MS }),
      answerEvent({ at: NOW + DAY_MS, itemId: "pod-ip-card", answer: { recall: "good" } }),
      answerEvent({ at: NOW + 2 * DAY_MS, itemId: "pod-basics-shared", answer: { recall: "again" } }),
      answerEvent({ at: NOW - DAY_MS, itemId: "pod-basics-card", answer: { recall: "good" } }),
    ],
    LATER,
  );
});

const seenBy = (viewer: Viewer, now = LATER) =>
  standings({ teamId, members: seenMembers(viewer, teamId) }, now);

describe("where people stand with an assignment", () => {
  it("is what the core computes from their cards, each concept counting the same", async () => {
    const items = await db().item.findMany({
      where: { retiredAt: null },
      include: { cardStates: { where: { userId: busy.userId } } },
    });
    const scheduler = createScheduler(busy);
    const readinessAt = (at: number) =>
      meanReadiness(
        ["pod-basics", "pod-ip"].map((conceptId) =>
          conceptReadiness(
            items
              .filter((item) => item.conceptId === conceptId)
              .map(({ cardStates: [state] }) => (state ? memoryOf(state) : NEW_MEMORY)),
            scheduler,
            at,
          ),
        ),
      );
    const [row] = await seenBy(busy);
    const dueAt = Date.parse("2026-12-24T15:00:00Z");
    expect(row).toMatchObject({
      assignmentId,
      items: 7,
      seen: 3,
      introducedLately: 2,
      paceDays: 5,
      examPassed: null,
      hasExam: false,
      readinessTarget: 0.85,
      dueAt,
      assignedAt: NOW,
    });
    expect(row?.coverage).toBeCloseTo(readinessAt(LATER).coverage, 9);
    expect(row?.readiness).toBeCloseTo(readinessAt(LATER).chance, 6);
    expect(row?.readinessAtDue).toBeCloseTo(readinessAt(dueAt).chance, 6);
    expect(row?.readiness).not.toBeCloseTo(row?.readinessAtDue ?? 0, 2);
  });

  it("is nothing for who has done nothing, and then a plan says so", async () => {
    const [row] = await seenBy(idle);
    if (!row) throw new Error("Everyone assigned has a row");
    expect(row).toMatchObject({ items: 7, seen: 0, coverage: 0, readiness: 0, readinessAtDue: 0 });
    expect(planOf(row, row, { now: LATER, answerMs: 20_000, desiredRetention: 0.9 })).toMatchObject({
      status: "notStarted",
      newLeft: 7,
    });
  });

  it("keeps what was noted at the due moment, and knows of a final check that was passed", async () => {
    const noted = await createAssignment(teamId, {
      exam: { create: { minutes: 20 } },
      attempts: {
        create: [1, 2].map((number) => ({
          id: crypto.randomUUID(),
          userId: busy.userId,
          number,
          startedAt: new Date(NOW),
          deadline: new Date(NOW),
          submittedAt: new Date(NOW),
          passed: number === 2,
        })),
      },
    });
    await db().assignee.updateMany({ where: { assignmentId: noted }, data: { readinessAtDue: 0.7 } });
    const rows = (await seenBy(manager)).filter((row) => row.assignmentId === noted);
    expect(rows.map(({ readinessAtDue }) => readinessAtDue)).toEqual([0.7, 0.7]);
    expect(new Map(rows.map(({ userId, examPassed }) => [userId, examPassed]))).toEqual(
      new Map([
        [busy.userId, true],
        [idle.userId, false],
      ]),
    );
  });

  it("is told to managers of everybody, to learners of themselves, and to others of nobody", async () => {
    const whom = async (viewer: Viewer) => new Set((await seenBy(viewer)).map(({ userId }) => userId));
    expect(await whom(manager)).toEqual(new Set([busy.userId, idle.userId]));
    expect(await whom(idle)).toEqual(new Set([idle.userId]));
    const stranger = await createPerson();
    await createTeam({ owner: [stranger] });
    for (const other of [stranger, NOBODY]) expect(await whom(other)).toEqual(new Set());
  });
});
