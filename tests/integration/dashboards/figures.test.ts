/**
 * Every number of the dashboards on the demo's data beside a naive computation of it from the raw events (`naive.ts`), for
 * three teams and two periods; and that what was planted in the demo's people is what the dashboards put on top.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { planOf } from "#lib/core/assignments/index.ts";
import { addDays } from "#lib/core/scheduling/index.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import type { DashboardFilter, Period } from "#lib/server/queries/dashboard/filters.ts";
import { getHeatMap, type HeatLine } from "#lib/server/queries/dashboard/heat-map.ts";
import { getOverview } from "#lib/server/queries/dashboard/overview.ts";
import { getAnswersOfPerson, getPersonDashboard } from "#lib/server/queries/dashboard/person.ts";
import { TEAMS } from "../../../scripts/demo/company.ts";
import { type Company, makeCompany } from "../../../scripts/demo/make-company.ts";
import { useDatabase } from "../harness/database.ts";
import { NOW } from "../harness/factories.ts";
import {
  answersOn,
  areaOf,
  assigned,
  conceptsOf,
  fold,
  type Known,
  localDay,
  mean,
  meanReady,
  memberOf,
  monday,
  type Ready,
  readWorld,
  ready,
  retention,
  standing,
  type World,
} from "./naive.ts";

useDatabase();

/** A smaller company: the whole one takes minutes to check. */
const SIZE = 0.2;

let company: Company;
let world: World;
const known = new Map<string, Known>();
beforeAll(async () => {
  company = await makeCompany({ now: NOW, size: SIZE, passwordHash: null });
  world = await readWorld();
  for (const { id } of world.users) known.set(id, fold(world, id));
}, 300_000);

const knownOf = (userId: string) => known.get(userId)!;
const readyOf = (userId: string, conceptId: string, at = NOW) => ready(world, knownOf(userId), conceptId, at);
const owner = (): Person =>
  company.employees.find(({ person }) => person.email?.startsWith("owner@"))!.person;

/** Each team in each period. */
const CASES = TEAMS.flatMap(({ key }) => (["4w", "12w"] as const).map((period) => ({ key, period })));

/** A team, and the Monday on which a period begins there. */
function caseOf(key: string, period: Period) {
  const team = world.teams.find(({ id }) => id === company.teams.get(key))!;
  const first = addDays(monday(localDay(new Date(NOW), team.timeZone)), period === "4w" ? -21 : -77);
  // Midnight there: the last moment of the day before is in the UTC day around it.
  let since = Date.parse(`${first}T00:00:00Z`) - 14 * 3_600_000;
  while (localDay(new Date(since), team.timeZone) < first) since += 900_000;
  return { team, teamId: team.id, first, since };
}

/** The same numbers, but for what sums in another order come to. */
function expectSame(actual: unknown, expected: unknown): void {
  const rounded = (value: unknown): unknown =>
    typeof value === "number"
      ? Math.round(value * 1e6) / 1e6 + 0
      : Array.isArray(value)
        ? value.map(rounded)
        : value !== null && typeof value === "object"
          ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rounded(one)]))
          : value;
  expect(rounded(actual)).toEqual(rounded(expected));
}

function spread(values: readonly number[]) {
  if (values.length === 0) return null;
  const middle = mean(values);
  const deviation = Math.sqrt(
    values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1),
  );
  return { mean: middle, margin: (1.96 * deviation) / Math.sqrt(values.length), people: values.length };
}

