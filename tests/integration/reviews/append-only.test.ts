import { beforeAll, describe, expect, it } from "vitest";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { db } from "#lib/server/db/client.ts";
import { useDatabase } from "../harness/database.ts";
import { answerEvent, createPerson, NOW, syncFixtureContent } from "../harness/factories.ts";

const database = useDatabase();
beforeAll(syncFixtureContent);

async function reviewOf(options: { isGuest?: boolean } = {}) {
  const person = await createPerson(options);
  const event = answerEvent();
  await recordReviews(person, [event], NOW);
  return { person, id: event.id };
}

describe("the database itself", () => {
  it("refuses to change the facts of a review", async () => {
    const { id } = await reviewOf();
    for (const data of [
      { rating: 4 },
      { correct: false },
      { answer: {} },
      { reviewedAt: new Date(0) },
      { seed: 8n },
    ]) {
      await expect(db().review.update({ where: { id }, data })).rejects.toThrow(/append-only/);
    }
  });

  it("refuses a change of facts that hides behind a change of the undo mark", async () => {
    const { id } = await reviewOf();
    const data = { undoneAt: new Date(), rating: 4 };
    await expect(db().review.update({ where: { id }, data })).rejects.toThrow(/append-only/);
    await db().review.update({ where: { id }, data: { undoneAt: data.undoneAt } });
  });

  it("refuses to delete reviews, one by one or all at once", async () => {
    const { id } = await reviewOf();
    await expect(db().review.delete({ where: { id } })).rejects.toThrow(/append-only/);
    await expect(database().exec('TRUNCATE "Review" CASCADE')).rejects.toThrow(/append-only/);
  });

  it("refuses to delete a person with reviews, unless their erasure says so", async () => {
    const { person } = await reviewOf();
    const { person: other } = await reviewOf();
    const where = { id: person.userId };
    await expect(db().user.delete({ where })).rejects.toThrow(/append-only/);
    const eraseAs = (userId: string) =>
      db().$transaction(async (tx) => {
        await tx.$queryRaw`SELECT set_config('podshift.erasing', ${userId}, true)`;
        await tx.user.delete({ where });
      });
    await expect(eraseAs(other.userId)).rejects.toThrow(/append-only/);
    await eraseAs(person.userId);
    expect(await db().review.count({ where: { userId: person.userId } })).toBe(0);
    // The permission ended with its transaction.
    await expect(db().user.delete({ where: { id: other.userId } })).rejects.toThrow(/append-only/);
  });

  it("hands a guest's review to an account, and no other review to anybody", async () => {
    const guest = await reviewOf({ isGuest: true });
    const account = await reviewOf();
    const other = await createPerson();
    const give = (id: string, userId: string) => db().review.update({ where: { id }, data: { userId } });
    await expect(give(account.id, other.userId)).rejects.toThrow(/append-only/);
    await expect(give(guest.id, (await createPerson({ isGuest: true })).userId)).rejects.toThrow(
      /append-only/,
    );
    await give(guest.id, other.userId);
    await expect(give(guest.id, account.person.userId)).rejects.toThrow(/append-only/);
  });

  it("refuses an answer without a grade and an event with another's fields", async () => {
    const { person, id } = await reviewOf();
    const row = {
      userId: person.userId,
      itemId: "pod-ip-after",
      reviewedAt: new Date(NOW),
      receivedAt: new Date(NOW),
    };
    const create = (data: object) => db().review.create({ data: { ...row, ...data } as never });
    await expect(create({ id: crypto.randomUUID(), type: "answer" })).rejects.toThrow(
      /Review_answer_complete/,
    );
    await expect(create({ id: crypto.randomUUID(), type: "undo" })).rejects.toThrow(/Review_target/);
    await expect(create({ id: crypto.randomUUID(), type: "suspend", targetId: id })).rejects.toThrow(
      /Review_target/,
    );
  });
});
