import { beforeAll, describe, expect, it } from "vitest";
import { groupBy } from "#lib/core/collections.ts";
import { MIN_DISCRIMINATION_COUNT } from "#lib/core/mastery/index.ts";
import {
  type Answer,
  isKey,
  misconceptionsOf,
  type PublishedItem,
  randomFrom,
} from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import type { ReviewEvent } from "#lib/core/reviews/event.ts";
import { DAY_MS } from "#lib/core/scheduling/index.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { createTeam as createTeamByOwner } from "#lib/server/commands/create-team.ts";
import { editTeam } from "#lib/server/commands/edit-team.ts";
import { exportAccount } from "#lib/server/commands/export-account.ts";
import { importAccount } from "#lib/server/commands/import-account.ts";
import { mergeGuest } from "#lib/server/commands/merge-guest.ts";
import { rebuildCardStates } from "#lib/server/commands/rebuild-card-states.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { loadContent, publishContent, syncContent } from "#lib/server/content/index.ts";
import { db } from "#lib/server/db/client.ts";
import { writeMemberFigures } from "#lib/server/db/sql/member-figures.ts";
import { dashboardFilterSchema, type Period, sinceOf } from "#lib/server/queries/dashboard/filters.ts";
import { getItemDashboard, getItems } from "#lib/server/queries/dashboard/items.ts";
import { getMisconceptions } from "#lib/server/queries/dashboard/misconceptions.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  cardEvent,
  createAssignment,
  createPerson,
  createTeam,
  NOW,
  SYNCED,
} from "../harness/factories.ts";

useDatabase();

/** Days before `NOW`. */
const ago = (days: number) => Math.floor(NOW - days * DAY_MS);
const MEMBERS = MIN_DISCRIMINATION_COUNT + 3;

let items: PublishedItem[];
let conceptOf: Map<string, string>;
let assigned: string[];
let manager: Person;
let outsider: Person;
let members: Person[];
let teamId: string;
let groupId: string;

/** A wrong answer of any kind, which shows a belief where that can be told from it. */
function wrongAnswer(item: PublishedItem, draw: () => number): Answer {
  const any = <T>(values: readonly T[]): T => values[Math.floor(draw() * values.length)] as T;
  switch (item.kind) {
    case "single":
      return { option: any(item.options.filter((option) => !isKey(option))).id };
    case "multiple":
      return { options: item.options.filter((option) => !isKey(option) || draw() < 0.5).map(({ id }) => id) };
    case "classify":
      return { buckets: Object.fromEntries(item.cards.map(({ id }) => [id, any(item.buckets).id])) };
    case "matching":
      return { matches: Object.fromEntries(item.pairs.map(({ id }) => [id, any(item.pairs).id])) };
    case "cloze":
      return { gaps: Object.fromEntries(item.gaps.map(({ id, traps }) => [id, traps?.[0]?.answer ?? "?"])) };
    case "numeric":
      return { number: String(item.traps?.[0]?.value ?? -1) };
    case "ordering":
      return { order: [...item.steps].reverse().map(({ id }) => id) };
    case "manifest":
      return { manifests: item.task.start };
    case "flashcard":
      return { recall: "again" };
  }
}

/** What a person of some ability answers to half of the items, some of them again, some at once, some undone, some crammed. */
function history(person: Person, ability: number, draw: () => number): ReviewEvent[] {
  return items.flatMap((item) => {
    if (draw() < 0.4) return [];
    const [first, soon] = [ago(150 * draw()), draw() < 0.5];
    const answers = Array.from({ length: 1 + Math.floor(draw() * 3) }, () =>
      answerEvent({
        itemId: item.id,
        revision: item.revision,
        at: soon ? first + Math.floor(12 * 3_600_000 * draw()) : ago(150 * draw()),
        answer: draw() < ability ? rightAnswer(item, person.locale) : wrongAnswer(item, draw),
        source: draw() < 0.15 ? "cram" : draw() < 0.15 ? "quiz" : "study",
        durationMs: Math.floor(2000 + draw() * 60_000),
      }),
    );
    const undone = answers.filter(() => draw() < 0.15);
    return [
      ...answers,
      ...undone.map(({ id, at }) =>
        cardEvent({ type: "undo", itemId: item.id, targetId: id, at: at + 1 } as never),
      ),
    ];
  });
}

