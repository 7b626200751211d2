import { createTranslator } from "next-intl";
import { beforeAll, describe, expect, it } from "vitest";
import { TABLES } from "#app/api/teams/[team]/[table]/tables.ts";
import { randomFrom } from "#lib/core/questions/random.ts";
import { addDays, createScheduler, DAY_MS, dayOf, foldCard, startOfDay } from "#lib/core/scheduling/index.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { toCardEvent } from "#lib/server/commands/refold-cards.ts";
import { recomputeSnapshots } from "#lib/server/commands/take-snapshots.ts";
import { db } from "#lib/server/db/client.ts";
import { writeMemberFigures } from "#lib/server/db/sql/member-figures.ts";
import { eventsOf, type StoredEvent } from "#lib/server/db/sql/reviews.ts";
import { type DashboardFilter, dashboardFilterSchema } from "#lib/server/queries/dashboard/filters.ts";
import { getHeatMap } from "#lib/server/queries/dashboard/heat-map.ts";
import { getOverview } from "#lib/server/queries/dashboard/overview.ts";
import { getAnswersOfPerson, getPersonDashboard } from "#lib/server/queries/dashboard/person.ts";
import english from "../../../content/messages/en.json";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  cardEvent,
  createAssignment,
  createPerson,
  createTeam,
  NOW,
  syncFixtureContent,
  WRONG,
} from "../harness/factories.ts";

useDatabase();
beforeAll(syncFixtureContent);

const ALL = dashboardFilterSchema.parse({});
const MIDNIGHT = { timeZone: "Asia/Tokyo", dayStartHour: 0 };
/** 2026-11-24 is a Tuesday. */
const SINCE = startOfDay("2026-11-02", MIDNIGHT);

let manager: Person;
let outsider: Person;
let learners: [Person, Person, Person];
let teamId: string;
let late: string;

const joinedAt = (index: number) => NOW - [90, 40, 10][index]! * DAY_MS;

/** Three months of answers of all sorts about four items of two concepts, drawn from a seed. */
async function study(person: Person, seed: number) {
  const random = randomFrom(seed);
  const events = Array.from({ length: 120 }, () => {
    const at = NOW - Math.floor(random() * 100 * DAY_MS);
    const source = (["study", "study", "study", "quiz", "cram"] as const)[Math.floor(random() * 5)]!;
    const durationMs = Math.floor(random() * 60_000);
    return random() < 0.5
      ? answerEvent({ at, source, durationMs, ...(random() < 0.3 ? { answer: WRONG.single } : {}) })
      : answerEvent({
          itemId: ["pod-ip-card", "pod-basics-card"][Math.floor(random() * 2)]!,
          at,
          source,
          durationMs,
          answer: { recall: random() < 0.3 ? "again" : "good" },
        });
  });
  const undone = events.filter(() => random() < 0.1);
  const undos = undone.map(({ id, itemId, at }) =>
    cardEvent({ type: "undo", targetId: id, itemId, at: at + 1 }),
  );
  await recordReviews(person, [...events, ...undos], NOW);
}

beforeAll(async () => {
  [manager, outsider] = [await createPerson(), await createPerson()];
  learners = [
    await createPerson({ name: "Aoi" }),
    await createPerson({ name: "Ben", timeZone: "America/Los_Angeles", dayStartHour: 2 }),
    await createPerson({ name: "Chie" }),
  ];
  teamId = await createTeam({ manager: [manager], learner: learners });
  await createTeam({ manager: [outsider] });
  for (const [index, person] of learners.entries()) {
    await study(person, index + 1);
    const key = { teamId_userId: { teamId, userId: person.userId } };
    await db().membership.update({ where: key, data: { joinedAt: new Date(joinedAt(index)) } });
    await db().$transaction((tx) => writeMemberFigures(tx, person.userId));
    await recomputeSnapshots(person.userId, { from: "2026-10-20", to: "2026-11-23" }, NOW);
  }
  await createAssignment(teamId);
  late = await createAssignment(teamId, {
    title: "Basics",
    forEveryone: false,
    dueOn: new Date("2026-12-01"),
    readinessTarget: 0.99,
    scope: { create: [{ kind: "concept", refId: "pod-basics" }] },
    targets: { create: [{ id: crypto.randomUUID(), userId: learners[0].userId }] },
  });
});

