import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExamItem, isExamItem, toShown, withoutKey } from "#lib/core/exams/index.ts";
import type { Answer, PublishedItem } from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { closeOverdueAttempts } from "#lib/server/commands/close-attempts.ts";
import { rebuildCardStates } from "#lib/server/commands/rebuild-card-states.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { saveExamAnswer } from "#lib/server/commands/save-exam-answer.ts";
import { startExam } from "#lib/server/commands/start-exam.ts";
import { submitExam } from "#lib/server/commands/submit-exam.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { getExam, getExamReview, getSealedAnswers, type OpenAttempt } from "#lib/server/queries/exam.ts";
import { getHistory } from "#lib/server/queries/history.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  createAssignment,
  createPerson,
  createTeam,
  NOW,
  syncFixtureContent,
} from "../harness/factories.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Five: three about `pod-ip`, two about `pod-basics`. */
const ITEMS = 5;

useDatabase();
beforeAll(syncFixtureContent);

let owner: Person;
let learner: Person;
let teamId: string;
beforeEach(async () => {
  [owner, learner] = [await createPerson(), await createPerson()];
  teamId = await createTeam({ owner: [owner], learner: [learner] });
});

/** An assignment of all fixture concepts with a final check of all their items in ten minutes. */
const createExam = (exam: Partial<Prisma.ExamCreateWithoutAssignmentInput> = {}) =>
  createAssignment(teamId, {
    scope: { create: ["pod-ip", "pod-basics"].map((refId) => ({ kind: "concept", refId })) },
    exam: { create: { itemsPerConcept: 3, minutes: 10, ...exam } },
  });

async function start(assignmentId: string, now = NOW, who: Viewer = learner): Promise<OpenAttempt> {
  const begun = await startExam(who, { assignmentId }, now);
  if (!begun.ok) throw new Error(begun.error);
  const open = (await getExam(who, assignmentId, now))?.open;
  if (!open) throw new Error("No attempt is open");
  return open;
}

/** The right answer to a question of an attempt, in the ids that are shown. */
async function rightTo(attemptId: string, position: number): Promise<Answer> {
  const item = await itemAt(attemptId, position);
  return toShown(item, rightAnswer(item, "ja")) as Answer;
}
async function itemAt(attemptId: string, position: number): Promise<ExamItem> {
  const { itemId, revision } = await db().examAnswer.findFirstOrThrow({ where: { attemptId, position } });
  const { payload } = await db().itemRevision.findFirstOrThrow({ where: { itemId, revision } });
  return payload as unknown as ExamItem;
}
const save = (attemptId: string, position: number, answer: unknown, now = NOW, who: Viewer = learner) =>
  saveExamAnswer(who, { attemptId, position, answer, locale: "ja", durationMs: 5000 }, now);
/** Answers the first questions rightly. */
async function answerRightly({ id }: OpenAttempt, count: number, now = NOW): Promise<void> {
  for (let position = 0; position < count; position++)
    expect(await save(id, position, await rightTo(id, position), now)).toMatchObject({ ok: true });
}
const submit = (attemptId: string, now = NOW, who: Viewer = learner) => submitExam(who, { attemptId }, now);
const attemptRow = (id: string) => db().examAttempt.findUniqueOrThrow({ where: { id } });
const reviewsOf = ({ userId }: Person) => db().review.findMany({ where: { userId }, orderBy: { id: "asc" } });

/** Every string in a value; `strings` has the keys of objects too. */
const values = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(values)
      : [];
const strings = (value: unknown): string[] => [
  ...values(value),
  ...[
    ...JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? 0 : inner)).matchAll(/"([^"]+)":/g),
  ].map(([, key = ""]) => key),
];

