import type { PublishedItem } from "#lib/core/questions/index.ts";
import { ratingOf } from "#lib/core/scheduling/index.ts";
import { gradeAny } from "#lib/core/tasks/index.ts";
import { instanceOf } from "#lib/core/templates/instance.ts";
import { loadContent, publishContent, syncContent } from "#lib/server/content/index.ts";
import type { Database } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { writeMemberFigures } from "#lib/server/db/sql/member-figures.ts";
import { goodAnswer, wrongAnswer } from "./answers.ts";
import { chanceFrom } from "./random.ts";

/**
 * One big team, made by the database itself: for measuring, where a simulation would take hours. Nobody in it learns anything,
 * but its rows have the sizes, the spread and the relations of real ones: a year of answers in the order of time, wrong ones
 * with their beliefs, and card states that end where the answers do.
 */

const DAY = 86_400_000;
const YEAR = "interval '364 days'";
/** Days for which readiness was noted. */
const NOTED_DAYS = 35;
/** By which every question is drawn and laid out. */
const SEED = 7;
/** Forms of an answer kept ready for each item, a quarter of them wrong. Eight, so that three bits choose one. */
const FORMS = 8;
/** Spares looking up for each of millions of rows that its person and item exist, where the role may: both were just made. */
const WITHOUT_CHECKS = `
  DO $$ BEGIN SET LOCAL session_replication_role = replica; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$;`;
/** Reviews inserted by one statement. */
const BATCH = 250_000;

export interface Load {
  members: number;
  /** Answers of all of them together. */
  reviews: number;
  /** ms since the epoch. */
  now: number;
}

export interface LoadedTeam {
  teamId: string;
  ownerId: string;
  /** A tenth of the members. */
  groupId: string;
  /** The one with a final check. */
  checkedId: string;
}

