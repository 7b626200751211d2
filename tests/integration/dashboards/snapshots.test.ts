import { beforeAll, describe, expect, it } from "vitest";
import { conceptReadiness } from "#lib/core/mastery/index.ts";
import { createScheduler, DAY_MS, foldCard, NEW_MEMORY, startOfDay } from "#lib/core/scheduling/index.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { toCardEvent } from "#lib/server/commands/refold-cards.ts";
import { recomputeSnapshots, takeSnapshots } from "#lib/server/commands/take-snapshots.ts";
import { db } from "#lib/server/db/client.ts";
import { eventsOf } from "#lib/server/db/sql/reviews.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  cardEvent,
  createPerson,
  createTeam,
  NOW,
  syncFixtureContent,
  WRONG,
} from "../harness/factories.ts";

useDatabase();
beforeAll(syncFixtureContent);

/** 06:00 in Tokyo, two hours after the day of most began. */
const MORNING = Date.parse("2026-11-24T06:00:00+09:00");
const HOUR = 3_600_000;

let learner: Person;
let abroad: Person;
let alone: Person;
beforeAll(async () => {
  learner = await createPerson();
  abroad = await createPerson({ timeZone: "America/Los_Angeles", dayStartHour: 0 });
  alone = await createPerson();
  await createTeam({ learner: [learner, abroad] });
  for (const person of [learner, abroad, alone]) {
    const first = answerEvent({ at: MORNING - 20 * DAY_MS });
    const wrong = answerEvent({ at: MORNING - 9 * DAY_MS, answer: WRONG.single });
    await recordReviews(
      person,
      [
        first,
        wrong,
        cardEvent({ type: "undo", at: MORNING - 9 * DAY_MS + 1000, targetId: wrong.id }),
        answerEvent({ at: MORNING - 3 * DAY_MS }),
      ],
      NOW,
    );
  }
});

const notesOf = async ({ userId }: Person, day?: string) =>
  (
    await db().readinessSnapshot.findMany({
      where: { userId, ...(day ? { day: new Date(day) } : {}) },
      orderBy: { day: "asc" },
    })
  ).flatMap(({ day: date, chances }) =>
    Object.entries(chances as Record<string, number>)
      .sort()
      .map(([conceptId, chance]) => ({ day: date.toISOString().slice(0, 10), conceptId, chance })),
  );

/** Readiness at the end of a day from the raw events, folded anew. */
async function naive(person: Person, conceptId: string, day: string) {
  const end = startOfDay(day, person) + DAY_MS;
  const events = (await eventsOf(db(), person.userId)).filter(({ at }) => at < end);
  const items = await db().item.findMany({ where: { conceptId, retiredAt: null } });
  const memories = items.map(({ id }) => {
    const own = events.filter(({ itemId }) => itemId === id).map(toCardEvent);
    return own.length > 0 ? foldCard(own, person).memory : NEW_MEMORY;
  });
  return conceptReadiness(memories, createScheduler(person), end);
}

describe("notes of readiness", () => {
  it("are taken once for each member's own yesterday, whoever asks how often, and for members alone", async () => {
    expect(await takeSnapshots(MORNING)).toBe(2);
    const first = await notesOf(learner);
    expect(first.map(({ day, conceptId }) => [day, conceptId])).toEqual([
      ["2026-11-23", "pod-basics"],
      ["2026-11-23", "pod-ip"],
    ]);
    expect((await notesOf(abroad)).map(({ day }) => day)).toEqual(["2026-11-22", "2026-11-22"]);
    expect(await notesOf(alone)).toEqual([]);
    expect(await takeSnapshots(MORNING + HOUR)).toBe(0);
    expect(await notesOf(learner)).toEqual(first);
  });

  it("are what the events up to then fold to, also for who has studied since", async () => {
    await recordReviews(abroad, [answerEvent({ at: MORNING + 20 * HOUR - 1 })], NOW + 2 * DAY_MS);
    await recordReviews(learner, [answerEvent({ at: MORNING + 23 * HOUR })], NOW + 2 * DAY_MS);
    expect(await takeSnapshots(MORNING + DAY_MS)).toBe(2);
    for (const [person, days] of [
      [learner, ["2026-11-23", "2026-11-24"]],
      [abroad, ["2026-11-22", "2026-11-23"]],
    ] as const) {
      const notes = await notesOf(person);
      expect(notes.map(({ day }) => day)).toEqual(days.flatMap((day) => [day, day]));
      for (const { day, conceptId, chance } of notes) {
        const wanted = await naive(person, conceptId, day);
        expect(chance).toBeCloseTo(wanted.chance, 5);
      }
    }
  });

  it("are the same when computed anew, and then hold what arrived late", async () => {
    const taken = await notesOf(learner);
    await recomputeSnapshots(learner.userId, { from: "2026-11-23", to: "2026-11-24" }, MORNING + DAY_MS);
    const again = await notesOf(learner);
    for (const [index, note] of again.entries()) {
      expect(note.chance).toBeCloseTo(taken[index]!.chance, 5);
      expect(note).toMatchObject({ day: taken[index]!.day, conceptId: taken[index]!.conceptId });
    }
    await recordReviews(
      learner,
      [answerEvent({ itemId: "pod-ip-card", at: MORNING - 2 * DAY_MS, answer: { recall: "good" } })],
      NOW + 2 * DAY_MS,
    );
    await recomputeSnapshots(learner.userId, { from: "2026-11-20", to: "2026-12-31" }, MORNING + DAY_MS);
    const all = await notesOf(learner);
    expect(all.map(({ day }) => day).at(-1)).toBe("2026-11-24");
    for (const { day, conceptId, chance } of all) {
      expect(chance).toBeCloseTo((await naive(learner, conceptId, day)).chance, 5);
    }
    expect(all.filter(({ day, conceptId }) => conceptId === "pod-ip" && day >= "2026-11-20")[0]?.day).toBe(
      "2026-11-20",
    );
  });
});
