import { beforeAll, expect, it } from "vitest";
import type { PublishedItemOf } from "#lib/core/questions/index.ts";
import { MAX_BATCH_TASKS, RATINGS } from "#lib/core/reviews/event.ts";
import { DAY_MS } from "#lib/core/scheduling/index.ts";
import { ANSWER_LIMIT } from "#lib/core/tasks/index.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { loadContent, publishContent, syncContent } from "#lib/server/content/index.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { examCandidates } from "#lib/server/db/sql/exams.ts";
import { getMisconceptions } from "#lib/server/queries/dashboard/misconceptions.ts";
import { shownAnswers } from "#lib/server/shown-answers.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  createAssignment,
  createPerson,
  createTeam,
  NOW,
  record,
  SYNCED,
} from "../harness/factories.ts";

useDatabase();

const BELIEF = "policy-order-matters";
let item: PublishedItemOf<"manifest">;
let conceptId: string;
/** Manifests that somebody writes who holds the belief. */
let believed: string;
beforeAll(async () => {
  const content = await loadContent("content");
  const task = content.tasks.find(({ value }) => value.beliefs.includes(BELIEF))!.value;
  // One concept will do: all of the content takes ten seconds.
  const items = content.items.filter(({ value }) => value.concept === task.concept);
  const published = publishContent({ ...content, items });
  await syncContent(db(), published, SYNCED);
  item = published.items.find(({ payload }) => payload.id === task.id)!.payload as typeof item;
  conceptId = task.concept;
  believed = task.solutions.wrong.find(({ belief }) => belief === BELIEF)!.manifests;
});

const answer = (manifests: string, own = {}) =>
  answerEvent({ itemId: item.id, revision: item.revision, answer: { manifests }, ...own });

const stored = (id: string) => db().review.findUniqueOrThrow({ where: { id } });

it("is graded by the server, from the manifests alone", async () => {
  const person = await createPerson();
  const [right, hinted, wrong, refused] = [
    answer(item.solution),
    answer(item.solution, { hinted: true }),
    answer(believed),
    answer("kind: Nonsense"),
  ];
  expect(await record(person, [right, hinted, wrong, refused])).toEqual(Array(4).fill("stored"));
  expect(await stored(right.id)).toMatchObject({
    correct: true,
    score: 1,
    rating: RATINGS.good,
    misconceptions: [],
  });
  expect(await stored(hinted.id)).toMatchObject({ correct: true, rating: RATINGS.hard });
  expect(await stored(wrong.id)).toMatchObject({
    correct: false,
    rating: RATINGS.again,
    misconceptions: [BELIEF],
  });
  expect(await stored(refused.id)).toMatchObject({ correct: false, score: 0, misconceptions: [] });
  const shown = await shownAnswers({ userId: person.userId });
  expect(shown.map(({ answer }) => answer)).toContainEqual({ manifests: believed });
});

it("tells the team's managers which belief its wrong answers show", async () => {
  const [learner, manager] = [await createPerson(), await createPerson()];
  const teamId = await createTeam({ learner: [learner], manager: [manager] });
  await createAssignment(teamId, { scope: { create: [{ kind: "concept", refId: conceptId }] } });
  await db().$transaction((tx) => syncAssignees(tx, teamId, NOW));
  await record(learner, [answer(believed, { at: NOW - 2 * DAY_MS })]);
  const page = await getMisconceptions(manager, teamId, { period: "4w" }, NOW);
  expect(
    page?.beliefs.map(({ id, holders, items }) => [id, holders.length, items.map((one) => one.id)]),
  ).toEqual([[BELIEF, 1, [item.id]]]);
  expect(await getMisconceptions(learner, teamId, { period: "4w" }, NOW)).toBeNull();
});

it("refuses an answer that is too long or has another form, and stores the rest", async () => {
  const person = await createPerson();
  const batch: [unknown, string][] = [
    [answer("#".repeat(ANSWER_LIMIT + 1)), "invalid-answer"],
    [answer("", { answer: { manifests: 1 } }), "invalid-answer"],
    [answer("", { answer: { manifests: "", passed: true } }), "invalid-answer"],
    [answer("a: \u0000"), "invalid-answer"],
    [answer("a: \ud800"), "invalid-answer"],
    [answer("#".repeat(ANSWER_LIMIT)), "stored"],
    [answer("名前: 店😀"), "stored"],
    [answerEvent(), "unknown-item"],
  ];
  expect(
    await record(
      person,
      batch.map(([event]) => event),
    ),
  ).toEqual(batch.map(([, expected]) => expected));
});

it("takes so many answers to tasks at once, and the others when they are sent again", async () => {
  const person = await createPerson();
  const events = Array.from({ length: MAX_BATCH_TASKS + 5 }, () => answer(item.solution));
  const send = async (batch: readonly unknown[]) => {
    const sent = await recordReviews(person, batch, NOW);
    return sent.ok ? sent.value.results.map(({ id }) => id) : [];
  };
  const first = await send(events);
  expect(first).toEqual(events.slice(0, MAX_BATCH_TASKS).map(({ id }) => id));
  await send(events.filter(({ id }) => !first.includes(id)));
  expect(await db().review.count({ where: { userId: person.userId, correct: true } })).toBe(events.length);
});

it("is nobody else's to answer for", async () => {
  const [person, other] = [await createPerson(), await createPerson()];
  const event = answer(believed);
  await record(person, [event]);
  expect(await record(other, [answer(item.solution, { id: event.id })])).toEqual(["id-taken"]);
  expect(await shownAnswers({ userId: other.userId })).toEqual([]);
  expect(await stored(event.id)).toMatchObject({ userId: person.userId, correct: false });
});

it("is not asked in a final check", async () => {
  const teamId = await createTeam({});
  const id = await createAssignment(teamId, {
    scope: { create: [{ kind: "concept", refId: conceptId }] },
    exam: { create: { itemsPerConcept: 5, minutes: 10 } },
  });
  const candidates = await examCandidates(db(), { id, teamId });
  expect(candidates.length).toBeGreaterThan(2);
  expect(candidates.map(({ itemId }) => itemId)).not.toContain(item.id);
});
