import { beforeEach, describe, expect, it } from "vitest";
import { DAY_MS } from "#lib/core/scheduling/index.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { db } from "#lib/server/db/client.ts";
import { getDailyQueue } from "#lib/server/queries/study-session.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  createAssignment,
  createPerson,
  createTeam,
  NOW,
  syncFixtureContent,
} from "../harness/factories.ts";

useDatabase();

let learner: Person;
let teamId: string;
beforeEach(async () => {
  await syncFixtureContent();
  learner = await createPerson({ newPerDay: 2 });
  await db().enrollment.deleteMany({ where: { userId: learner.userId } });
  teamId = await createTeam({ learner: [learner] });
});

const queueOf = async (person: Person) =>
  (await getDailyQueue(person, NOW)).cards.map(({ conceptId }) => conceptId);

describe("the queue of somebody to whom something was assigned", () => {
  it("has its cards though the person is in no bank, as many as the due day needs", async () => {
    expect(await queueOf(learner)).toEqual([]);
    await createAssignment(teamId, { dueOn: new Date("2026-11-24") });
    expect(await queueOf(learner)).toEqual(["pod-ip", "pod-ip", "pod-ip", "pod-ip"]);
    await createAssignment(await createTeam({ learner: [learner] }), {
      scope: { create: [{ kind: "bank", refId: "basics" }] },
    });
    // The other team has given time: the first is in a hurry.
    expect(await queueOf(learner)).toEqual(["pod-ip", "pod-ip", "pod-ip", "pod-ip"]);
    expect(await queueOf(await createPerson())).toHaveLength(6);
  });

  it("keeps what was learned for it when it is closed, and asks for nothing new", async () => {
    const id = await createAssignment(teamId);
    await recordReviews(learner, [answerEvent({ at: NOW })], NOW);
    await db().assignment.update({ where: { id }, data: { closedAt: new Date(NOW) } });
    const later = await getDailyQueue(learner, NOW + 20 * DAY_MS);
    expect(later.cards.map(({ itemId }) => itemId)).toEqual(["pod-ip-after"]);
  });
});