beforeAll(async () => {
  const content = publishContent(await loadContent("content"));
  await syncContent(db(), content, SYNCED);
  const all = content.items.map(({ payload, concept }) => ({ payload, concept }));
  conceptOf = new Map(all.map(({ payload, concept }) => [payload.id, concept]));
  const byConcept = [...groupBy(all, ({ concept }) => concept).values()].slice(0, 8);
  items = byConcept.flat().map(({ payload }) => payload);
  // Every other concept is assigned; the rest they study for themselves.
  assigned = byConcept.filter((_, index) => index % 2 === 0).map(([first]) => first?.concept ?? "");

  [manager, outsider] = [await createPerson(), await createPerson()];
  members = [];
  for (let n = 0; n < MEMBERS; n++) {
    const [person, draw] = [await createPerson({ name: `Member ${n}` }), randomFrom(n + 1)];
    const events = history(person, n / MEMBERS, draw);
    for (let start = 0; start < events.length; start += 400) {
      const recorded = await recordReviews(person, events.slice(start, start + 400), NOW);
      if (!recorded.ok) throw new Error(recorded.error);
      expect(recorded.value.results.filter(({ status }) => status === "refused")).toEqual([]);
    }
    members.push(person);
  }
  teamId = await createTeam({ manager: [manager], learner: members });
  await createTeam({ owner: [outsider] });
  // Some had begun before they joined.
  for (const [n, { userId }] of members.entries())
    await db().membership.update({
      where: { teamId_userId: { teamId, userId } },
      data: { joinedAt: new Date(ago(n % 3 === 0 ? 365 : 70)) },
    });
  await db().$transaction((tx) => writeMemberFigures(tx, null), { timeout: 60_000 });
  groupId = crypto.randomUUID();
  await db().teamGroup.create({ data: { id: groupId, teamId, name: "Night shift" } });
  await db().groupMember.createMany({
    data: members.slice(0, 6).map(({ userId }) => ({ groupId, teamId, userId })),
  });
  await createAssignment(teamId, {
    scope: { create: assigned.map((refId) => ({ kind: "concept" as const, refId })) },
  });
});

/** Standing answers that a manager sees, oldest first, by person: counted in TypeScript from the raw events. */
async function visibleAnswers(period: Period, among: readonly Person[]) {
  const since = sinceOf(period, "Asia/Tokyo", NOW) ?? 0;
  const rows = await db().review.findMany({ where: { userId: { in: among.map(({ userId }) => userId) } } });
  const undone = new Set(rows.filter(({ type }) => type === "undo").map(({ targetId }) => targetId));
  const joined = new Map(
    (await db().membership.findMany({ where: { teamId } })).map(({ userId, joinedAt }) => [
      userId,
      joinedAt.getTime(),
    ]),
  );
  const seen = rows
    .filter(({ id, type, source }) => type === "answer" && source !== "cram" && !undone.has(id))
    .filter(({ itemId }) => assigned.includes(conceptOf.get(itemId) ?? ""))
    .filter(({ userId, reviewedAt }) => reviewedAt.getTime() >= (joined.get(userId) ?? 0))
    .sort((a, b) => a.reviewedAt.getTime() - b.reviewedAt.getTime());
  return { since, seen };
}
type Seen = Awaited<ReturnType<typeof visibleAnswers>>["seen"];

