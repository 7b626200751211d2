import { beforeAll, describe, expect, it } from "vitest";
import { conceptReadiness } from "#lib/core/mastery/index.ts";
import { randomFrom } from "#lib/core/questions/random.ts";
import { createScheduler, DAY_MS, DEFAULT_DECAY, NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";
import { countedPairs, type Narrowing, seenPairs } from "#lib/server/db/sql/pairs.ts";
import { readinessCells } from "#lib/server/db/sql/readiness.ts";
import { useDatabase } from "../harness/database.ts";
import { createAssignment, createPerson, createTeam, NOW, syncFixtureContent } from "../harness/factories.ts";

useDatabase();
beforeAll(syncFixtureContent);

/** FSRS-6's published weights but for w20, the decay of the forgetting curve. */
const DEFAULTS = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
  1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658,
];

interface Cell {
  userId: string;
  conceptId: string;
  items: number;
  chance: number;
  coverage: number;
}
const later = NOW + 30 * DAY_MS;
const cells = (pairs: ReturnType<typeof countedPairs>, at = NOW) =>
  db().$queryRaw<Cell[]>`${readinessCells(pairs, new Date(at))} ORDER BY 1, 2`;

/** Gives a person card states of all sorts, drawn from a seed. */
async function remember({ userId }: Person, seed: number) {
  const random = randomFrom(seed);
  const items = await db().item.findMany({ orderBy: { id: "asc" } });
  await db().cardState.createMany({
    data: items.flatMap(({ id: itemId }) => {
      if (random() < 0.25) return [];
      const forgotten = random() < 0.15;
      return {
        userId,
        itemId,
        state: "review" as const,
        due: new Date(NOW),
        stability: forgotten ? 0 : 0.01 + random() ** 4 * 400,
        difficulty: 5,
        step: 0,
        scheduledDays: 1,
        reps: 1,
        lapses: 0,
        // Some were answered by a clock that is ahead.
        lastReview: forgotten ? null : new Date(NOW + DAY_MS - Math.floor(random() * 300 * DAY_MS)),
      };
    }),
  });
}

let manager: Person;
let learners: Person[];
let outsider: Person;
let teamId: string;
beforeAll(async () => {
  [manager, outsider] = [await createPerson(), await createPerson()];
  learners = [];
  for (const [seed, decay] of [null, 0.1, 0.35, 0.8].entries()) {
    const person = await createPerson({ weights: decay === null ? null : [...DEFAULTS, decay] });
    await db().user.update({
      where: { id: person.userId },
      data: { schedulerWeights: [...(person.weights ?? [])] },
    });
    await remember(person, seed + 1);
    learners.push(person);
  }
  teamId = await createTeam({ manager: [manager], learner: learners });
  await createTeam({ owner: [outsider] });
  await createAssignment(teamId);
});

/** The same by what browsers use, from all there is about a person and a concept. */
async function naive({ userId, weights }: Person, conceptId: string, at: number) {
  const items = await db().item.findMany({
    where: { conceptId, retiredAt: null },
    include: { cardStates: { where: { userId } } },
  });
  const memories = items.map(({ cardStates: [state] }) => (state ? memoryOf(state) : NEW_MEMORY));
  const scheduler = createScheduler({ weights, desiredRetention: 0.9 });
  return { items: items.length, ...conceptReadiness(memories, scheduler, at) };
}

async function expectNaive(found: readonly Cell[], at = NOW) {
  for (const { userId, conceptId, ...cell } of found) {
    const wanted = await naive(learners.find((one) => one.userId === userId)!, conceptId, at);
    expect(cell.items).toBe(wanted.items);
    for (const figure of ["chance", "coverage"] as const) {
      expect(Math.abs(cell[figure] - wanted[figure])).toBeLessThan(1e-6);
    }
  }
}

describe("readiness of a team in SQL", () => {
  it("is to a millionth what each person's own scheduler says, now and later, with weights of their own", async () => {
    const found = await cells(countedPairs(manager, { teamId }));
    expect(found.map(({ conceptId }) => conceptId)).toEqual(Array(4).fill("pod-ip"));
    expect(new Set(found.map(({ chance }) => chance)).size).toBe(4);
    await expectNaive(found);
    await expectNaive(await cells(countedPairs(manager, { teamId }), later), later);
    expect(DEFAULT_DECAY).toBeCloseTo(0.1542, 10);
  });

  it("counts no retired item, and leaves out a concept that has no other", async () => {
    const items = await db().item.findMany({ where: { conceptId: "pod-ip" } });
    const ids = items.map(({ id }) => id);
    const retire = (which: string[], retiredAt: Date | null) =>
      db().item.updateMany({ where: { id: { in: which } }, data: { retiredAt } });
    await retire(ids.slice(0, 1), new Date(NOW));
    const fewer = await cells(countedPairs(manager, { teamId }));
    expect(fewer[0]?.items).toBe(items.length - 1);
    await expectNaive(fewer);
    await retire(ids, new Date(NOW));
    expect(await cells(countedPairs(manager, { teamId }))).toEqual([]);
    await retire(ids, null);
  });

  it("is of what the viewer may see, of what was assigned, and of no more than is asked for", async () => {
    const people = async (viewer: Viewer, narrowing: Partial<Narrowing> = {}) =>
      (await cells(countedPairs(viewer, { teamId, ...narrowing }))).map(({ userId }) => userId);
    const [first, second] = learners as [Person, Person];
    const everyone = learners.map(({ userId }) => userId).sort();
    expect(await people(manager)).toEqual(everyone);
    expect(await people(first)).toEqual([first.userId]);
    expect(await people(outsider)).toEqual([]);
    expect(await people(NOBODY)).toEqual([]);
    expect(await people(manager, { person: second.userId })).toEqual([second.userId]);
    expect(await people(manager, { area: "mindset" })).toEqual(everyone);
    expect(await people(manager, { area: "cni" })).toEqual([]);
    const group = await db().teamGroup.create({
      data: { id: crypto.randomUUID(), teamId, name: "Night shift" },
    });
    await db().groupMember.create({ data: { groupId: group.id, teamId, userId: second.userId } });
    expect(await people(manager, { group: group.id })).toEqual([second.userId]);
    const other = await createAssignment(teamId, {
      forEveryone: false,
      targets: { create: [{ id: crypto.randomUUID(), userId: first.userId }] },
      scope: { create: [{ kind: "concept", refId: "pod-basics" }] },
    });
    expect(await people(manager, { assignment: other })).toEqual([first.userId]);
    expect(await people(outsider, { assignment: other })).toEqual([]);
  });

  it("is moved by what somebody shares only where that is asked for", async () => {
    const [, second] = learners as [Person, Person];
    const key = { teamId_userId: { teamId, userId: second.userId } };
    await db().membership.update({ where: key, data: { sharesAll: true } });
    const narrowing = { teamId, person: second.userId };
    const counted = await cells(countedPairs(manager, narrowing));
    expect(counted.map(({ conceptId }) => conceptId)).toEqual(["pod-ip"]);
    const seen = await cells(seenPairs(manager, narrowing));
    expect(seen.map(({ conceptId }) => conceptId)).toEqual(["pod-basics", "pod-ip"]);
    await expectNaive(seen);
  });
});
