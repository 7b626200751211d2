import { beforeAll, expect, it } from "vitest";
import { isKey, misconceptionOf, type PublishedItem } from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { DAY_MS } from "#lib/core/scheduling/index.ts";
import { instanceOf } from "#lib/core/templates/instance.ts";
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
  SYNCED,
} from "../harness/factories.ts";

useDatabase();

let item: PublishedItem;
let conceptId: string;
beforeAll(async () => {
  const content = publishContent(await loadContent("content"));
  await syncContent(db(), content, SYNCED);
  const drawn = content.items.find(({ payload }) => payload.template && payload.kind === "single");
  item = drawn!.payload;
  conceptId = drawn!.concept;
});

const answer = (seed: number, given: (asked: PublishedItem) => object, at = NOW - 3_600_000) =>
  answerEvent({
    itemId: item.id,
    revision: item.revision,
    seed,
    at,
    answer: given(instanceOf(item, seed)) as never,
  });
const right = (asked: PublishedItem) => rightAnswer(asked, "ja");

/** A wrong option of what a seed draws, and the belief that it shows. */
function wrongOption(seed: number) {
  const asked = instanceOf(item, seed);
  const wrong = asked.kind === "single" ? asked.options.find((option) => !isKey(option)) : undefined;
  return { option: wrong!.id, belief: misconceptionOf(wrong!)! };
}

it("is graded, and shown again, as the seed drew it", async () => {
  const person = await createPerson();
  const { option, belief } = wrongOption(11);
  const events = [answer(3, right), answer(11, () => ({ option }), NOW - 1_800_000)];
  expect(await recordReviews(person, events, NOW)).toMatchObject({
    ok: true,
    value: { results: [{ status: "stored" }, { status: "stored" }] },
  });
  const [second, first] = await shownAnswers({ userId: person.userId });
  expect(first).toMatchObject({ correct: true, seed: 3 });
  expect(second).toMatchObject({ correct: false, seed: 11 });
  expect(first!.item).toEqual(instanceOf(item, 3));
  expect(second!.item).toEqual(instanceOf(item, 11));
  expect((await db().review.findUniqueOrThrow({ where: { id: second!.id } })).misconceptions).toEqual([
    belief,
  ]);
});

it("is wrong, and shows no belief, where the answer names what another seed drew", async () => {
  const person = await createPerson();
  const optionsOf = (seed: number) => {
    const asked = instanceOf(item, seed);
    return asked.kind === "single" ? asked.options.map(({ id }) => id) : [];
  };
  // An option of the example, too: grading that forgets the seed would find the belief in it.
  const seed = Array.from({ length: 200 }, (_, n) => n).find((n) =>
    optionsOf(0).some((id) => !optionsOf(n).includes(id)),
  );
  const option = optionsOf(0).find((id) => !optionsOf(seed!).includes(id));
  expect(option).toBeDefined();
  const event = answer(seed!, () => ({ option }));
  await recordReviews(person, [event], NOW);
  const stored = await db().review.findUniqueOrThrow({ where: { id: event.id } });
  expect(stored).toMatchObject({ correct: false, misconceptions: [] });
});

it("tells the team's managers which belief its wrong answers show, also one that the example has not got", async () => {
  const [learner, manager] = [await createPerson(), await createPerson()];
  const teamId = await createTeam({ learner: [learner], manager: [manager] });
  await db().membership.updateMany({ where: { teamId }, data: { joinedAt: new Date(NOW - 30 * DAY_MS) } });
  await createAssignment(teamId, { scope: { create: [{ kind: "concept", refId: conceptId }] } });
  const example = new Set(item.kind === "single" ? item.options.map(misconceptionOf) : []);
  const seed = Array.from({ length: 200 }, (_, n) => n).find((n) => {
    const asked = instanceOf(item, n);
    return (
      asked.kind === "single" &&
      asked.options.some((one) => !isKey(one) && !example.has(misconceptionOf(one)))
    );
  });
  expect(seed).toBeDefined();
  const asked = instanceOf(item, seed!);
  const wrong =
    asked.kind === "single"
      ? asked.options.find((one) => !isKey(one) && !example.has(misconceptionOf(one)))
      : undefined;
  await db().$transaction((tx) => syncAssignees(tx, teamId, NOW));
  await recordReviews(learner, [answer(seed!, () => ({ option: wrong!.id }), NOW - 2 * DAY_MS)], NOW);
  const page = await getMisconceptions(manager, teamId, { period: "4w" }, NOW);
  expect(page?.beliefs.map(({ id, holders }) => [id, holders.map(({ userId }) => userId)])).toEqual([
    [misconceptionOf(wrong!), [learner.userId]],
  ]);
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