describe("an attempt", () => {
  it("asks so many items of each assigned concept, and no flashcards", async () => {
    const all = await start(await createExam());
    expect(all.questions).toHaveLength(ITEMS);
    expect(all.questions.map(({ item }) => item.kind)).not.toContain("flashcard");
    const one = await start(await createExam({ itemsPerConcept: 1 }));
    expect(one.questions).toHaveLength(2);
  });

  it("is graded when it is handed in; what was not answered is wrong", async () => {
    const id = await createExam();
    const attempt = await start(id);
    await answerRightly(attempt, 4, NOW + MINUTE);
    expect(await submit(attempt.id, NOW + 2 * MINUTE)).toEqual({ ok: true, value: undefined });
    expect(await attemptRow(attempt.id)).toMatchObject({
      score: 0.8,
      passed: true,
      submittedAt: new Date(NOW + 2 * MINUTE),
    });
    expect(await getExam(learner, id, NOW + 3 * MINUTE)).toMatchObject({
      standing: { may: "nothing", why: "passed" },
      open: null,
      ended: [{ number: 1, right: 4, items: ITEMS, score: 0.8, passed: true, timeUp: false }],
    });
  });

  it("becomes reviews of the same ids, which move introduced cards alone", async () => {
    const known = answerEvent({ itemId: "pod-ip-after", at: NOW - 5 * 24 * HOUR });
    await recordReviews(learner, [known], NOW);
    const attempt = await start(await createExam());
    await answerRightly(attempt, ITEMS - 1, NOW + MINUTE);
    await submit(attempt.id, NOW + 2 * MINUTE);
    const answers = await db().examAnswer.findMany({
      where: { attemptId: attempt.id, answer: { not: null as never } },
    });
    const exam = (await reviewsOf(learner)).filter(({ source }) => source === "exam");
    expect(exam.map(({ id }) => id).sort()).toEqual(answers.map(({ id }) => id).sort());
    expect(exam).toHaveLength(ITEMS - 1);
    expect(exam.every(({ correct, reviewedAt }) => correct && reviewedAt.getTime() === NOW + MINUTE)).toBe(
      true,
    );
    const states = await db().cardState.findMany({ where: { userId: learner.userId } });
    const begun = states.filter(({ state }) => state !== "new").map(({ itemId }) => itemId);
    expect(begun).toEqual(["pod-ip-after"]);
    expect((await rebuildCardStates({ fix: false, now: NOW })).differences).toEqual([]);
  });

  it("cannot be pretended: an answer that a browser says was given in an exam is refused", async () => {
    const pretended = await recordReviews(learner, [answerEvent({ source: "exam" })], NOW);
    expect(pretended).toMatchObject({ value: { results: [{ status: "refused", reason: "malformed" }] } });
    expect(await reviewsOf(learner)).toEqual([]);
  });

  it("handed in twice, even at once, counts once", async () => {
    const attempt = await start(await createExam());
    await answerRightly(attempt, 2);
    await Promise.all([submit(attempt.id, NOW + MINUTE), submit(attempt.id, NOW + MINUTE)]);
    const before = [await attemptRow(attempt.id), await reviewsOf(learner)];
    expect(await submit(attempt.id, NOW + 5 * MINUTE)).toEqual({ ok: true, value: undefined });
    expect([await attemptRow(attempt.id), await reviewsOf(learner)]).toEqual(before);
    expect(await reviewsOf(learner)).toHaveLength(2);
  });

  it("lets an answer be changed and taken back until it is handed in", async () => {
    const id = await createExam();
    const attempt = await start(id);
    const right = await rightTo(attempt.id, 0);
    await answerRightly(attempt, 1);
    expect((await getExam(learner, id, NOW))?.open?.questions[0]?.answer).toEqual(right);
    await save(attempt.id, 0, null);
    expect((await getExam(learner, id, NOW))?.open?.questions[0]?.answer).toBeNull();
    await submit(attempt.id, NOW + MINUTE);
    expect(await attemptRow(attempt.id)).toMatchObject({ score: 0, passed: false });
    expect(await save(attempt.id, 0, right, NOW + MINUTE)).toEqual({ ok: false, error: "exam-over" });
  });

  it("counts an answer or refuses it, when it is handed in at the same moment", async () => {
    const assignmentId = await createExam({ maxAttempts: 20, waitHours: 0, passMark: 1 });
    for (let round = 0; round < 8; round++) {
      const { id } = await start(assignmentId);
      const answers = await Promise.all([0, 1, 2, 3].map((position) => rightTo(id, position)));
      const saves = answers.map((answer, position) => save(id, position, answer));
      const [saved] = await Promise.all([Promise.all(saves), submit(id)]);
      const graded = await db().examAnswer.findMany({
        where: { attemptId: id },
        orderBy: { position: "asc" },
      });
      expect(saved.map(({ ok }) => ok)).toEqual(graded.slice(0, 4).map(({ correct }) => correct));
    }
  });

  it("takes no answer of another form, and none that names what was not shown", async () => {
    const attempt = await start(await createExam());
    const single = attempt.questions.find(({ item }) => item.kind === "single")?.position ?? -1;
    for (const answer of [{ option: "changes" }, { option: "9" }, { options: ["1"] }, "1", 1, undefined])
      expect(await save(attempt.id, single, answer)).toEqual({ ok: false, error: "invalid-input" });
    expect(await save(attempt.id, 99, null)).toEqual({ ok: false, error: "not-found" });
  });
});