function naiveItems({ since, seen }: { since: number; seen: Seen }) {
  const firsts = [...groupBy(seen, ({ userId, itemId }) => `${userId} ${itemId}`).values()]
    .map(([first]) => first as Seen[number])
    .filter(({ reviewedAt }) => reviewedAt.getTime() >= since);
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  return new Map(
    [...groupBy(firsts, ({ itemId }) => itemId)].map(([itemId, answers]) => {
      const tries = answers.flatMap(({ userId, correct }) => {
        const rest = firsts.filter((one) => one.userId === userId && one.itemId !== itemId);
        if (rest.length === 0) return [];
        return [{ x: correct ? 1 : 0, y: rest.filter((one) => one.correct).length / rest.length }];
      });
      const [mx, my] = [mean(tries.map(({ x }) => x)), mean(tries.map(({ y }) => y))];
      const sum = (of: (dx: number, dy: number) => number) =>
        tries.reduce((total, { x, y }) => total + of(x - mx, y - my), 0);
      const [xx, yy] = [sum((dx) => dx * dx), sum((_, dy) => dy * dy)];
      const times = answers.map(({ durationMs }) => durationMs ?? 0).sort((a, b) => a - b);
      const half = (times.length - 1) / 2;
      return [
        itemId,
        {
          count: answers.length,
          right: answers.filter(({ correct }) => correct).length,
          n: tries.length,
          r: xx < 1e-9 || yy < 1e-9 ? null : sum((dx, dy) => dx * dy) / Math.sqrt(xx * yy),
          median: ((times[Math.floor(half)] ?? 0) + (times[Math.ceil(half)] ?? 0)) / 2,
          chosen: answers.flatMap(({ answer }) => {
            const given = answer as { option?: string; options?: string[] };
            return given.option ? [given.option] : (given.options ?? []);
          }),
        },
      ];
    }),
  );
}

/** Of each belief, who was asked about it, and at which questions it shows of whoever holds it. */
function naiveBeliefs({ since, seen }: { since: number; seen: Seen }) {
  const telling = seen.filter((answer) => {
    const before = seen.filter(
      ({ userId, itemId, reviewedAt }) =>
        userId === answer.userId && itemId === answer.itemId && reviewedAt < answer.reviewedAt,
    );
    return before.every(({ reviewedAt }) => +answer.reviewedAt - +reviewedAt >= 6 * 3_600_000);
  });
  const recent = telling.filter(({ reviewedAt }) => reviewedAt.getTime() >= since);
  const last = [...groupBy(recent, ({ userId, itemId }) => `${userId} ${itemId}`).values()]
    .map((answers) => answers.at(-1) as Seen[number])
    .sort((a, b) => +b.reviewedAt - +a.reviewedAt);
  const beliefs = new Map<string, { asked: string[]; held: Map<string, string[]> }>();
  for (const belief of items.flatMap(misconceptionsOf)) {
    const carriers = new Set(
      items.filter((item) => misconceptionsOf(item).includes(belief)).map(({ id }) => id),
    );
    const told = last.filter(({ itemId }) => carriers.has(itemId));
    const held = new Map<string, string[]>();
    const byPerson = groupBy(told, ({ userId }) => userId);
    for (const [userId, answers] of byPerson) {
      const shown = answers.slice(0, 4).filter(({ misconceptions }) => misconceptions.includes(belief));
      if (shown.length >= 2 || (shown.length === 1 && answers.length === 1))
        held.set(
          userId,
          shown.map(({ itemId }) => itemId),
        );
    }
    beliefs.set(belief, { asked: [...byPerson.keys()], held });
  }
  return beliefs;
}

const filter = (query: Record<string, string> = {}) => dashboardFilterSchema.parse(query);
const CASES = [
  ["all", undefined],
  ["12w", undefined],
  ["4w", undefined],
  ["12w", "group"],
] as const;

