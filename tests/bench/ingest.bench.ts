/** Review ingest as the server does it (parsed, judged, graded, stored, cards refolded) beside bare INSERTs. */
import pg from "pg";
import { uuidv7 } from "uuidv7";
import type { AnswerEvent } from "#lib/core/reviews/event.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { answerEvent, createPerson, NOW, syncFixtureContent } from "#tests/integration/harness/factories.ts";
import { figure, onPostgres, perSecond, time } from "./harness.ts";

const PEOPLE = 20;
/** Of each person: sent as one batch, as after a day offline. */
const BATCH = 500;
const SINGLE_INSERTS = 5_000;

await onPostgres(async ({ url }) => {
  await syncFixtureContent();
  const events = () =>
    Array.from({ length: BATCH }, (_, i) =>
      answerEvent({
        itemId: i % 2 ? "pod-ip-after" : "pod-ip-card",
        at: NOW - (BATCH - i) * 60_000,
        ...own(i),
      }),
    );
  const people = await Promise.all(Array.from({ length: PEOPLE + 1 }, () => createPerson()));
  const [first, ...others] = people;
  if (!first) throw new Error("There are people");
  await recordReviews(first, events(), NOW);

  const batches = others.map((person) => ({ person, events: events() }));
  const ingest = await time(async () => {
    for (const batch of batches) {
      const outcome = await recordReviews(batch.person, batch.events, NOW);
      if (!outcome.ok || outcome.value.results.some(({ status }) => status !== "stored"))
        throw new Error("Not everything was stored");
    }
  });

  const client = new pg.Client(url);
  await client.connect();
  const plain = Array.from({ length: SINGLE_INSERTS }, () => uuidv7());
  const inserts = await time(async () => {
    for (const id of plain) await client.query(insertOf(id, first.userId));
  });
  await client.end();

  figure("ingest, batches of 500", perSecond(PEOPLE * BATCH, ingest), "graded, stored, refolded");
  figure(
    "plain INSERT through pg, one by one",
    perSecond(SINGLE_INSERTS, inserts),
    "baseline: stored, nothing else",
  );
  figure("ratio", `${(((PEOPLE * BATCH) / ingest) * (inserts / SINGLE_INSERTS)).toFixed(2)} ×`);
});

/** Every other answer is to the flashcard, which takes another form of answer. */
function own(i: number): Partial<AnswerEvent> {
  return i % 2 ? {} : { answer: { recall: i % 10 === 0 ? "again" : "good" } };
}

/** A prepared statement, and what an ORM without batches would send. */
function insertOf(id: string, userId: string): pg.QueryConfig {
  const { itemId, revision, seed, durationMs } = answerEvent();
  return {
    name: "insert-review",
    text: `INSERT INTO "Review" (id, "userId", "itemId", type, "reviewedAt", "receivedAt", revision, source, locale,
        answer, seed, hinted, easy, "durationMs", rating, correct, score, misconceptions)
      VALUES ($1, $2, $3, 'answer', $4, $4, $5, 'study', 'ja', $6, $7, false, false, $8, 3, true, 1, '{}')`,
    values: [id, userId, itemId, new Date(NOW), revision, '{"option":"changes"}', seed, durationMs],
  };
}