describe("time", () => {
  it("goes on whatever happens: who comes back has what is left, and what was saved", async () => {
    const id = await createExam();
    const attempt = await start(id);
    expect(attempt.remainingMs).toBe(10 * MINUTE);
    await answerRightly(attempt, 2, NOW + MINUTE);
    const resumed = await start(id, NOW + 4 * MINUTE);
    expect(resumed).toMatchObject({ id: attempt.id, number: 1, remainingMs: 6 * MINUTE });
    expect(resumed.questions.filter(({ answer }) => answer !== null)).toHaveLength(2);
    expect(resumed.questions.map(({ item, seed }) => ({ item, seed }))).toEqual(
      attempt.questions.map(({ item, seed }) => ({ item, seed })),
    );
  });

  it("refuses an answer at the deadline with a word of its own", async () => {
    const attempt = await start(await createExam());
    const right = await rightTo(attempt.id, 0);
    expect(await save(attempt.id, 0, right, NOW + 10 * MINUTE - 1)).toEqual({
      ok: true,
      value: { remainingMs: 1 },
    });
    expect(await save(attempt.id, 1, null, NOW + 10 * MINUTE)).toEqual({ ok: false, error: "exam-over" });
  });

  it("ends an attempt at its deadline with what was saved, whoever looks first", async () => {
    const late = NOW + 3 * HOUR;
    const ends: ((id: string, attemptId: string) => Promise<unknown>)[] = [
      () => closeOverdueAttempts(late),
      (id) => getExam(learner, id, late),
      (_, attemptId) => submit(attemptId, late),
      (id) => startExam(learner, { assignmentId: id }, late),
    ];
    for (const end of ends) {
      const id = await createExam();
      const attempt = await start(id);
      await answerRightly(attempt, 3);
      await end(id, attempt.id);
      expect(await attemptRow(attempt.id)).toMatchObject({
        submittedAt: new Date(NOW + 10 * MINUTE),
        score: 0.6,
        passed: false,
      });
      expect((await getExam(learner, id, late))?.ended).toMatchObject([{ timeUp: true }]);
    }
    expect(await db().examAttempt.count({ where: { userId: learner.userId } })).toBe(ends.length);
  });

  it("leaves attempts alone that are not over", async () => {
    const attempt = await start(await createExam());
    await closeOverdueAttempts(NOW + 9 * MINUTE);
    expect((await attemptRow(attempt.id)).submittedAt).toBeNull();
  });
});