describe.each(CASES)("the overview of $key over $period", ({ key, period }) => {
  const asked = (filter: Partial<DashboardFilter> = {}) =>
    getOverview(owner(), company.teams.get(key)!, { period, ...filter }, NOW);

  it("has the readiness that the raw events come to, now, at the next due moment, and four weeks ago", async () => {
    const { team, teamId } = caseOf(key, period);
    const overview = (await asked())!;
    const pairs = [...assigned(world, teamId)];
    const readiness = (at: number) =>
      pairs.map(([userId, concepts]) => meanReady(concepts.map((id) => readyOf(userId, id, at))));
    expectSame(overview.today, spread(readiness(NOW).map(({ chance }) => chance)));
    expectSame(overview.coverage, mean(readiness(NOW).map(({ coverage }) => coverage)));

    const open = world.assignments.filter((row) => row.teamId === teamId && !row.closedAt && !row.archivedAt);
    const dues = world.assignees
      .filter((row) => open.some(({ id }) => id === row.assignmentId) && row.dueAt.getTime() > NOW)
      .map(({ dueAt }) => dueAt.getTime());
    const at = Math.min(...dues);
    expectSame(overview.nextDue, { at, readiness: spread(readiness(at).map(({ chance }) => chance)) });

    const since = addDays(localDay(new Date(NOW), team.timeZone), -28);
    const changes = pairs.flatMap(([userId, concepts]) => {
      const noted = world.snapshots.filter(
        (row) => row.userId === userId && row.day.toISOString().startsWith(since),
      );
      if (noted.length === 0) return [];
      const before = mean(concepts.map((id) => noted.find((row) => row.conceptId === id)?.chance ?? 0));
      return [meanReady(concepts.map((id) => readyOf(userId, id))).chance - before];
    });
    expect(overview.change?.since).toBe(since);
    expectSame(overview.change?.readiness, spread(changes));
  });

  it("counts who is how far, and names who needs help", async () => {
    const { teamId } = caseOf(key, period);
    const overview = (await asked())!;
    const open = world.assignments.filter((row) => row.teamId === teamId && !row.closedAt && !row.archivedAt);
    const plans = open.flatMap(({ id }) =>
      world.assignees
        .filter(({ assignmentId }) => assignmentId === id)
        .map(({ userId }) => {
          const stood = standing(world, knownOf(userId), id, userId, NOW);
          const options = { now: NOW, answerMs: 20_000, desiredRetention: stood.desiredRetention };
          return { assignmentId: id, userId, stood, plan: planOf(stood, stood, options) };
        }),
    );
    for (const line of overview.assignments) {
      const own = plans.filter(({ assignmentId }) => assignmentId === line.id);
      expect(line.people).toBe(own.length);
      for (const [status, count] of Object.entries(line.counts))
        expect(own.filter(({ plan }) => plan.status === status).length, status).toBe(count);
      const dues = own.map(({ stood }) => stood.dueAt);
      expect(line.dueAt).toEqual({ first: Math.min(...dues), last: Math.max(...dues) });
    }
    expect(new Set(overview.assignments.map(({ id }) => id))).toEqual(
      new Set(plans.map(({ assignmentId }) => assignmentId)),
    );
    const inNeed = plans.filter(
      ({ plan, stood }) =>
        plan.status === "overdue" ||
        plan.status === "behind" ||
        (plan.status === "notStarted" && (!plan.reachable || NOW - stood.assignedAt >= 3 * 86_400_000)),
    );
    const id = (row: { userId: string; assignmentId: string }) => `${row.assignmentId} ${row.userId}`;
    expect(overview.needs.map(id).sort()).toEqual(inNeed.map(id).sort());
    for (const line of overview.needs) {
      const { plan, stood } = inNeed.find((row) => id(row) === id(line))!;
      expectSame([line.readiness, line.target, line.plan], [stood.readiness, stood.readinessTarget, plan]);
    }
  });

  it("counts answers, minutes and people by week where the team is", async () => {
    const { team, teamId, since, first } = caseOf(key, period);
    const overview = (await asked())!;
    const weeks = new Map<string, { answers: number; durationMs: number; people: Set<string> }>();
    for (let week = first; week <= localDay(new Date(NOW), team.timeZone); week = addDays(week, 7))
      weeks.set(week, { answers: 0, durationMs: 0, people: new Set() });
    for (const [userId, concepts] of assigned(world, teamId)) {
      for (const answer of answersOn(world, knownOf(userId), { teamId, userId, concepts, since })) {
        const week = weeks.get(monday(localDay(answer.reviewedAt, team.timeZone)))!;
        week.answers++;
        week.durationMs += answer.durationMs!;
        week.people.add(userId);
      }
    }
    expect(overview.weeks).toEqual(
      [...weeks].map(([week, { people, ...counted }]) => ({ week, ...counted, people: people.size })),
    );
    expect(overview.weeks.reduce((sum, { answers }) => sum + answers, 0)).toBeGreaterThan(100);
  });

  it("counts a group, an assignment and an area alone where they are asked for", async () => {
    const { teamId } = caseOf(key, period);
    const { groups } = world.memberships.find((row) => row.teamId === teamId && row.groups.length > 0)!;
    const assignment = world.assignments.find((row) => row.teamId === teamId)!.id;
    const area = areaOf(world, conceptsOf(world, assignment)[0]!);
    for (const filter of [{ group: groups[0]!.groupId }, { assignment }, { area }]) {
      const people = [...assigned(world, teamId, filter)].map(([userId, concepts]) =>
        meanReady(concepts.map((id) => readyOf(userId, id))),
      );
      expectSame((await asked(filter))?.today, spread(people.map(({ chance }) => chance)));
    }
  });
});