/** What is assigned: pod-ip to everyone, pod-basics to the first as well. */
const assigned = (person: Person, { assignment }: Partial<DashboardFilter> = {}) =>
  [...(assignment === late ? [] : ["pod-ip"]), ...(person === learners[0] ? ["pod-basics"] : [])] as const;

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Readiness and coverage of a concept at a moment, from the raw events up to then. */
async function cell(person: Person, conceptId: string, at: number, until = at) {
  const items = await db().item.findMany({ where: { conceptId, retiredAt: null }, select: { id: true } });
  const events = (await eventsOf(db(), person.userId)).filter((event) => event.at < until);
  const scheduler = createScheduler(person);
  const chances = items.map(({ id }) => {
    const own = events.filter(({ itemId }) => itemId === id).map(toCardEvent);
    const { memory } = foldCard(own, person);
    return memory.lastReview === null ? null : scheduler.recallChance(memory, at);
  });
  return {
    chance: mean(chances.map((chance) => chance ?? 0)),
    coverage: mean(chances.map((chance) => (chance === null ? 0 : 1))),
  };
}

const readinessOf = async (person: Person, at: number, until = at) =>
  mean(
    await Promise.all(
      assigned(person).map(async (concept) => (await cell(person, concept, at, until)).chance),
    ),
  );

/** The standing answers about what was assigned, from joining and a moment on. */
async function answersOf(
  person: Person,
  since: number,
): Promise<(StoredEvent & { durationMs: number; correct: boolean })[]> {
  const rows = await db().review.findMany({
    where: { userId: person.userId, type: "answer", undoneAt: null },
    include: { item: true },
  });
  const from = Math.max(since, joinedAt(learners.indexOf(person)));
  return rows
    .filter(
      ({ item, reviewedAt }) =>
        assigned(person).includes(item.conceptId as never) && reviewedAt.getTime() >= from,
    )
    .map((row) => ({ ...row, at: row.reviewedAt.getTime() }) as never);
}

const overview = async (viewer: Viewer = manager, filter: DashboardFilter = ALL) =>
  getOverview(viewer, teamId, filter, NOW);

describe("the overview of a team", () => {
  it("has the readiness that the raw events come to, today, at the next due moment and 4 weeks ago", async () => {
    const found = (await overview())!;
    const today = await Promise.all(learners.map((person) => readinessOf(person, NOW)));
    expect(found.today?.people).toBe(3);
    expect(found.today?.mean).toBeCloseTo(mean(today), 6);
    const spread = Math.sqrt(today.reduce((sum, one) => sum + (one - mean(today)) ** 2, 0) / 2);
    expect(found.today?.margin).toBeCloseTo((1.96 * spread) / Math.sqrt(3), 6);
    const dueAt = startOfDay("2026-12-02", MIDNIGHT);
    expect(found.nextDue?.at).toBe(dueAt);
    const then = await Promise.all(learners.map((person) => readinessOf(person, dueAt)));
    expect(found.nextDue?.readiness.mean).toBeCloseTo(mean(then), 6);
    const before = await Promise.all(
      learners.map((person) => {
        const end = startOfDay("2026-10-28", person);
        return readinessOf(person, end);
      }),
    );
    expect(found.change?.since).toBe("2026-10-27");
    expect(found.change?.readiness.mean).toBeCloseTo(mean(today) - mean(before), 4);
  });

  it("counts by week what was answered on what was assigned, from joining on, and shows quiet weeks too", async () => {
    for (const period of ["4w", "12w", "all"] as const) {
      const { weeks } = (await overview(manager, { ...ALL, period }))!;
      const since = { "4w": SINCE, "12w": SINCE - 56 * DAY_MS, all: 0 }[period];
      const answers = await Promise.all(learners.map((person) => answersOf(person, since)));
      expect(weeks.reduce((sum, week) => sum + week.answers, 0)).toBe(answers.flat().length);
      for (const { week, ...counted } of weeks) {
        const from = startOfDay(week, MIDNIGHT);
        const until = startOfDay(addDays(week, 7), MIDNIGHT);
        const own = answers.map((list) => list.filter(({ at }) => at >= from && at < until));
        expect(counted).toEqual({
          answers: own.flat().length,
          durationMs: own.flat().reduce((sum, { durationMs }) => sum + durationMs, 0),
          people: own.filter(({ length }) => length > 0).length,
        });
      }
      if (period === "4w")
        expect(weeks.map(({ week }) => week)).toEqual([
          "2026-11-02",
          "2026-11-09",
          "2026-11-16",
          "2026-11-23",
        ]);
    }
  });

  it("counts how many are how far, and says who needs help with what, most urgent first", async () => {
    const { assignments, needs } = (await overview())!;
    expect(assignments.map(({ title, people }) => [title, people]).sort()).toEqual([
      ["Basics", 1],
      ["Pod IPs", 3],
    ]);
    for (const { counts, people } of assignments)
      expect(Object.values(counts).reduce((a, b) => a + b)).toBe(people);
    expect(needs.length).toBeGreaterThan(0);
    const urgencies = needs.map(({ urgency }) => urgency);
    expect(urgencies).toEqual([...urgencies].sort((a, b) => b - a));
    const ofBasics = needs.find(({ assignmentId }) => assignmentId === late);
    expect(ofBasics).toMatchObject({ name: "Aoi", target: 0.99, plan: { status: "behind" } });
  });

  it("is narrowed down by assignment and group, and not at all by what is another team's", async () => {
    const found = (await overview(manager, { ...ALL, assignment: late }))!;
    expect(found.today).toMatchObject({ people: 1, margin: null });
    expect(found.today?.mean).toBeCloseTo((await cell(learners[0], "pod-basics", NOW)).chance, 6);
    expect(found.assignments.map(({ id }) => id)).toEqual([late]);
    const foreign = await createAssignment(await createTeam({ learner: [learners[1]] }));
    expect(
      (await overview(manager, { ...ALL, assignment: foreign }))?.frame.filter.assignment,
    ).toBeUndefined();
  });

  it("does not change when somebody shares what else they study", async () => {
    const before = await overview();
    const key = { teamId_userId: { teamId, userId: learners[1].userId } };
    await db().membership.update({ where: key, data: { sharesAll: true } });
    const after = await overview();
    await db().membership.update({ where: key, data: { sharesAll: false } });
    expect(after).toEqual(before);
  });

  it("is for those who see dashboards of this team alone", async () => {
    for (const viewer of [learners[0], outsider, NOBODY]) expect(await overview(viewer)).toBeNull();
    expect(await getOverview(manager, "no-id", ALL, NOW)).toBeNull();
  });
});