describe("attempts", () => {
  it("begun twice at once are one", async () => {
    const assignmentId = await createExam();
    const begun = await Promise.all([1, 2, 3].map(() => startExam(learner, { assignmentId }, NOW)));
    expect(new Set(begun.map((result) => (result.ok ? result.value.attemptId : result.error))).size).toBe(1);
    expect(await db().examAttempt.count({ where: { assignmentId } })).toBe(1);
  });

  it("wait for each other, and are as many as there may be", async () => {
    const assignmentId = await createExam({ maxAttempts: 2, waitHours: 24 });
    await submit((await start(assignmentId)).id, NOW + MINUTE);
    const next = NOW + MINUTE + 24 * HOUR;
    expect(await startExam(learner, { assignmentId }, next - 1)).toEqual({
      ok: false,
      error: "exam-not-open",
    });
    expect((await getExam(learner, assignmentId, next - 1))?.standing).toEqual({
      may: "wait",
      until: next,
      attemptsLeft: 1,
    });
    const second = await start(assignmentId, next);
    expect(second.number).toBe(2);
    await submit(second.id, next + MINUTE);
    expect(await startExam(learner, { assignmentId }, next + 48 * HOUR)).toEqual({
      ok: false,
      error: "exam-not-open",
    });
  });

  it("ask the same items where they are drawn once, in an order for each", async () => {
    const assignmentId = await createExam({ itemsPerConcept: 1, drawnPerAttempt: false, waitHours: 0 });
    const others = [await createPerson(), await createPerson(), await createPerson()];
    await db().membership.createMany({
      data: others.map(({ userId }) => ({ teamId, userId, role: "learner" as const })),
    });
    await db().$transaction((tx) => syncAssignees(tx, teamId, NOW));
    for (const person of [learner, ...others]) await start(assignmentId, NOW, person);
    const asked = await db().examAttempt.findMany({ where: { assignmentId }, include: { answers: true } });
    const sets = asked.map(({ answers }) =>
      answers
        .map(({ itemId }) => itemId)
        .sort()
        .join(),
    );
    expect(asked).toHaveLength(4);
    expect(new Set(sets).size).toBe(1);
    expect(new Set(asked.flatMap(({ answers }) => answers.map(({ seed }) => seed))).size).toBe(8);
  });

  it("cannot be begun for a closed assignment, but one under way may be finished", async () => {
    const [before, during] = [await createExam(), await createExam()];
    const attempt = await start(during);
    await db().assignment.updateMany({ data: { closedAt: new Date(NOW) } });
    expect(await startExam(learner, { assignmentId: before }, NOW)).toEqual({
      ok: false,
      error: "exam-not-open",
    });
    await answerRightly(attempt, ITEMS);
    await submit(attempt.id);
    expect(await attemptRow(attempt.id)).toMatchObject({ score: 1, passed: true });
  });

  it("are for guests who are members, too", async () => {
    const guest = await createPerson({ isGuest: true });
    await db().membership.create({ data: { teamId, userId: guest.userId, role: "learner" } });
    const attempt = await start(await createExam(), NOW, guest);
    expect(await submit(attempt.id, NOW, guest)).toMatchObject({ ok: true });
  });
});

