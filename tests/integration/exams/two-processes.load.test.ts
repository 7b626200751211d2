import { type ChildProcess, fork } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { groupBy } from "#lib/core/collections.ts";
import { type ExamItem, toShown } from "#lib/core/exams/index.ts";
import { type Answer, hash, isKey } from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import type { Result } from "#lib/server/errors.ts";
import { useDatabase } from "../harness/database.ts";
import { createAssignment, createPerson, createTeam, NOW, syncFixtureContent } from "../harness/factories.ts";
import { freePort } from "../harness/postgres.ts";

const PEOPLE = 200;
const ITEMS = 5;
/** Every tenth has little time, and every fifth leaves without handing in. */
const isShort = (index: number) => index % 10 === 3;
const leaves = (index: number) => index % 5 === 4;

const database = useDatabase();
const workers: { port: number; process: ChildProcess }[] = [];
beforeAll(async () => {
  await syncFixtureContent();
  for (let i = 0; i < 2; i++) {
    const port = await freePort();
    const worker = fork("tests/integration/exams/exam-worker.ts", {
      execArgv: ["--conditions=react-server", "--import", "tsx"],
      env: { ...process.env, DATABASE_URL: database().url, PORT: String(port), LOG_LEVEL: "error" },
    });
    await new Promise((resolve) => worker.once("message", resolve));
    workers.push({ port, process: worker });
  }
});
afterAll(() => {
  for (const worker of workers) worker.process.kill("SIGKILL");
});

/** Asks a process that lives, and again when it dies over it or has too much to do, as browsers behind a balancer do. */
async function ask<T>(command: string, person: Person, input: object): Promise<Result<T>> {
  for (let attempt = hash(person.userId); ; attempt++) {
    const living = workers.filter(({ process }) => process.signalCode === null);
    const { port } = living[attempt % living.length] ?? { port: 0 };
    const body = JSON.stringify({ command, person, input });
    const response = await fetch(`http://127.0.0.1:${port}`, { method: "POST", body }).catch(() => null);
    const text = await response?.text().catch(() => null);
    if (response?.ok && text) return JSON.parse(text);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function begin(person: Person, assignmentId: string): Promise<string> {
  const twice = [1, 2].map(() => ask<{ attemptId: string }>("start", person, { assignmentId }));
  const [id, again] = (await Promise.all(twice)).map((begun) =>
    begun.ok ? begun.value.attemptId : begun.error,
  );
  expect(again).toBe(id);
  return id ?? "";
}

interface Question {
  position: number;
  item: ExamItem;
}

/** What somebody sent last and what they were told is saved, by place, and how often that it was too late. */
interface Told {
  sent: Map<number, Answer>;
  saved: Map<number, Answer>;
  refused: number;
}

/** Answers all questions twice, first wrongly where that is easy, and hands in unless they leave. */
async function answer(
  person: Person,
  attemptId: string,
  questions: readonly Question[],
  { leaves }: { leaves: boolean },
): Promise<Told> {
  const told: Told = { sent: new Map(), saved: new Map(), refused: 0 };
  for (const round of [0, 1]) {
    for (const { position, item } of questions) {
      const wrong =
        item.kind === "single" ? { option: item.options.find((one) => !isKey(one))?.id ?? "" } : null;
      const given = (round === 0 ? wrong : null) ?? rightAnswer(item, "ja");
      const input = { attemptId, position, answer: toShown(item, given), locale: "ja", durationMs: 1000 };
      told.sent.set(position, given);
      const outcome = await ask("save", person, input);
      if (outcome.ok) told.saved.set(position, given);
      else {
        expect(outcome.error).toBe("exam-over");
        told.refused++;
      }
    }
  }
  if (!leaves) expect(await ask("submit", person, { attemptId })).toMatchObject({ ok: true });
  return told;
}

/** The questions of each attempt. */
async function questionsByAttempt(): Promise<Map<string, Question[]>> {
  const answers = await db().examAnswer.findMany({ include: { item: { include: { revisions: true } } } });
  return new Map(
    [...groupBy(answers, ({ attemptId }) => attemptId)].map(([attemptId, own]) => [
      attemptId,
      own.map(({ position, item }) => ({
        position,
        item: item.revisions[0]?.payload as unknown as ExamItem,
      })),
    ]),
  );
}

it("200 people at once over two processes, one of them killed: no saved answer is lost, none is taken after the time", async () => {
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => createPerson()));
  const teamId = await createTeam({ learner: people });
  const assignmentId = await createAssignment(teamId, {
    scope: { create: ["pod-ip", "pod-basics"].map((refId) => ({ kind: "concept", refId })) },
    exam: { create: { itemsPerConcept: 3, minutes: 60 } },
  });
  await db().$transaction((tx) => syncAssignees(tx, teamId, NOW));

  const ids = await Promise.all(people.map((person) => begin(person, assignmentId)));
  expect(await db().examAttempt.count()).toBe(PEOPLE);
  const questions = await questionsByAttempt();
  const short = ids.filter((_, index) => isShort(index));
  for (const [index, id] of short.entries()) {
    const deadline = new Date(Date.now() + 200 + 200 * index);
    await db().examAttempt.update({ where: { id }, data: { deadline } });
  }
  const answering = Promise.all(
    people.map((person, index) => {
      const id = ids[index] ?? "";
      return answer(person, id, questions.get(id) ?? [], { leaves: leaves(index) });
    }),
  );
  const saved = () => db().examAnswer.count({ where: { answeredAt: { not: null } } });
  while ((await saved()) < (PEOPLE * ITEMS) / 4) await new Promise((resolve) => setTimeout(resolve, 50));
  workers[0]?.process.kill("SIGKILL");
  const told = await answering;

  // The attempts of those who left end, and several look at once.
  await db().examAttempt.updateMany({ where: { submittedAt: null }, data: { deadline: new Date() } });
  await Promise.all(people.slice(0, 4).map((person) => ask("close", person, {})));

  const attempts = await db().examAttempt.findMany({ include: { answers: true } });
  const stored = new Map(attempts.map((attempt) => [attempt.id, attempt]));
  const reviews = new Set((await db().review.findMany()).map(({ id }) => id));
  const faults = { lost: 0, late: 0, notReviewed: 0, misgraded: 0, open: 0 };
  for (const [index, { sent, saved }] of told.entries()) {
    const attempt = stored.get(ids[index] ?? "");
    if (!attempt?.submittedAt) {
      faults.open++;
      continue;
    }
    if (attempt.submittedAt > attempt.deadline) faults.late++;
    for (const { id, position, answer, answeredAt } of attempt.answers) {
      // What was sent last may be saved although its reply was lost with a process, and the time was up at the next try.
      const kept = [saved.get(position), sent.get(position)];
      if (saved.has(position) && !kept.some((one) => isDeepStrictEqual(one, answer))) faults.lost++;
      if (answeredAt && answeredAt >= attempt.deadline) faults.late++;
      if ((answer !== null) !== reviews.has(id)) faults.notReviewed++;
    }
    const right = attempt.answers.filter(({ correct }) => correct).length;
    if (attempt.score !== right / ITEMS) faults.misgraded++;
  }
  expect(faults).toEqual({ lost: 0, late: 0, notReviewed: 0, misgraded: 0, open: 0 });
  // It proves nothing unless some were too late, and only those with little time.
  const refused = told.flatMap((one, index) => (one.refused > 0 ? [index] : []));
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every(isShort)).toBe(true);
}, 180_000);