describe("the heat map", () => {
  it("has in each cell what the raw events come to, by area and by concept, who needs it most first", async () => {
    const map = (await getHeatMap(manager, teamId, { ...ALL, area: "mindset" }, NOW))!;
    expect(map.by).toBe("concept");
    const chances = map.people.map(({ chance }) => chance);
    expect(chances).toEqual([...chances].sort((a, b) => a - b));
    for (const line of map.people) {
      const person = learners.find(({ userId }) => userId === line.userId)!;
      for (const [index, { id }] of map.columns.entries()) {
        const wanted = assigned(person).includes(id as never) ? await cell(person, id, NOW) : null;
        if (wanted === null) expect(line.cells[index]).toBeNull();
        else {
          expect(line.cells[index]?.chance).toBeCloseTo(wanted.chance, 6);
          expect(line.cells[index]?.coverage).toBeCloseTo(wanted.coverage, 6);
        }
      }
    }
    const byArea = (await getHeatMap(manager, teamId, ALL, NOW))!;
    expect(byArea.columns.map(({ id }) => id)).toEqual(["mindset"]);
    for (const { cells, chance, coverage } of byArea.people) expect(cells).toEqual([{ chance, coverage }]);
    const today = await Promise.all(learners.map((person) => readinessOf(person, NOW)));
    expect(byArea.everyone?.chance).toBeCloseTo(mean(today), 6);
  });

  it("sorts by name and by column, those with nothing of it last, and shows every person on one page or another", async () => {
    const names = async (options: Parameters<typeof getHeatMap>[4], area = "mindset") =>
      (await getHeatMap(manager, teamId, { ...ALL, area }, NOW, options))!.people.map(({ name }) => name);
    expect(await names({ page: 1, sort: "name" })).toEqual(["Aoi", "Ben", "Chie"]);
    expect(await names({ page: 1, sort: "-name" })).toEqual(["Chie", "Ben", "Aoi"]);
    for (const sort of ["pod-basics", "-pod-basics"]) expect((await names({ page: 1, sort }))[0]).toBe("Aoi");
    expect(await names({ page: 2 })).toEqual([]);
  });

  it("is for those who see dashboards of this team alone", async () => {
    for (const viewer of [learners[0], outsider, NOBODY])
      expect(await getHeatMap(viewer, teamId, ALL, NOW)).toBeNull();
  });
});

