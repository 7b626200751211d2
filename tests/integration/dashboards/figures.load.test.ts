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
import { getItems } from "#lib/server/queries/dashboard/items.ts";
import { getMisconceptions } from "#lib/server/queries/dashboard/misconceptions.ts";
import { getOverview } from "#lib/server/queries/dashboard/overview.ts";
import { getAnswersOfPerson, getPersonDashboard } from "#lib/server/queries/dashboard/person.ts";
import { getExamResults } from "#lib/server/queries/exam-results.ts";
import { TEAMS } from "../../../scripts/demo/company.ts";
import { type Company, makeCompany } from "../../../scripts/demo/make-company.ts";
import { useDatabase } from "../harness/database.ts";
import { NOW } from "../harness/factories.ts";
import {
  answersOn,
  areaOf,
  assigned,
  beliefs,
  conceptsOf,
  correlation,
  firstOfEach,
  fold,
  type Known,
  localDay,
  mean,
  meanReady,
  median,
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
const SIZE = 0.35;

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
  if (values.length === 1) return { mean: middle, margin: null, people: 1 };
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

describe.each(CASES)("misconceptions and items of $key over $period", ({ key, period }) => {
  /** What each member answered on what was assigned to them, since they joined and since a moment. */
  function answered(since: number) {
    const { teamId } = caseOf(key, period);
    return [...assigned(world, teamId)].map(([userId, concepts]) => ({
      userId,
      answers: answersOn(world, knownOf(userId), { teamId, userId, concepts, since }),
    }));
  }

  it("name who holds which belief, of how many who were asked, and by which questions", async () => {
    const { teamId, since } = caseOf(key, period);
    const page = (await getMisconceptions(owner(), teamId, { period }, NOW))!;
    const stances = answered(0).flatMap(({ userId, answers }) =>
      [...beliefs(world, answers, since)].map(([belief, shownAt]) => ({ belief, userId, shownAt })),
    );
    const held = stances.filter(({ shownAt }) => shownAt.length > 0);
    const ids = new Set(held.map(({ belief }) => belief));
    expect(ids.size).toBeGreaterThan(2);
    expect(new Set(page.beliefs.map(({ id }) => id))).toEqual(ids);
    expect(page.overcome).toBe(new Set(stances.map(({ belief }) => belief)).size - ids.size);
    for (const { id, holders, asked, items } of page.beliefs) {
      const own = held.filter(({ belief }) => belief === id);
      expect(holders.map(({ userId }) => userId).sort()).toEqual(own.map(({ userId }) => userId).sort());
      expect(asked).toBe(stances.filter(({ belief }) => belief === id).length);
      const shown = new Set(own.flatMap(({ shownAt }) => shownAt));
      expect(Object.fromEntries(items.map((item) => [item.id, item.count]))).toEqual(
        Object.fromEntries(
          [...shown].map((item) => [item, own.filter(({ shownAt }) => shownAt.includes(item)).length]),
        ),
      );
    }
  });

  it("say how questions do at first try, what tells people apart, and what does not", async () => {
    const { teamId, since } = caseOf(key, period);
    const page = (await getItems(owner(), teamId, { period }, NOW))!;
    const people = answered(0).map(({ answers }) =>
      firstOfEach(answers).filter(({ reviewedAt }) => reviewedAt.getTime() >= since),
    );
    const all = people.flat();
    expect(page.items.map(({ id }) => id).sort()).toEqual(
      [...new Set(all.map(({ itemId }) => itemId))].sort(),
    );
    const medians = (kind: string) =>
      page.items.filter((item) => item.kind === kind && item.count >= 10).map(({ medianMs }) => medianMs!);
    for (const line of page.items) {
      const own = all.filter(({ itemId }) => itemId === line.id);
      const right = own.filter(({ correct }) => correct).length;
      const middle = median(own.map(({ durationMs }) => durationMs!));
      expect([line.count, line.right, line.medianMs]).toEqual([own.length, right, middle]);

      const tries = people.flatMap((answers): [number, number][] => {
        const answer = answers.find(({ itemId }) => itemId === line.id);
        const others = answers.filter(({ itemId }) => itemId !== line.id);
        if (!answer || others.length === 0) return [];
        return [[Number(answer.correct), mean(others.map(({ correct }) => Number(correct)))]];
      });
      const r = correlation(tries);
      expectSame(line.discrimination, { count: tries.length, r });

      const chosen = own.flatMap(({ answer }) => {
        const given = answer as { option?: string; options?: string[] };
        return given.options ?? (given.option ? [given.option] : []);
      });
      for (const { id, count } of line.options)
        expect(chosen.filter((option) => option === id).length, `${line.id} ${id}`).toBe(count);

      const share = right / own.length;
      const flags = {
        tooEasy: share >= 0.95,
        tooHard: share <= 0.25,
        misleading: tries.length >= 15 && r !== null && r < -2 / Math.sqrt(tries.length),
        unusedOption: share < 0.95 && line.options.some((option) => !option.key && option.count === 0),
        slow: middle! > 2 * (median(medians(line.kind)) ?? Number.POSITIVE_INFINITY),
      };
      const raised = Object.entries(flags).filter(([, is]) => is && own.length >= 10);
      expect([...line.flags].sort(), line.id).toEqual(raised.map(([flag]) => flag).sort());
    }
  });
});

describe.each(TEAMS.map(({ key }) => ({ key })))("the exam results of $key", ({ key }) => {
  it("are those of the answers of each attempt", async () => {
    const teamId = company.teams.get(key)!;
    const page = (await getExamResults(owner(), teamId, {}, NOW))!;
    const exams = world.assignments.filter((row) => row.teamId === teamId && row.exam);
    expect(page.exams.map(({ assignmentId }) => assignmentId).sort()).toEqual(
      exams.map(({ id }) => id).sort(),
    );
    for (const line of page.exams) {
      const { passMark } = exams.find(({ id }) => id === line.assignmentId)!.exam!;
      const people = world.assignees.filter(({ assignmentId }) => assignmentId === line.assignmentId);
      const attempts = world.attempts
        .filter(({ assignmentId, userId }) => {
          const isMember = world.memberships.some((row) => row.teamId === teamId && row.userId === userId);
          return assignmentId === line.assignmentId && isMember;
        })
        .map((attempt) => ({
          ...attempt,
          share: mean(attempt.answers.map(({ correct }) => Number(correct))),
        }));
      const takers = [...new Set(attempts.map(({ userId }) => userId))];
      const best = takers.map((id) =>
        Math.max(...attempts.filter(({ userId }) => userId === id).map(({ share }) => share)),
      );
      expect(line.passMark).toBe(passMark);
      expect([line.assigned, line.taken, line.passed]).toEqual([
        people.length,
        takers.length,
        best.filter((share) => share >= passMark).length,
      ]);
      expectSame(line.median, median(best));
      const tenths = Array.from(
        { length: 10 },
        (_, n) => best.filter((share) => Math.min(9, Math.floor(share * 10 + 1e-9)) === n).length,
      );
      expect(line.distribution).toEqual(tenths);
      const answers = attempts.flatMap((attempt) => attempt.answers);
      const conceptOf = (itemId: string) => world.items.find(({ id }) => id === itemId)!.conceptId;
      expect(line.concepts.length).toBe(new Set(answers.map(({ itemId }) => conceptOf(itemId))).size);
      for (const { conceptId, items, right } of line.concepts) {
        const own = answers.filter(({ itemId }) => conceptOf(itemId) === conceptId);
        expect([items, right]).toEqual([own.length, own.filter(({ correct }) => correct).length]);
      }
      const shown = page.attempts.filter(({ assignmentId }) => assignmentId === line.assignmentId);
      expectSame(
        Object.fromEntries(shown.map(({ id, score }) => [id, score])),
        Object.fromEntries(attempts.map(({ id, share }) => [id, share])),
      );
    }
  });
});

describe("what was planted", () => {
  it.each(TEAMS)("is what is held by most in $key: its misconceptions", async ({ key, misconceptions }) => {
    const page = (await getMisconceptions(owner(), company.teams.get(key)!, { period: "4w" }, NOW))!;
    const planted = Object.keys(misconceptions);
    const top = page.beliefs.slice(0, planted.length);
    expect(top.map(({ id }) => id).sort()).toEqual(planted.sort());
  });

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
