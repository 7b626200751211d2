/**
 * 200 people take their final check at once, over HTTP as their browsers would: two processes of the built app on one PostgreSQL,
 * behind a balancer that turns to the other one when a process is gone.
 */
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { EXAM_KINDS, type ExamItem, isExamItem, toShown } from "#lib/core/exams/index.ts";
import { type Answer, isKey, type PublishedItem } from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import { db } from "#lib/server/db/client.ts";
import type { Result } from "#lib/server/errors.ts";
import { actionRequest, answerIn, builtActions } from "#tests/e2e/harness/actions.ts";
import { TestServer } from "#tests/e2e/harness/server.ts";
import { AUTH_SECRET } from "#tests/e2e/harness/session.ts";
import { useDatabase } from "../harness/database.ts";
import { createAssignment, createPerson, createTeam } from "../harness/factories.ts";
import { isInOrderOfText, keysIn, keysOf, questionsIn } from "./keys.ts";

const PEOPLE = 200;
/** Between them they have questions of every kind that a final check asks. */
const CONCEPTS = ["map-vm-to-k8s", "debug-service"];
const PER_CONCEPT = 3;
const ITEMS = CONCEPTS.length * PER_CONCEPT;
const PASSWORD = "paper lantern orbit";
/** Where people reach the app, whichever process answers. */
const ORIGIN = "http://podshift.example";
/** Longer than anything takes; then the test fails, and says by what. */
const PATIENCE_MS = 120_000;

/** Every tenth has little time, every fifth leaves without handing in, and every seventh loads the page anew half-way. */
const isShort = (index: number) => index % 10 === 3;
const leaves = (index: number) => index % 5 === 4;
const reloads = (index: number) => index % 7 === 2;

const database = useDatabase();
const servers: TestServer[] = [];
beforeAll(async () => {
  const settings = { DATABASE_URL: database().url ?? "", AUTH_SECRET, APP_URL: ORIGIN, TRUST_PROXY: "true" };
  servers.push(...(await Promise.all([TestServer.create(settings), TestServer.create(settings)])));
});
afterAll(() => Promise.all(servers.map((server) => server.remove())));

/** How often a process answered, failed to, and was not there. */
const traffic = [0, 1].map(() => ({ answered: 0, failed: 0, gone: 0 }));

/** Somebody in a browser of their own, behind the balancer. */
class Visitor {
  /** All that came back before the attempt was handed in, or over. */
  readonly seen: string[] = [];
  isDone = false;
  private readonly cookies = new Map<string, string>();
  /** The process that the balancer sends them to. */
  private place: number;

  constructor(
    readonly index: number,
    readonly email: string,
  ) {
    this.place = index % servers.length;
  }