describe.each(CASES)("over %s, %s, as counted from the raw events", (period, narrowed) => {
  const query = () => filter({ period, ...(narrowed ? { group: groupId } : {}) });
  const among = () => (narrowed ? members.slice(0, 6) : members);

  it("are the figures of questions", async () => {
    const naive = naiveItems(await visibleAnswers(period, among()));
    const dashboard = await getItems(manager, teamId, query(), NOW);
    expect(dashboard?.items.map(({ id }) => id).sort()).toEqual([...naive.keys()].sort());
    for (const line of dashboard?.items ?? []) {
      const own = naive.get(line.id);
      expect(line).toMatchObject({ count: own?.count, right: own?.right, medianMs: own?.median });
      expect(line.discrimination.count, line.id).toBe(own?.n);
      if (own?.r == null) expect(line.discrimination.r).toBeNull();
      else expect(line.discrimination.r).toBeCloseTo(own.r, 9);
      for (const { id, count } of line.options)
        expect(count).toBe(own?.chosen.filter((option) => option === id).length);
    }
  });

  it("is who holds which wrong belief, of whom was asked, by which question", async () => {
    const naive = naiveBeliefs(await visibleAnswers(period, among()));
    const dashboard = await getMisconceptions(manager, teamId, query(), NOW);
    const held = [...naive].filter(([, belief]) => belief.held.size > 0);
    expect(dashboard?.beliefs.map(({ id }) => id).sort()).toEqual(held.map(([id]) => id).sort());
    expect(held.length).toBeGreaterThan(3);
    for (const { id, holders, asked, items: revealed } of dashboard?.beliefs ?? []) {
      const own = naive.get(id);
      expect(holders.map(({ userId }) => userId).sort()).toEqual([...(own?.held.keys() ?? [])].sort());
      expect(asked).toBe(own?.asked.length);
      const counted = [...groupBy([...(own?.held.values() ?? [])].flat(), (itemId) => itemId)];
      expect(Object.fromEntries(revealed.map((item) => [item.id, item.count]))).toEqual(
        Object.fromEntries(counted.map(([itemId, { length }]) => [itemId, length])),
      );
    }
    const overcome = [...naive.values()].filter((one) => one.asked.length > 0 && one.held.size === 0);
    expect(dashboard?.overcome).toBe(overcome.length);
  });
});

describe("a question of a team", () => {
  it("tells how often each thing was answered, of every kind", async () => {
    const dashboard = await getItems(manager, teamId, filter({ period: "all" }), NOW);
    const kinds = groupBy(dashboard?.items ?? [], ({ kind }) => kind);
    expect(kinds.size).toBeGreaterThan(5);
    for (const [first] of kinds.values()) {
      const one = await getItemDashboard(manager, teamId, first?.id ?? "", filter({ period: "all" }), NOW);
      expect(one?.answers).toBe(first?.count);
      expect(one?.line).toEqual(first);
      if (first?.kind === "single")
        expect(one?.parts[0]?.choices.map(({ id, count }) => [id, count])).toEqual(
          first.options.map(({ id, count }) => [id, count]),
        );
      if (first?.kind === "flashcard")
        expect(one?.parts[0]?.choices.reduce((sum, { count }) => sum + count, 0)).toBe(first.count);
    }
  });

  it("is none that was not assigned, though members answered it", async () => {
    const other = items.find(({ id }) => !assigned.includes(conceptOf.get(id) ?? ""));
    expect(await db().review.count({ where: { itemId: other?.id ?? "" } })).toBeGreaterThan(0);
    expect(
      await getItemDashboard(manager, teamId, other?.id ?? "", filter({ period: "all" }), NOW),
    ).toBeNull();
  });
});