describe("what managers see of a member", () => {
  const see = (viewer: Viewer, { userId }: Person, filter: DashboardFilter = ALL) =>
    getPersonDashboard(viewer, teamId, userId, filter, NOW);

  it("is exactly what the member sees, and nothing to anybody else", async () => {
    for (const person of learners) {
      const [theirs, own] = [await see(manager, person), await see(person, person)];
      const { frame: _, ...seen } = theirs!;
      const { frame: __, ...shown } = own!;
      expect(shown).toEqual(seen);
      const pages = await Promise.all(
        [manager, person].map((viewer) => getAnswersOfPerson(viewer, teamId, person.userId, ALL, NOW)),
      );
      expect(pages[0]).toEqual(pages[1]);
    }
    const [first, second] = learners;
    for (const viewer of [second, outsider, NOBODY]) {
      expect(await see(viewer, first)).toBeNull();
      expect(await getAnswersOfPerson(viewer, teamId, first.userId, ALL, NOW)).toBeNull();
    }
    expect(await see(manager, outsider)).toBeNull();
  });

  it("is the path, the hours and the retention that the raw events come to", async () => {
    for (const person of learners) {
      const seen = (await see(manager, person))!;
      expect(seen.readiness?.chance).toBeCloseTo(await readinessOf(person, NOW), 6);
      for (const { day, chance } of seen.path)
        expect(chance).toBeCloseTo(await readinessOf(person, startOfDay(addDays(day, 1), person)), 4);
      expect(seen.path.length).toBeGreaterThan(9);
      const answers = await answersOf(person, SINCE);
      expect(seen.weeks.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBe(
        answers.reduce((sum, { durationMs }) => sum + durationMs, 0),
      );
      const counted = (await answersOf(person, 0))
        .filter(({ source }) => source !== "cram")
        .sort((a, b) => a.at - b.at);
      const firsts = counted.filter(({ itemId, at }, index) => {
        const day = dayOf(at, person);
        const before = counted.slice(0, index).filter((one) => one.itemId === itemId);
        return before.length > 0 && before.every((one) => dayOf(one.at, person) < day) && at >= SINCE;
      });
      expect(seen.retention).toEqual({
        reviews: firsts.length,
        recalled: firsts.filter(({ rating }) => (rating ?? 0) > 1).length,
      });
    }
  });

  it("holds the answers on what was assigned since joining, page by page, and all once everything is shared", async () => {
    const [, second] = learners;
    const idsOf = async () => {
      const ids: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = (await getAnswersOfPerson(
          manager,
          teamId,
          second.userId,
          { ...ALL, period: "all" },
          NOW,
          {
            after,
            limit: 7,
          },
        ))!;
        ids.push(...page.entries.map(({ id }) => id));
        if (page.next === null) return ids;
        after = page.next;
      }
    };
    const wanted = (await answersOf(second, 0)).sort((a, b) => b.at - a.at).map(({ id }) => id);
    expect(await idsOf()).toEqual(wanted);
    const key = { teamId_userId: { teamId, userId: second.userId } };
    await db().membership.update({ where: key, data: { sharesAll: true } });
    const shared = await idsOf();
    const conceptsOf = (await see(manager, second))!.concepts.map(({ id }) => id).sort();
    await db().membership.update({ where: key, data: { sharesAll: false } });
    expect(conceptsOf).toEqual(["pod-basics", "pod-ip"]);
    const since = new Date(joinedAt(1));
    const all = {
      userId: second.userId,
      type: "answer",
      undoneAt: null,
      reviewedAt: { gte: since },
    } as const;
    const orderBy = [{ reviewedAt: "desc" }, { id: "desc" }] as const;
    const rows = await db().review.findMany({ where: all, orderBy: [...orderBy], select: { id: true } });
    expect(shared).toEqual(rows.map(({ id }) => id));
    expect(shared.length).toBeGreaterThan(wanted.length);
  });
});

describe("the tables as files", () => {
  const wordsOf = (namespace: "dashboard" | "exam") =>
    createTranslator<typeof english>({ locale: "en", messages: english, namespace: namespace as never });
  const words = { t: wordsOf("dashboard") as never, exam: wordsOf("exam") as never };

  it("have as many cells in each row as heads for a manager, and are nothing to anybody else", async () => {
    const query = { person: learners[0].userId, period: "all" };
    for (const [name, table] of Object.entries(TABLES)) {
      const asked = (viewer: Viewer) => table({ viewer, teamId, query, now: NOW, locale: "en", ...words });
      const content = (await asked(manager))!;
      expect(content, name).not.toBeNull();
      for (const row of content.rows) expect(row, name).toHaveLength(content.header.length);
      for (const viewer of [learners[1], outsider, NOBODY]) expect(await asked(viewer), name).toBeNull();
    }
  });
});