describe.each(TEAMS.map(({ key }) => ({ key })))("the heat map of $key", ({ key }) => {
  const byPerson = (teamId: string, area?: string) => assigned(world, teamId, area ? { area } : {});

  /** A line of cells: of each column the mean over the concepts in it. */
  function lineOf(cells: Map<string, Ready[]>, columns: readonly { id: string }[]): (Ready | null)[] {
    return columns.map(({ id }) => (cells.has(id) ? meanReady(cells.get(id)!) : null));
  }

  it.each(["areas", "the concepts of each area"])("shows readiness and coverage by %s", async (what) => {
    const teamId = company.teams.get(key)!;
    const all = new Set([...byPerson(teamId).values()].flat().map((id) => areaOf(world, id)));
    for (const area of what === "areas" ? [undefined] : all) {
      const map = (await getHeatMap(owner(), teamId, { period: "4w", area }, NOW))!;
      const people = [...byPerson(teamId, area)].map(([userId, concepts]) => {
        const cells = new Map<string, Ready[]>();
        for (const id of concepts) {
          const column = area ? id : areaOf(world, id);
          cells.set(column, [...(cells.get(column) ?? []), readyOf(userId, id)]);
        }
        return { userId, cells, whole: meanReady(concepts.map((id) => readyOf(userId, id))) };
      });
      expect(map.total).toBe(people.length);
      expect(map.people.map(({ userId }) => userId).sort()).toEqual(
        people.map(({ userId }) => userId).sort(),
      );
      const plain = ({ chance, coverage, cells }: HeatLine) => ({ chance, coverage, cells });
      for (const line of map.people) {
        const { cells, whole } = people.find(({ userId }) => userId === line.userId)!;
        expectSame(plain(line), { ...whole, cells: lineOf(cells, map.columns) });
      }
      const everyone = map.columns.map(({ id }) =>
        meanReady(people.flatMap(({ cells }) => (cells.has(id) ? [meanReady(cells.get(id)!)] : []))),
      );
      expectSame(plain(map.everyone!), { ...meanReady(people.map(({ whole }) => whole)), cells: everyone });
      // Who and what needs help most comes first.
      const chances = map.people.map(({ chance }) => chance);
      expect(chances).toEqual([...chances].sort((a, b) => a - b));
    }
  });
});

describe.each(CASES)("the pages of the people of $key over $period", ({ key, period }) => {
  it("show of each what the raw events come to, and nothing from before they joined", async () => {
    const { team, teamId, since } = caseOf(key, period);
    // Who joined last, and had studied before: their answers are gone through one by one.
    const [last] = [...assigned(world, teamId).keys()].sort(
      (a, b) => +memberOf(world, teamId, b).joinedAt - +memberOf(world, teamId, a).joinedAt,
    );
    for (const userId of assigned(world, teamId).keys()) {
      const page = (await getPersonDashboard(owner(), teamId, userId, { period }, NOW))!;
      const member = memberOf(world, teamId, userId);
      const concepts = member.sharesAll
        ? [...new Set(world.items.map(({ conceptId }) => conceptId))]
        : assigned(world, teamId).get(userId)!;
      const each = new Map(concepts.map((id) => [id, readyOf(userId, id)]));
      expectSame(page.readiness, meanReady([...each.values()]));
      expectSame(
        Object.fromEntries(page.concepts.map(({ id, readiness }) => [id, readiness])),
        Object.fromEntries(each),
      );

      const answers = answersOn(world, knownOf(userId), { teamId, userId, concepts, since });
      const weeks = new Map<string, { week: string; answers: number; durationMs: number; people: number }>();
      for (const { reviewedAt, durationMs } of answers) {
        const week = monday(localDay(reviewedAt, team.timeZone));
        const counted = weeks.get(week) ?? { week, answers: 0, durationMs: 0, people: 1 };
        counted.answers++;
        counted.durationMs += durationMs!;
        weeks.set(week, counted);
      }
      expect(page.weeks).toEqual([...weeks.values()]);

      const sinceJoining = answersOn(world, knownOf(userId), { teamId, userId, concepts, since: 0 });
      const user = world.users.find(({ id }) => id === userId)!;
      expect(page.retention).toEqual(retention(sinceJoining, since, user));

      if (userId === last) {
        const shown = await getAnswersOfPerson(owner(), teamId, userId, { period }, NOW, { limit: 10_000 });
        expect(new Set(shown?.entries.map(({ id }) => id))).toEqual(
          new Set(answers.filter(({ source }) => source !== "exam").map(({ id }) => id)),
        );
      }

      for (const { assignmentId, plan, readiness } of page.assignments) {
        const stood = standing(world, knownOf(userId), assignmentId, userId, NOW);
        const options = { now: NOW, answerMs: 20_000, desiredRetention: stood.desiredRetention };
        expectSame([readiness, plan], [stood.readiness, planOf(stood, stood, options)]);
      }

      const begin = Math.max(since, member.joinedAt.getTime());
      for (const { day, chance } of page.path) {
        expect(Date.parse(day)).toBeGreaterThan(begin - 2 * 86_400_000);
        const noted = world.snapshots.filter(
          (row) => row.userId === userId && row.day.toISOString().startsWith(day),
        );
        // Noted in single precision.
        expect(chance).toBeCloseTo(
          mean(concepts.map((id) => noted.find((row) => row.conceptId === id)?.chance ?? 0)),
          5,
        );
      }
    }
  });
});

describe("what was planted", () => {
  it.each(TEAMS)(
    "is what the heat map of $key puts on top: its weak concepts",
    async ({ key, weaknesses }) => {
      const teamId = company.teams.get(key)!;
      const areas = new Set([...assigned(world, teamId).values()].flat().map((id) => areaOf(world, id)));
      const columns: { id: string; chance: number }[] = [];
      for (const area of areas) {
        const map = (await getHeatMap(owner(), teamId, { period: "4w", area }, NOW))!;
        columns.push(...map.columns.map(({ id }, n) => ({ id, chance: map.everyone!.cells[n]!.chance })));
      }
      columns.sort((a, b) => a.chance - b.chance);
      expect(
        columns
          .slice(0, weaknesses.length)
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...weaknesses].sort());
    },
  );
});