describe("a wrong answer that is put right", () => {
  it("still tells of the belief in the same sitting, and no more once it was known on another day", async () => {
    const single = items.filter((item) => item.kind === "single");
    const [belief, carriers] =
      [...new Set(single.flatMap(misconceptionsOf))]
        .map((one) => [one, single.filter((item) => misconceptionsOf(item).includes(one))] as const)
        .find(([, { length }]) => length > 1) ?? expect.fail("No belief shows at two questions");
    const asked = carriers.slice(0, 2);
    const person = await createPerson();
    const id = await createTeam({ manager: [manager], learner: [person] });
    await db().membership.updateMany({ where: { teamId: id }, data: { joinedAt: new Date(ago(365)) } });
    await createAssignment(id, {
      scope: {
        create: asked.map((item) => ({
          kind: "concept" as const,
          refId: conceptOf.get(item.id) ?? "",
        })),
      },
    });
    const answers = (days: number, right: boolean) =>
      asked.map((item) =>
        answerEvent({
          itemId: item.id,
          revision: item.revision,
          at: ago(days),
          answer: right
            ? rightAnswer(item, "ja")
            : {
                option:
                  item.options.find((option) => "misconception" in option && option.misconception === belief)
                    ?.id ?? "",
              },
        }),
      );
    const holders = async () => {
      const page = await getMisconceptions(manager, id, filter({ period: "all" }), NOW);
      return page?.beliefs.find((one) => one.id === belief)?.holders.length ?? 0;
    };
    await recordReviews(person, answers(3, false), NOW);
    expect(await holders()).toBe(1);
    // Ten minutes later they repeat what they have just read.
    await recordReviews(person, answers(3 - 10 / 1440, true), NOW);
    expect(await holders()).toBe(1);
    await recordReviews(person, answers(2, true), NOW);
    expect(await holders()).toBe(0);
  });
});

describe("who does not manage the team", () => {
  it("finds nothing of it", async () => {
    const guest = await createPerson({ isGuest: true });
    for (const viewer of [outsider, members[0], guest, NOBODY] as Viewer[]) {
      expect(await getItems(viewer, teamId, filter(), NOW)).toBeNull();
      expect(await getMisconceptions(viewer, teamId, filter(), NOW)).toBeNull();
      expect(await getItemDashboard(viewer, teamId, items[0]?.id ?? "", filter(), NOW)).toBeNull();
    }
    expect(await getItems(manager, "no-team", filter(), NOW)).toBeNull();
  });
});