/** Adds the team to a migrated database. @param tell hears how far it is */
export async function loadTeam(
  { client, exec }: Database,
  { members, reviews, now }: Load,
  tell: (words: string) => void = () => undefined,
): Promise<LoadedTeam> {
  const chance = chanceFrom(`load/${now}/${members}/${reviews}`);
  await syncContent(client, publishContent(await loadContent("content")), new Date(now - 365 * DAY));
  const moment = `timestamptz '${new Date(now).toISOString()}'`;
  const [teamId, ownerId, groupId] = [chance.id(now), chance.id(now), chance.id(now)];
  // Sequential, as the ids that browsers make are, and another's for each load.
  const id = (kind: number, n: string) =>
    `('${ownerId.slice(-8)}-000${kind}-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

  // Not temporary: the pool may give another connection to each statement.
  await exec(`
    DROP TABLE IF EXISTS load_member, load_item, load_form;
    CREATE UNLOGGED TABLE load_member AS SELECT n, ${id(1, "n")} AS id FROM generate_series(1, ${members}) n;
    CREATE UNLOGGED TABLE load_item AS
      SELECT (row_number() OVER (ORDER BY id))::int - 1 AS n, id, "conceptId" FROM "Item" WHERE "retiredAt" IS NULL;
    CREATE UNLOGGED TABLE load_form ("itemId" text, n int, answer jsonb, rating int, correct boolean, score float8,
      misconceptions text[], PRIMARY KEY ("itemId", n));

    INSERT INTO "User" (id, "isGuest", name, email, "emailVerifiedAt", locale)
      SELECT '${ownerId}'::uuid, false, 'Owner', '${ownerId}@load.example', ${moment}, 'en'::"Locale"
      UNION ALL SELECT id, false, 'Member ' || n, id || '@load.example', ${moment}, 'en' FROM load_member;
    INSERT INTO "Enrollment" ("userId", "bankId") SELECT m.id, b.id FROM load_member m, "Bank" b;
    INSERT INTO "Team" (id, name) VALUES ('${teamId}', 'Load of ${members}');
    INSERT INTO "Membership" ("teamId", "userId", role, "joinedAt")
      SELECT '${teamId}'::uuid, '${ownerId}'::uuid, 'owner'::"Role", ${moment} - ${YEAR}
      UNION ALL SELECT '${teamId}'::uuid, id, 'learner'::"Role", ${moment} - random() * ${YEAR} FROM load_member;
    INSERT INTO "TeamGroup" (id, "teamId", name) VALUES ('${groupId}', '${teamId}', 'A tenth');
    INSERT INTO "GroupMember" ("groupId", "teamId", "userId")
      SELECT '${groupId}', '${teamId}', id FROM load_member WHERE n % 10 = 0;`);
  await client.$executeRaw`
    INSERT INTO load_form
    SELECT f."itemId", f.n, f.answer, f.rating, f.correct, f.score, ARRAY(SELECT jsonb_array_elements_text(f.misconceptions))
    FROM jsonb_to_recordset(${JSON.stringify(await forms(client))}::jsonb)
      AS f("itemId" text, n int, answer jsonb, rating int, correct boolean, score float8, misconceptions jsonb)`;

  const [{ items }] = await client.$queryRaw<
    [{ items: number }]
  >`SELECT count(*)::int AS items FROM load_item`;
  for (let from = 0; from < reviews; from += BATCH) {
    tell(`reviews, ${Math.round((100 * from) / reviews)} %`);
    // In the order of time, one member after the other: what belongs to one is spread over the table, as it is in life. Some
    // have not come to all items yet.
    await exec(`
      ${WITHOUT_CHECKS}
      INSERT INTO "Review" (id, "userId", "itemId", type, "reviewedAt", "receivedAt", revision, source, locale, answer, seed,
        hinted, easy, "durationMs", rating, correct, score, misconceptions)
      SELECT ${id(2, "nth.n")}, m.id, i.id, 'answer', at, at, 1, 'study', 'en', form.answer, ${SEED}, false, false,
        (3000 + 30000 * power(random(), 3))::int, form.rating, form.correct, form.score, form.misconceptions
      FROM (SELECT generate_series(${from}, ${Math.min(reviews, from + BATCH) - 1}) AS n) nth
      JOIN load_member m ON m.n = 1 + nth.n % ${members}
      JOIN load_item i ON i.n = (nth.n / ${members}) * 31 % (${items} * (50 + (m.n * 37) % 51) / 100)
      JOIN load_form form ON form."itemId" = i.id AND form.n = hashint4(nth.n) & ${FORMS - 1}
      CROSS JOIN LATERAL (SELECT ${moment} - ${YEAR} * (1 - nth.n / ${reviews}.0) AS at) placed`);
  }

  tell("card states");
  await exec(`
    ${WITHOUT_CHECKS}
    INSERT INTO "CardState" ("userId", "itemId", state, due, stability, difficulty, step, "scheduledDays", reps, lapses,
      "lastReview", "introducedAt")
    SELECT r."userId", r."itemId", 'review', r.last + r.stability * interval '1 day', r.stability, 3 + 5 * random(), 0,
      r.stability, r.reps, r.lapses, r.last, r.first
    FROM (
      SELECT "userId", "itemId", max("reviewedAt") AS last, min("reviewedAt") AS first, count(*) AS reps,
        count(*) FILTER (WHERE rating = 1) AS lapses, exp(random() * 4.5) AS stability
      FROM "Review" WHERE "userId" IN (SELECT id FROM load_member) GROUP BY 1, 2
    ) r;
    INSERT INTO "ReadinessSnapshot" ("userId", day, chances)
      SELECT m.id, (${moment})::date - day, jsonb_object_agg(c.id, round((0.5 + 0.45 * random())::numeric, 6))
      FROM generate_series(1, ${NOTED_DAYS}) day, load_member m, "Concept" c WHERE c."retiredAt" IS NULL
      GROUP BY 1, 2;`);

  tell("what teams count");
  await writeMemberFigures(client, null);

  tell("assignments");
  const checkedId = await assign(client, { teamId, groupId, now, id: () => chance.id(now) });
  await exec(`
    UPDATE "Assignee" SET "readinessAtDue" = 0.6 + 0.35 * random() WHERE "assignmentId" = '${checkedId}';
    INSERT INTO "ExamAttempt" (id, "assignmentId", "userId", number, "startedAt", deadline, "submittedAt", score, passed)
      SELECT ${id(3, "m.n")}, '${checkedId}', m.id, 1, begun, begun + interval '30 minutes', begun + interval '20 minutes',
        score, score >= 0.8
      FROM load_member m, LATERAL (
        SELECT ${moment} - (15 + m.n % 20) * interval '1 day' AS begun, 0.5 + 0.5 * random() + 0 * m.n AS score) sat
      WHERE m.n % 5 > 0;
    INSERT INTO "ExamAnswer" (id, "attemptId", position, "itemId", revision, seed, locale, answer, "answeredAt", "durationMs",
        correct, score)
      SELECT ${id(4, "m.n * 100 + i.place")}, ${id(3, "m.n")}, i.place, i.id, 1, 7, 'en', form.answer,
        a."submittedAt", 30000, form.correct, form.score
      FROM load_member m
      JOIN "ExamAttempt" a ON a.id = ${id(3, "m.n")}
      CROSS JOIN (
        SELECT (row_number() OVER ())::int - 1 AS place, id
        FROM (SELECT DISTINCT ON ("conceptId") i.id FROM load_item i JOIN "Concept" c ON c.id = i."conceptId"
          WHERE c."areaId" = 'service' ORDER BY "conceptId") asked
      ) i
      JOIN load_form form ON form."itemId" = i.id AND form.n = hashint4(m.n * 100 + i.place) & ${FORMS - 1};
    DROP TABLE load_member, load_item, load_form;
    ANALYZE;`);
  return { teamId, ownerId, groupId, checkedId };
}

/** Answers to every item, right and wrong, with what they are worth. */
async function forms(client: Database["client"]) {
  const chance = chanceFrom("forms");
  const items = await client.item.findMany({
    where: { retiredAt: null },
    include: { revisions: { orderBy: { revision: "desc" }, take: 1 } },
  });
  return items.flatMap(({ id, revisions }) => {
    const item = instanceOf(revisions[0]!.payload as unknown as PublishedItem, SEED);
    return Array.from({ length: FORMS }, (_, n) => {
      const answer = n % 4 === 0 ? wrongAnswer(item, "en", null, chance) : goodAnswer(item, "en", 0.9);
      const graded = gradeAny(item, answer as never, "en");
      return {
        itemId: id,
        n,
        answer,
        rating: ratingOf(graded, answer, { hinted: false, easy: false }),
        ...graded,
      };
    });
  });
}

/** The whole course for everyone, an area with a final check that was due, and one for a tenth. @returns the checked one's id */
async function assign(
  client: Database["client"],
  { teamId, groupId, now, id }: { teamId: string; groupId: string; now: number; id: () => string },
): Promise<string> {
  const made = now - 90 * DAY;
  const dueOn = (days: number) => new Date(new Date(now + days * DAY).toISOString().slice(0, 10));
  const common = { teamId, createdAt: new Date(made), readinessTarget: 0.85 };
  const areas = await client.area.findMany({ select: { id: true } });
  const [all, checked, some] = [id(), id(), id()];
  const rows: Prisma.AssignmentUncheckedCreateInput[] = [
    {
      ...common,
      id: all,
      title: "The whole course",
      dueOn: dueOn(30),
      forEveryone: true,
      scope: { create: areas.map((area) => ({ kind: "area", refId: area.id })) },
    },
    {
      ...common,
      id: checked,
      title: "Service",
      dueOn: dueOn(-10),
      forEveryone: true,
      scope: { create: { kind: "area", refId: "service" } },
      exam: { create: { minutes: 30 } },
    },
    {
      ...common,
      id: some,
      title: "Ingress",
      dueOn: dueOn(10),
      scope: { create: { kind: "area", refId: "ingress" } },
      targets: { create: { id: id(), groupId } },
    },
  ];
  await client.$transaction(
    async (tx) => {
      for (const data of rows) await tx.assignment.create({ data });
      await syncAssignees(tx, teamId, made);
    },
    { timeout: 60_000 },
  );
  return checked;
}