  /** Asks until a process answers, another one whenever one fails. */
  async send(path: string, { headers, ...init }: { headers?: Record<string, string> } & RequestInit = {}) {
    for (const end = Date.now() + PATIENCE_MS; ; this.place = (this.place + 1) % servers.length) {
      const count = traffic[this.place];
      const response = await fetch(`${servers[this.place]?.url}${path}`, {
        ...init,
        redirect: "manual",
        headers: {
          ...{ ...headers, origin: ORIGIN, cookie: [...this.cookies.values()].join("; ") },
          // What a proxy adds: people sign in from places of their own, and of one place only so many may try.
          ...{ "x-forwarded-host": new URL(ORIGIN).host, "x-forwarded-proto": "http" },
          "x-forwarded-for": `10.0.${this.index >> 8}.${this.index & 255}`,
        },
      }).catch(() => null);
      const body = await response?.text().catch(() => null);
      if (typeof body === "string" && !this.isDone) this.seen.push(body);
      if (response?.ok && typeof body === "string") {
        if (count) count.answered++;
        for (const [pair = ""] of response.headers.getSetCookie().map((cookie) => cookie.split(";")))
          this.cookies.set(pair.split("=")[0] ?? "", pair);
        return body;
      }
      if (count) count[typeof body === "string" ? "failed" : "gone"]++;
      if (Date.now() > end) throw new Error(`${path}: ${response?.status ?? "nobody answers"}: ${body}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** A page as an address typed opens it. */
  page = (path: string) => this.send(path);

  /** The page that is open, made anew. */
  refresh = (path: string) => this.send(`${path}?_rsc`, { headers: { rsc: "1" } });

  async act<T>(name: string, page: string, input: object): Promise<Result<T>> {
    const action = builtActions().find(({ exportedName }) => exportedName === name);
    if (!action) throw new Error(`There is no action ${name}`);
    return answerIn(await this.send(page, actionRequest(action, input))) as Result<T>;
  }
}

/** What somebody sent last and what they were told is saved, by place, and how often that it was too late. */
interface Told {
  sent: Map<number, Answer>;
  saved: Map<number, Answer>;
  refused: number;
}

/** Begins, by two clicks at once. @returns the id of the attempt */
async function begin(visitor: Visitor, room: string, assignmentId: string): Promise<string> {
  const twice = [1, 2].map(() =>
    visitor.act<{ attemptId: string }>("startExamAction", room, { assignmentId }),
  );
  const [id, again] = (await Promise.all(twice)).map((begun) =>
    begun.ok ? begun.value.attemptId : begun.error,
  );
  expect(again).toBe(id);
  return id ?? "";
}

/** The questions on a page, and what they are for somebody who knows the bank. */
function read(page: string, bank: readonly ExamItem[]): { position: number; item: ExamItem }[] {
  return questionsIn(page).map(({ position, item: asked }) => {
    const item = bank.find(({ prompt }) => isDeepStrictEqual(prompt, asked.prompt));
    if (!item) throw new Error(`No item asks ${asked.prompt.en}`);
    expect(isInOrderOfText(asked), item.id).toBe(true);
    return { position, item };
  });
}

/** Wrong, and nothing of what is right in it: what was typed stands in the page from then on. */
function wrongAnswer(item: ExamItem): Answer {
  if (item.kind === "single") return { option: item.options.find((one) => !isKey(one))?.id ?? "" };
  if (item.kind === "cloze") return { gaps: Object.fromEntries(item.gaps.map(({ id }) => [id, "?"])) };
  if (item.kind === "numeric") return { number: "-1" };
  return rightAnswer(item, "ja");
}

/** Answers all questions twice, first wrongly where that is easy, and hands in unless they leave. */
async function answer(
  visitor: Visitor,
  room: string,
  attemptId: string,
  questions: ReturnType<typeof read>,
): Promise<Told> {
  const told: Told = { sent: new Map(), saved: new Map(), refused: 0 };
  for (const round of [0, 1]) {
    for (const { position, item } of questions) {
      const given = round === 0 ? wrongAnswer(item) : rightAnswer(item, "ja");
      told.sent.set(position, given);
      const input = { attemptId, position, answer: toShown(item, given), locale: "ja", durationMs: 1000 };
      const outcome = await visitor.act("saveExamAnswerAction", room, input);
      if (outcome.ok) told.saved.set(position, given);
      else {
        expect(outcome.error).toBe("exam-over");
        told.refused++;
      }
    }
    if (round === 0 && reloads(visitor.index)) await visitor.page(room);
  }
  if (!leaves(visitor.index)) {
    visitor.isDone = true;
    expect(await visitor.act("submitExamAction", room, { attemptId })).toMatchObject({ ok: true });
  }
  return told;
}

it("200 people at once over two processes, one of them killed: no saved answer is lost, none is taken after the time, and no key is seen", async () => {
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => createPerson()));
  await db().user.updateMany({ data: { passwordHash: await hashPassword(PASSWORD) } });
  const teamId = await createTeam({ learner: people });
  const assignmentId = await createAssignment(teamId, {
    scope: { create: CONCEPTS.map((refId) => ({ kind: "concept", refId })) },
    exam: { create: { itemsPerConcept: PER_CONCEPT, minutes: 60, maxAttempts: 1 } },
  });
  const rows = await db().item.findMany({
    where: { conceptId: { in: CONCEPTS } },
    include: { revisions: true },
  });
  const bank = rows.map((row) => row.revisions[0]?.payload as unknown as PublishedItem).filter(isExamItem);
  const room = `/ja/exams/${assignmentId}`;
  const visitors = people.map(({ email }, index) => new Visitor(index, email ?? ""));

  await Promise.all(
    visitors.map(async (visitor) => {
      const input = { email: visitor.email, password: PASSWORD };
      expect(await visitor.act("signInAction", "/ja/sign-in", input)).toMatchObject({ ok: true });
    }),
  );
  const pages = await Promise.all(visitors.map((visitor) => visitor.page(room)));
  // A browser loads these with the first page, and has them from then on.
  const scripts = new Set(pages.flatMap((page) => page.match(/\/_next\/static\/[\w./~-]+\.js/g) ?? []));
  expect(scripts.size).toBeGreaterThan(5);
  await Promise.all([...scripts].map((script) => visitors[0]?.page(script)));
  const ids = await Promise.all(visitors.map((visitor) => begin(visitor, room, assignmentId)));
  expect(await db().examAttempt.count()).toBe(PEOPLE);
  const questions = await Promise.all(
    visitors.map(async (visitor) => read(await visitor.refresh(room), bank)),
  );
  expect(questions.filter(({ length }) => length !== ITEMS)).toEqual([]);
  expect(new Set(questions.flat().map(({ item }) => item.kind))).toEqual(new Set(EXAM_KINDS));

  const short = ids.filter((_, index) => isShort(index));
  for (const [index, id] of short.entries()) {
    const deadline = new Date(Date.now() + 1000 + 1000 * index);
    await db().examAttempt.update({ where: { id }, data: { deadline } });
  }
  const untilTheAnswers = traffic.map(({ answered }) => answered);
  const answering = Promise.all(
    visitors.map((visitor, index) => answer(visitor, room, ids[index] ?? "", questions[index] ?? [])),
  );
  const saved = () => db().examAnswer.count({ where: { answeredAt: { not: null } } });
  while ((await saved()) < (PEOPLE * ITEMS) / 4) await new Promise((resolve) => setTimeout(resolve, 50));
  const untilTheKill = traffic.map(({ answered }) => answered);
  await servers[0]?.stop("SIGKILL");
  const told = await answering;

  // The time of those who left is up; they look at what came of it, twice at once.
  await db().examAttempt.updateMany({ where: { submittedAt: null }, data: { deadline: new Date() } });
  for (const visitor of visitors) visitor.isDone = true;
  await Promise.all(
    visitors.flatMap((visitor) => [
      visitor.refresh(room),
      ...(leaves(visitor.index) ? [visitor.refresh(room)] : []),
    ]),
  );

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
    for (const { id, position, answer, answeredAt, correct } of attempt.answers) {
      // What was sent last may be saved although its reply was lost with a process, and the time was up at the next try.
      const kept = [saved.get(position), sent.get(position)];
      if (saved.has(position) && !kept.some((one) => isDeepStrictEqual(one, answer))) faults.lost++;
      if (answeredAt && answeredAt >= attempt.deadline) faults.late++;
      if ((answer !== null) !== reviews.has(id)) faults.notReviewed++;
      const item = questions[index]?.find((one) => one.position === position)?.item;
      if (correct !== isDeepStrictEqual(answer, item && rightAnswer(item, "ja"))) faults.misgraded++;
    }
    const right = attempt.answers.filter(({ correct }) => correct).length;
    if (attempt.score !== right / ITEMS) faults.misgraded++;
  }
  expect(faults).toEqual({ lost: 0, late: 0, notReviewed: 0, misgraded: 0, open: 0 });
  // It proves nothing unless some were too late, and only those with little time.
  const refused = told.flatMap((one, index) => (one.refused > 0 ? [index] : []));
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every(isShort)).toBe(true);
  // Nor unless both processes took answers until one of them was gone; and neither failed anybody while it lived.
  const shares = untilTheKill.map((answered, index) => answered - (untilTheAnswers[index] ?? 0));
  expect(Math.min(...shares)).toBeGreaterThan(0);
  expect(traffic).toMatchObject([{ failed: 0 }, { failed: 0, gone: 0 }]);
  expect(traffic[0]?.gone).toBeGreaterThan(0);

  const keys = keysOf(bank);
  const bodies = visitors.flatMap(({ seen }) => seen);
  expect([...new Set(bodies.flatMap((body) => keysIn(body, keys)))]).toEqual([]);
  // Where keys may be seen at last, the same search finds every one.
  const unseen = visitors.slice(0, 10).map(async (visitor, index) => {
    const own = keysOf((questions[index] ?? []).map(({ item }) => item));
    const found = new Set(keysIn(await visitor.page(`${room}/1`), own));
    return own.filter(({ name }) => !found.has(name));
  });
  expect((await Promise.all(unseen)).flat()).toEqual([]);

  const [first, second] = traffic;
  const size = (bodies.reduce((sum, { length }) => sum + length, 0) / 1e6).toFixed(0);
  console.log(
    `${first?.answered} answers of a process until it was killed, ${second?.answered} of the other one; ${bodies.length} bodies, ` +
      `${size} million characters, searched for ${keys.length} keys; ${refused.length} people met the end of their time.`,
  );
}, 900_000);
