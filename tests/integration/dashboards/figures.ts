/**
 * Every number of the dashboards on the demo's data beside a naive computation of it from the raw events (`naive.ts`), for three
 * teams and two periods. By page:
 *
 *     overview        readiness today, at the next due moment, change, coverage; people by status; who needs help, with what is
 *                     missing and what the plan says; answers, minutes, people by week; all by group, assignment, area
 *     concepts        readiness and coverage of each cell, each person, everyone
 *     misconceptions  who holds it, of how many asked, at which questions; how many are overcome
 *     items           count, right, discrimination, median time, options, flags; of one: how often each thing was answered
 *     person, me      readiness, path, assignments, weeks, retention, weak concepts, all concepts, answers
 *     exams           assigned, taken, passed, median, distribution, shares by concept; each attempt, and its shares
 *     assignments     people by status; of one: readiness, at the due moment, seen, what the plan says
 */
import { beforeAll, describe, expect, it } from "vitest";
import { groupBy } from "#lib/core/collections.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { currentItems } from "#lib/server/db/sql/member-answers.ts";
import { getAssignment, getAssignments } from "#lib/server/queries/assignments.ts";
import type { DashboardFilter, Period } from "#lib/server/queries/dashboard/filters.ts";
import { getHeatMap, type HeatLine } from "#lib/server/queries/dashboard/heat-map.ts";
import { getItemDashboard, getItems } from "#lib/server/queries/dashboard/items.ts";
import { getMisconceptions } from "#lib/server/queries/dashboard/misconceptions.ts";
import { getOverview } from "#lib/server/queries/dashboard/overview.ts";
import { getAnswersOfPerson, getPersonDashboard } from "#lib/server/queries/dashboard/person.ts";
import { getAttemptShares, getExamResults } from "#lib/server/queries/exam-results.ts";
import { TEAMS } from "../../../scripts/demo/company.ts";
import { type Company, makeCompany } from "../../../scripts/demo/make-company.ts";
import { useDatabase } from "../harness/database.ts";
import { NOW } from "../harness/factories.ts";
import {
  answersOn,
  areaOf,
  assigned,
  beginOf,
  beliefs,
  choicesOf,
  conceptsOf,
  correlation,
  DAY,
  firstOfEach,
  fold,
  type Known,
  localDay,
  mean,
  meanReady,
  median,
  memberOf,
  monday,
  plusDays,
  type Ready,
  readWorld,
  ready,
  retention,
  standing,
  type World,
} from "./naive.ts";

