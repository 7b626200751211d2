import { createTranslator } from "next-intl";
import { beforeAll, describe, expect, it } from "vitest";
import { TABLES } from "#app/api/teams/[team]/[table]/tables.ts";
import { randomFrom } from "#lib/core/questions/random.ts";
import { DAY_MS } from "#lib/core/scheduling/index.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { recomputeSnapshots } from "#lib/server/commands/take-snapshots.ts";
import { db } from "#lib/server/db/client.ts";
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

/** The ids of somebody's standing answers about concepts since they joined, newest first. */
async function answersOf({ userId }: Person, conceptIds: string[]): Promise<string[]> {
  const index = learners.findIndex((one) => one.userId === userId);
  const rows = await db().review.findMany({
    where: {
      userId,
      type: "answer",
      undoneAt: null,
      reviewedAt: { gte: new Date(joinedAt(index)) },
      item: { conceptId: { in: conceptIds } },
    },
    orderBy: [{ reviewedAt: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

const overview = async (viewer: Viewer = manager, filter: DashboardFilter = ALL) =>
  getOverview(viewer, teamId, filter, NOW);

describe("the overview of a team", () => {
  it("is narrowed down by assignment and group, and not at all by what is another team's", async () => {
    const found = (await overview(manager, { ...ALL, assignment: late }))!;
    expect(found.today).toMatchObject({ people: 1, margin: null });
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
    const wanted = await answersOf(second, ["pod-ip"]);
    expect(await idsOf()).toEqual(wanted);
    const key = { teamId_userId: { teamId, userId: second.userId } };
    await db().membership.update({ where: key, data: { sharesAll: true } });
    const shared = await idsOf();
    const conceptsOf = (await see(manager, second))!.concepts.map(({ id }) => id).sort();
    await db().membership.update({ where: key, data: { sharesAll: false } });
    expect(conceptsOf).toEqual(["pod-basics", "pod-ip"]);
    expect(shared).toEqual(await answersOf(second, ["pod-ip", "pod-basics"]));
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