describe("before the last word", () => {
  /** All that the items say beyond what an exam shows of them: keys, reasons, beliefs, authors' names for things. */
  async function secrets(): Promise<string[]> {
    const revisions = await db().itemRevision.findMany();
    const items = revisions.map(({ payload }) => payload as unknown as PublishedItem);
    const visible = new Set(strings(items.filter(isExamItem).map(withoutKey)));
    return values(items).filter((text) => !visible.has(text));
  }

  it("no response holds a key, an explanation, a belief or an author's name for anything", async () => {
    const assignmentId = await createExam();
    const attempt = await start(assignmentId);
    const answers = [];
    for (let position = 0; position < ITEMS; position++)
      answers.push(await save(attempt.id, position, await rightTo(attempt.id, position)));
    const seen = [
      await startExam(learner, { assignmentId }, NOW),
      attempt,
      answers,
      await getExam(learner, assignmentId, NOW),
      await getExamReview(learner, { assignmentId, number: 1 }, NOW),
      await getHistory(learner, {}),
    ];
    // What was typed into a gap comes back: it is what the learner said.
    const own = strings(
      await Promise.all(attempt.questions.map(({ position }) => rightTo(attempt.id, position))),
    );
    const found = new Set(strings(seen));
    const hidden = (await secrets()).filter((text) => !own.includes(text));
    expect(hidden).toEqual(
      expect.arrayContaining(["pod-ip-after", "changes", "A VM would keep it.", "pod-moves"]),
    );
    expect(hidden.filter((text) => found.has(text))).toEqual([]);
    expect([...found].filter((key) => /correct|misconception|why|accept|explanation|hint/.test(key))).toEqual(
      [],
    );
  });

  it("results are scores alone while another attempt may come, in the history too", async () => {
    const assignmentId = await createExam({ maxAttempts: 2, waitHours: 0 });
    const first = await start(assignmentId);
    await answerRightly(first, 1);
    await submit(first.id);
    expect(await getExamReview(learner, { assignmentId, number: 1 }, NOW)).toBeNull();
    expect((await getHistory(learner, {})).entries).toEqual([]);
    expect(await getSealedAnswers(learner)).toHaveLength(ITEMS);
    const second = await start(assignmentId, NOW + MINUTE);
    expect((await getHistory(learner, {})).entries).toEqual([]);
    await submit(second.id, NOW + MINUTE);
    const review = await getExamReview(learner, { assignmentId, number: 1 }, NOW + MINUTE);
    expect(review?.entries).toHaveLength(ITEMS);
    expect(review?.entries.filter(({ correct }) => correct)).toHaveLength(1);
    expect(review?.entries[0]?.item.explanation).toBeDefined();
    expect((await getHistory(learner, {})).entries).toHaveLength(1);
    expect(await getSealedAnswers(learner)).toEqual([]);
  });

  it("questions are never shown again where the manager does not want it", async () => {
    const assignmentId = await createExam({ maxAttempts: 1, reviewable: false });
    const attempt = await start(assignmentId);
    await answerRightly(attempt, 5);
    await submit(attempt.id);
    expect(await getExam(learner, assignmentId, NOW)).toMatchObject({
      mayReview: false,
      ended: [{ score: 1 }],
    });
    expect(await getExamReview(learner, { assignmentId, number: 1 }, NOW)).toBeNull();
    expect((await getHistory(learner, {})).entries).toEqual([]);
  });
});

describe("whose it is not", () => {
  it("finds nothing and changes nothing: nobody, a stranger, the owner, who has left", async () => {
    const assignmentId = await createExam();
    const attempt = await start(assignmentId);
    await answerRightly(attempt, 1);
    const leaver = await createPerson();
    await db().membership.create({ data: { teamId, userId: leaver.userId, role: "learner" } });
    await db().$transaction((tx) => syncAssignees(tx, teamId, NOW));
    const leavers = await start(assignmentId, NOW, leaver);
    await db().membership.deleteMany({ where: { userId: leaver.userId } });

    for (const [viewer, attemptId] of [
      [NOBODY, attempt.id],
      [await createPerson(), attempt.id],
      [owner, attempt.id],
      [leaver, leavers.id],
    ] as const) {
      const refused = { ok: false, error: viewer === NOBODY ? "not-signed-in" : "not-found" };
      expect(await startExam(viewer, { assignmentId }, NOW)).toEqual(refused);
      expect(await save(attemptId, 0, null, NOW, viewer)).toEqual(refused);
      expect(await submit(attemptId, NOW, viewer)).toEqual(refused);
      expect(await getExam(viewer, assignmentId, NOW)).toBeNull();
      expect(await getExamReview(viewer, { assignmentId, number: 1 }, NOW)).toBeNull();
    }
    expect((await getExam(learner, assignmentId, NOW))?.open?.questions[0]?.answer).not.toBeNull();
    expect((await attemptRow(leavers.id)).submittedAt).toBeNull();
  });
});