/** @param size share of the company's people to have; 1 for all */
export function compareFigures(size: number): void {
  useDatabase();

  let company: Company;
  let world: World;
  const known = new Map<string, Known>();
  beforeAll(async () => {
    company = await makeCompany({ now: NOW, size, passwordHash: null });
    world = await readWorld();
    for (const { id } of world.users) known.set(id, fold(world, id));
  }, 300_000);

  const knownOf = (userId: string) => known.get(userId)!;
  const readyOf = (userId: string, conceptId: string, at = NOW) =>
    ready(world, knownOf(userId), conceptId, at);

  /** Readiness over concepts as it was when somebody's day had ended. */
  function readyAtEndOf(day: string, userId: string, concepts: readonly string[]): Ready {
    const { timeZone, dayStartHour } = world.users.find(({ id }) => id === userId)!;
    const end = beginOf(plusDays(day, 1), timeZone, dayStartHour);
    const then = fold(world, userId, end);
    return meanReady(concepts.map((id) => ready(world, then, id, end)));
  }
  const owner = (): Person =>
    company.employees.find(({ person }) => person.email.startsWith("owner@"))!.person;

  /** Each team in each period. */
  const CASES = TEAMS.flatMap(({ key }) => (["4w", "12w"] as const).map((period) => ({ key, period })));

  /** A team, and the Monday on which a period begins there. */
  function caseOf(key: string, period: Period) {
    const team = world.teams.find(({ id }) => id === company.teams.get(key))!;
    const first = plusDays(monday(localDay(new Date(NOW), team.timeZone)), period === "4w" ? -21 : -77);
    const since = beginOf(first, team.timeZone);
    return { team, teamId: team.id, first, since };
  }

  /** The same numbers, but for what sums in another order, and stabilities as floats of 4 bytes, come to. */
  function expectSame(actual: unknown, expected: unknown): void {
    const near = (value: unknown): unknown =>
      typeof value === "number"
        ? expect.closeTo(value, 6)
        : Array.isArray(value)
          ? value.map(near)
          : value !== null && typeof value === "object"
            ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, near(one)]))
            : value;
    expect(actual).toEqual(near(expected));
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

      const open = world.assignments.filter(
        (row) => row.teamId === teamId && !row.closedAt && !row.archivedAt,
      );
      const dues = world.assignees
        .filter((row) => open.some(({ id }) => id === row.assignmentId) && row.dueAt.getTime() > NOW)
        .map(({ dueAt }) => dueAt.getTime());
      const at = Math.min(...dues);
      expectSame(overview.nextDue, { at, readiness: spread(readiness(at).map(({ chance }) => chance)) });

      const since = plusDays(localDay(new Date(NOW), team.timeZone), -28);
      const changes = pairs.flatMap(([userId, concepts]) => {
        if (!world.notedOf(userId).includes(since)) return [];
        const before = readyAtEndOf(since, userId, concepts).chance;
        return [meanReady(concepts.map((id) => readyOf(userId, id))).chance - before];
      });
      expect(overview.change?.since).toBe(since);
      expectSame(overview.change?.readiness, spread(changes));
    });

    it("counts who is how far, and names who needs help", async () => {
      const { teamId } = caseOf(key, period);
      const overview = (await asked())!;
      const open = world.assignments.filter(
        (row) => row.teamId === teamId && !row.closedAt && !row.archivedAt,
      );
      const plans = open.flatMap(({ id }) =>
        world.assignees
          .filter(({ assignmentId }) => assignmentId === id)
          .map(({ userId }) => {
            const { plan, ...stood } = standing(world, knownOf(userId), id, userId, NOW);
            return { assignmentId: id, userId, stood, plan };
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
          (plan.status === "notStarted" && (!plan.reachable || NOW - stood.assignedAt >= 3 * DAY)),
      );
      const id = (row: { userId: string; assignmentId: string }) => `${row.assignmentId} ${row.userId}`;
      expect(overview.needs.map(id).sort()).toEqual(inNeed.map(id).sort());
      for (const line of overview.needs) {
        const { plan, stood } = inNeed.find((row) => id(row) === id(line))!;
        const missing = Math.max(0, (stood.readinessTarget ?? 1) - plan.projectedReadiness);
        const urgency = missing + (plan.status === "overdue" ? 1 : 0);
        expectSame(
          [line.readiness, line.target, line.dueAt, line.plan, line.missing, line.urgency],
          [stood.readiness, stood.readinessTarget, stood.dueAt, plan, missing, urgency],
        );
      }
      const urgencies = overview.needs.map(({ urgency }) => urgency);
      expect(urgencies).toEqual([...urgencies].sort((a, b) => b - a));
    });

    it("counts answers, minutes and people by week where the team is", async () => {
      const { team, teamId, since, first } = caseOf(key, period);
      const overview = (await asked())!;
      const weeks = new Map<string, { answers: number; durationMs: number; people: Set<string> }>();
      for (let week = first; week <= localDay(new Date(NOW), team.timeZone); week = plusDays(week, 7))
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
          Object.fromEntries(page.concepts.map(({ id, readiness, items }) => [id, { ...readiness, items }])),
          Object.fromEntries(
            [...each].map(([id, own]) => {
              const items = world.items.filter(({ conceptId }) => conceptId === id).length;
              return [id, { ...own, items }];
            }),
          ),
        );

        const answers = answersOn(world, knownOf(userId), { teamId, userId, concepts, since });
        const weeks = new Map<
          string,
          { week: string; answers: number; durationMs: number; people: number }
        >();
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

        const own = world.assignees.filter((row) => row.teamId === teamId && row.userId === userId);
        expectSame(
          page.assignments
            .map(({ title: _, ...line }) => line)
            .sort((a, b) => (a.assignmentId < b.assignmentId ? -1 : 1)),
          own
            .map(({ assignmentId }) => {
              const { plan, ...stood } = standing(world, knownOf(userId), assignmentId, userId, NOW);
              const { dueAt, readinessTarget: target, readiness } = stood;
              return { assignmentId, dueAt, target, readiness, plan };
            })
            .sort((a, b) => (a.assignmentId < b.assignmentId ? -1 : 1)),
        );
        const weak = [...each]
          .filter(([, { chance, coverage }]) => coverage > 0 && chance < 0.9)
          .map(([, { chance }]) => chance)
          .sort((a, b) => a - b)
          .slice(0, 5);
        expectSame(
          page.weak.map(({ readiness }) => readiness.chance),
          weak,
        );

        const begin = Math.max(since, member.joinedAt.getTime());
        const days = world.notedOf(userId).filter((day) => day >= new Date(begin).toISOString().slice(0, 10));
        expect(page.path.map(({ day }) => day)).toEqual(days);
        // Folding every day anew takes long: the ends, and one between.
        for (const n of new Set([0, Math.floor(page.path.length / 2), page.path.length - 1])) {
          const noted = page.path[n];
          // Noted to six decimals.
          if (noted) expect(noted.chance).toBeCloseTo(readyAtEndOf(noted.day, userId, concepts).chance, 5);
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
      expect(ids.size).toBeGreaterThan(1);
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

    it("say of a question of each kind how often each thing was answered", async () => {
      const { teamId, since } = caseOf(key, period);
      const { items } = (await getItems(owner(), teamId, { period }, NOW))!;
      const first = answered(0).flatMap(({ answers }) =>
        firstOfEach(answers).filter(({ reviewedAt }) => reviewedAt.getTime() >= since),
      );
      const drawn = new Set(
        (await currentItems(db())).filter(({ item }) => item.template).map(({ id }) => id),
      );
      if (key === TEAMS[0]?.key) expect(items.some(({ id }) => drawn.has(id))).toBe(true);
      const alike = groupBy(items, ({ id, kind }) => `${kind} ${drawn.has(id)}`);
      for (const lines of alike.values()) {
        const [most] = lines.sort((a, b) => b.count - a.count);
        const { kind } = most!;
        const page = (await getItemDashboard(owner(), teamId, most!.id, { period }, NOW))!;
        const given = first.filter(({ itemId }) => itemId === most!.id);
        expect(page.line).toEqual(most);
        expect([page.answers, page.earlier]).toEqual([given.length, 0]);
        const choices = given.flatMap(({ answer }) => choicesOf(answer));
        const counted = new Map(choices.map((one) => [one, choices.filter((other) => other === one).length]));
        for (const part of page.parts) {
          const own = [...counted].filter(([one]) => one.startsWith(`${part.id} `));
          if (page.byBelief) {
            for (const { id, count } of part.choices) {
              const those = given.filter(({ correct, misconceptions }) =>
                id === "right" || id === "neither"
                  ? correct === (id === "right") && (correct || misconceptions.length === 0)
                  : misconceptions.includes(id),
              );
              expect(count, `${most!.id} ${id}`).toBe(those.length);
            }
          } else if (kind === "ordering") {
            const placed = part.choices.map(
              ({ id }, place) =>
                given.filter(({ answer }) => (answer as { order: string[] }).order[place] === id).length,
            );
            expect(part.choices.map(({ count }) => count)).toEqual(placed);
          } else {
            for (const { id, count } of part.choices)
              expect(count, `${most!.id} ${part.id} ${id}`).toBe(counted.get(`${part.id} ${id}`) ?? 0);
            const shown = part.choices.reduce((sum, { count }) => sum + count, 0);
            // Of what was typed, only what most people typed is shown.
            if (own.length <= 8) expect(shown).toBe(own.reduce((sum, [, count]) => sum + count, 0));
          }
        }
      }
    });
  });

  describe.each(TEAMS.map(({ key }) => ({ key })))("the assignments of $key", ({ key }) => {
    it("say how many are how far, and of each person what the raw events come to", async () => {
      const teamId = company.teams.get(key)!;
      const list = (await getAssignments(owner(), teamId, NOW))!;
      expect(list.map(({ id }) => id).sort()).toEqual(
        world.assignments
          .filter((row) => row.teamId === teamId)
          .map(({ id }) => id)
          .sort(),
      );
      for (const line of list) {
        const own = world.assignees.filter(({ assignmentId }) => assignmentId === line.id);
        const stood = new Map(
          own.map(({ userId }) => [userId, standing(world, knownOf(userId), line.id, userId, NOW)]),
        );
        expect(line.assignees).toBe(own.length);
        for (const [status, count] of Object.entries(line.counts))
          expect([...stood.values()].filter(({ plan }) => plan.status === status).length).toBe(count);
        const page = (await getAssignment(owner(), teamId, line.id, NOW))!;
        expect(page.rows.length).toBe(own.length);
        for (const { userId, extended, ...row } of page.rows) {
          const expected = stood.get(userId)!;
          const same = Object.fromEntries(
            Object.keys(expected).map((figure) => [figure, row[figure as keyof typeof row]]),
          );
          expectSame(same, expected);
          expect(extended).toBe(own.find((one) => one.userId === userId)!.extended);
        }
      }
    });
  });

  describe.each(TEAMS.map(({ key }) => ({ key })))("the exam results of $key", ({ key }) => {
    it("are those of the answers of each attempt", async () => {
      const teamId = company.teams.get(key)!;
      const page = (await getExamResults(owner(), teamId, {}, NOW))!;
      const byAttempt = (await getAttemptShares(owner(), teamId, {}))!;
      expect(byAttempt.shares.size).toBe(page.attempts.length);
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
        const shares = line.concepts.map(({ items, right }) => right / items);
        expect(shares).toEqual([...shares].sort((a, b) => a - b));
        const shown = page.attempts.filter(({ assignmentId }) => assignmentId === line.assignmentId);
        expectSame(
          Object.fromEntries(
            shown.map(({ id, userId, number, startedAt, endedAt, score, passed }) => [
              id,
              [userId, number, startedAt, endedAt, score, passed],
            ]),
          ),
          Object.fromEntries(
            attempts.map(({ id, userId, number, startedAt, submittedAt, share }) => [
              id,
              [userId, number, +startedAt, +submittedAt!, share, share >= passMark],
            ]),
          ),
        );
        for (const { id, answers: ofAttempt } of attempts) {
          const own = ofAttempt.map(({ itemId, correct }) => ({ concept: conceptOf(itemId), correct }));
          const expected = [...new Set(own.map(({ concept }) => concept))].map((concept) => {
            const ofConcept = own.filter((one) => one.concept === concept);
            return [concept, mean(ofConcept.map(({ correct }) => Number(correct)))];
          });
          expectSame(Object.fromEntries(byAttempt.shares.get(id)!), Object.fromEntries(expected));
        }
      }
    });
  });

  describe.each(TEAMS.map(({ key }) => ({ key })))("the made-up team $key", ({ key }) => {
    it("has a link that is used up, one that was withdrawn, and one that is open", async () => {
      const invites = await db().invite.findMany({
        where: { teamId: company.teams.get(key)! },
        orderBy: { createdAt: "asc" },
      });
      expect(
        invites.map(({ uses, maxUses, revokedAt }) => (revokedAt ? "withdrawn" : maxUses - uses > 0)),
      ).toEqual([false, "withdrawn", true]);
      expect(invites.every(({ expiresAt }) => +expiresAt > NOW)).toBe(true);
    });
  });

  it("has one part of an assignment that was put off, and one assignment that is closed", () => {
    const putOff = world.assignees.filter(({ extended }) => extended);
    expect(putOff.map(({ assignmentId }) => assignmentId)).toEqual([company.assignments.get("cni")]);
    const closed = world.assignments.filter(({ closedAt }) => closedAt !== null);
    expect(closed.map(({ id }) => id)).toEqual([company.assignments.get("basics")]);
  });
}