describe("what teams count of members", () => {
  /** All that is kept, and the same made anew from all reviews. */
  const kept = async () => ({
    answers: await db().memberAnswers.findMany({
      orderBy: [{ teamId: "asc" }, { userId: "asc" }, { itemId: "asc" }],
    }),
    weeks: await db().memberWeek.findMany({
      orderBy: [{ teamId: "asc" }, { userId: "asc" }, { week: "asc" }],
    }),
    digests: await db().memberDigest.findMany({ orderBy: [{ teamId: "asc" }, { userId: "asc" }] }),
  });
  const anew = async () => {
    await db().memberAnswers.deleteMany();
    await db().memberWeek.deleteMany();
    await db().memberDigest.deleteMany();
    await db().$transaction((tx) => writeMemberFigures(tx, null), { timeout: 60_000 });
    return kept();
  };

  it("is kept by ingest as it would be made anew", async () => {
    const before = await kept();
    expect(before.answers.length).toBeGreaterThan(300);
    expect(before.weeks.length).toBeGreaterThan(100);
    expect(await anew()).toEqual(before);
  });

  it("holds what the first owner knew before, and follows the team's calendar", async () => {
    const [owner, [item]] = [await createPerson(), items];
    const answered = (at: string) =>
      answerEvent({
        itemId: item?.id ?? "",
        revision: item?.revision ?? 1,
        at: Date.parse(at),
        answer: rightAnswer(item as PublishedItem, "ja"),
      });
    await recordReviews(owner, [answered("2026-11-10T09:00:00Z")], NOW);
    const made = await createTeamByOwner(
      owner,
      { name: "Newest", timeZone: "Asia/Tokyo", personName: "Olga" },
      Date.parse("2026-11-11T00:00:00Z"),
    );
    if (!made.ok) throw new Error(made.error);
    const where = { teamId: made.value.teamId };
    expect(await db().memberDigest.findMany({ where })).toMatchObject([{ cards: { length: 24 } }]);

    // Monday at half past midnight in Tokyo is Sunday morning in Los Angeles.
    await recordReviews(owner, [answered("2026-11-22T15:30:00Z")], NOW);
    const week = () => db().memberWeek.findMany({ where });
    expect(await week()).toMatchObject([{ week: new Date("2026-11-23") }]);
    await editTeam(owner, { ...where, name: "Newest", timeZone: "America/Los_Angeles" }, NOW);
    expect(await week()).toMatchObject([{ week: new Date("2026-11-16") }]);
  });

  it("counts an answer no more in its week once it is undone", async () => {
    const person = await createPerson();
    const id = await createTeam({ learner: [person] });
    const itemId = items[0]?.id ?? "";
    const event = answerEvent({
      itemId,
      revision: items[0]?.revision ?? 1,
      at: ago(10),
      answer: rightAnswer(items[0] as PublishedItem, "ja"),
    });
    const week = () => db().memberWeek.findMany({ where: { teamId: id } });
    await recordReviews(person, [event], NOW);
    expect(await week()).toMatchObject([{ week: new Date("2026-11-09"), answers: { length: 8 } }]);
    await recordReviews(
      person,
      [cardEvent({ type: "undo", itemId, targetId: event.id, at: ago(9) } as never)],
      NOW,
    );
    expect(await week()).toMatchObject([{ answers: { length: 0 } }]);
  });

  it("follows a guest into the account, and an export into another", async () => {
    const [guest, account, other] = [
      await createPerson({ isGuest: true }),
      await createPerson(),
      await createPerson(),
    ];
    await createTeam({ learner: [account, other] });
    const [item] = items;
    if (!item) throw new Error("There is no item");
    const asked = { itemId: item.id, revision: item.revision };
    const right = rightAnswer(item, "ja");
    await recordReviews(guest, [answerEvent({ ...asked, at: ago(3), answer: right, durationMs: 1111 })], NOW);
    await recordReviews(
      account,
      [answerEvent({ ...asked, at: ago(2), answer: right, durationMs: 2222 })],
      NOW,
    );
    await db().$transaction((tx) => mergeGuest(tx, guest.userId, account.userId, NOW));
    const file = await exportAccount(account, NOW);
    if (!file.ok) throw new Error(file.error);
    const erased = JSON.parse(JSON.stringify(file.value)) as { events: { id: string }[] };
    for (const event of erased.events) event.id = crypto.randomUUID();
    await importAccount(other, erased, { apply: true, now: NOW });
    for (const { userId } of [account, other]) {
      const [row, ...more] = await db().memberAnswers.findMany({ where: { userId } });
      expect(more).toEqual([]);
      expect([row?.firstAt.getTime(), row?.lastAt.getTime()]).toEqual([ago(3), ago(2)]);
      expect(Buffer.from(row?.first ?? []).readInt32BE(4)).toBe(1111);
    }
    const before = await kept();
    expect(await anew()).toEqual(before);
  });

  it("is found wrong and put right by a rebuild, and is gone when the last answer is undone", async () => {
    const person = await createPerson();
    await createTeam({ learner: [person] });
    const [item] = items;
    const event = answerEvent({
      itemId: item?.id ?? "",
      revision: item?.revision ?? 1,
      answer: rightAnswer(item as PublishedItem, "ja"),
    });
    await recordReviews(person, [event], NOW);
    const own = { where: { userId: person.userId } };
    await db().memberAnswers.updateMany({ ...own, data: { firstAt: new Date(0) } });
    expect(await rebuildCardStates({ fix: true, now: NOW })).toMatchObject({ wrongFigures: 1 });
    expect((await db().memberAnswers.findFirst(own))?.firstAt.getTime()).toBe(event.at);
    expect(await rebuildCardStates({ fix: false, now: NOW })).toMatchObject({ wrongFigures: 0 });
    await recordReviews(
      person,
      [cardEvent({ type: "undo", itemId: event.itemId, targetId: event.id } as never)],
      NOW,
    );
    expect(await db().memberAnswers.count(own)).toBe(0);
  });
});
