/**
 * The due queue and the statistics of one person, on tables that hold few and many people. What one person's page costs
 * should not depend on how many others there are.
 */
import pg from "pg";
import type { Person } from "#lib/server/auth/viewer.ts";
import { type Database, db } from "#lib/server/db/client.ts";
import { queueRows } from "#lib/server/db/sql/queue.ts";
import { answerTotals, retentionPerWeek, reviewsPerDay } from "#lib/server/db/sql/statistics.ts";
import { getStudySession } from "#lib/server/queries/study-session.ts";
import { createPerson, NOW, syncFixtureContent } from "#tests/integration/harness/factories.ts";
import { figure, ms, onPostgres, percentile, times } from "./harness.ts";

/** Items in the banks, about what the content has. */
const ITEMS = 300;
const SMALL = 10_000;
const LARGE = 1_000_000;
/** Reviews of the person who is measured: a busy year. */
const OWN_REVIEWS = 10_000;
const RUNS = 50;
const SINCE = new Date(NOW - 182 * 86_400_000);

/** The median time of each query, in ms. */
async function measure(person: Person): Promise<Record<string, number>> {
  const queries = {
    "due queue": () => queueRows(db(), person.userId),
    "study session, ordered, with questions": () => getStudySession(person, NOW),
    "reviews per day": () => reviewsPerDay(db(), person.userId, person, SINCE),
    "true retention per week": () => retentionPerWeek(db(), person.userId, person, SINCE),
    "totals of all answers": () => answerTotals(db(), person.userId),
  };
  const figures: Record<string, number> = {};
  for (const [name, query] of Object.entries(queries))
    figures[name] = percentile(await times(RUNS, query), 0.5);
  return figures;
}

/** Shows how PostgreSQL answers: the statements as Prisma sends them, caught on their way. */
async function explain(person: Person): Promise<void> {
  const caught: pg.QueryConfig[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [config] = args as [pg.QueryConfig];
    if (typeof config === "object" && /^\s*SELECT/.test(config.text)) caught.push(config);
    return query.apply(this, args as never);
  } as typeof query;
  await queueRows(db(), person.userId);
  await reviewsPerDay(db(), person.userId, person, SINCE);
  await retentionPerWeek(db(), person.userId, person, SINCE);
  await answerTotals(db(), person.userId);
  pg.Client.prototype.query = query;
  for (const { text, values } of caught) {
    const plan = await db().$queryRawUnsafe<{ "QUERY PLAN": string }[]>(
      `EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF) ${text}`,
      ...(values ?? []),
    );
    console.log(`\n  ${text.trim().split("\n")[0]?.slice(0, 80)} …`);
    for (const row of plan) console.log(`    ${row["QUERY PLAN"]}`);
  }
}

/** More items like the fixture's, so that there are `total`. */
const moreItems = (total: number) => `
  INSERT INTO "Item" (id, "bankId", "conceptId", position, revision, kind, difficulty, "contentHash")
    SELECT 'item-' || n, i."bankId", i."conceptId", 100 + n, 1, i.kind, i.difficulty, ''
    FROM generate_series(1, ${total} - (SELECT count(*) FROM "Item")) n, "Item" i WHERE i.id = 'pod-ip-after';
  INSERT INTO "ItemRevision" ("itemId", revision, payload)
    SELECT i.id, 1, r.payload FROM "Item" i, "ItemRevision" r
    WHERE i.id LIKE 'item-%' AND r."itemId" = 'pod-ip-after';`;

/** A state for each card of a person, due at any time within some weeks. */
const states = (userId: string) => `
  SELECT ${userId}, i.id, 'review'::"CardPhase", timestamptz '2026-11-24' + (random() * 40 - 5) * interval '1 day',
    1 + random() * 60, 5, 0, 10, 5, 0, timestamptz '2026-11-14', timestamptz '2026-01-01'
  FROM "Item" i`;
const STATE_COLUMNS = `("userId", "itemId", state, due, stability, difficulty, step, "scheduledDays", reps, lapses,
  "lastReview", "introducedAt")`;

const cardsOf = ({ userId }: Person) =>
  `INSERT INTO "CardState" ${STATE_COLUMNS} ${states(`'${userId}'::uuid`)}`;

const REVIEW_COLUMNS = `(id, "userId", "itemId", type, "reviewedAt", "receivedAt", revision, source, locale, answer, seed,
  hinted, easy, "durationMs", rating, correct, score)`;
const review = (userId: string, itemId: string) => `
  gen_random_uuid(), ${userId}, ${itemId}, 'answer'::"ReviewType", at, at, 1, 'study'::"ReviewSource", 'ja'::"Locale",
  '{"option":"changes"}'::jsonb, 7, false, false, 8000, 1 + (random() * 3)::int, true, 1`;
const ANY_MOMENT = `LATERAL (SELECT timestamptz '2026-11-24' - random() * interval '364 days' + n * interval '0' AS at) moment`;

const reviewsOf = ({ userId }: Person, count: number) => `
  INSERT INTO "Review" ${REVIEW_COLUMNS}
  SELECT ${review(`'${userId}'::uuid`, `'item-' || (1 + n % 290)`)} FROM generate_series(1, ${count}) n, ${ANY_MOMENT}`;

/** Adds people until the tables hold `total` card states and as many reviews. */
async function grow(database: Database, total: number): Promise<void> {
  await database.exec(`
    CREATE TEMP TABLE newcomer AS SELECT gen_random_uuid() AS id
      FROM generate_series(1, (${total} - (SELECT count(*) FROM "CardState")) / ${ITEMS} + 1);
    INSERT INTO "User" (id, "isGuest") SELECT id, true FROM newcomer;
    INSERT INTO "Enrollment" ("userId", "bankId") SELECT n.id, b.id FROM newcomer n, "Bank" b;
    INSERT INTO "CardState" ${STATE_COLUMNS} SELECT s.* FROM newcomer n, LATERAL (${states("n.id")}) s;
    INSERT INTO "Review" ${REVIEW_COLUMNS}
      SELECT ${review("c.id", "i.id")} FROM newcomer c, "Item" i, LATERAL (SELECT 1 AS n) one, ${ANY_MOMENT};
    DROP TABLE newcomer;
    ANALYZE;`);
}

await onPostgres(async (database) => {
  await syncFixtureContent();
  await database.exec(moreItems(ITEMS));
  const person = await createPerson();
  await database.exec(cardsOf(person));
  await database.exec(reviewsOf(person, OWN_REVIEWS));

  await grow(database, SMALL);
  const small = await measure(person);
  await grow(database, LARGE);
  const large = await measure(person);

  for (const [name, milliseconds] of Object.entries(large)) {
    const before = small[name] ?? Number.NaN;
    figure(
      `${name}, 1 M rows`,
      ms(milliseconds),
      `baseline, 10 k rows: ${ms(before)}; ratio ${(milliseconds / before).toFixed(2)}`,
    );
  }
  await explain(person);
});
