import { beforeAll, describe, expect, it } from "vitest";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import {
  loadContent,
  type PublishedContent,
  publishContent,
  syncContent,
} from "#lib/server/content/index.ts";
import { db } from "#lib/server/db/client.ts";
import { countItems } from "#lib/server/db/sql/content.ts";
import { getHistory } from "#lib/server/queries/history.ts";
import { getDailyQueue } from "#lib/server/queries/study-session.ts";
import { useDatabase } from "../harness/database.ts";
import { answerEvent, createPerson, NOW, SYNCED, syncFixtureContent } from "../harness/factories.ts";

useDatabase();
let published: PublishedContent;
beforeAll(async () => {
  await syncFixtureContent();
  published = publishContent(await loadContent("tests/fixtures/content"));
});

/** Syncs the fixture with some of its items changed or left out. */
const syncWith = (
  name: string,
  change: (item: PublishedContent["items"][number]) => PublishedContent["items"][number] | null,
) =>
  syncContent(
    db(),
    { ...published, hash: name, items: published.items.flatMap((item) => change(item) ?? []) },
    new Date(NOW),
  );

describe("content sync", () => {
  it("does nothing the second time", async () => {
    expect(await syncContent(db(), published, SYNCED)).toEqual({
      unchanged: true,
      added: 0,
      revised: 0,
      retired: 0,
    });
  });

  it("counts the facts that were to be checked again before a day", async () => {
    expect(await countItems(db(), "2027-05-31")).toEqual({ items: 8, expired: 0 });
    expect(await countItems(db(), "2027-06-01")).toEqual({ items: 8, expired: 1 });
  });

  it("gives a changed item a new revision, and the learner keeps the card", async () => {
    const person = await createPerson();
    await recordReviews(person, [answerEvent()], NOW);
    const before = await db().cardState.findMany({ where: { userId: person.userId } });
    const reword = (item: PublishedContent["items"][number]) =>
      item.payload.id === "pod-ip-after"
        ? {
            ...item,
            hash: "reworded",
            payload: { ...item.payload, prompt: { ja: "言い換え", en: "Reworded" } },
          }
        : item;
    expect(await syncWith("reworded", reword)).toMatchObject({ revised: 1, added: 0, retired: 0 });
    expect(await db().item.findUnique({ where: { id: "pod-ip-after" } })).toMatchObject({ revision: 2 });
    expect(await db().cardState.findMany({ where: { userId: person.userId } })).toEqual(before);

    // History shows what was asked then; a late answer to the old revision is still taken.
    const { entries } = await getHistory(person, {});
    expect(entries[0]?.item).toMatchObject({
      revision: 1,
      prompt: { en: expect.stringContaining("recreated") },
    });
    expect(
      await recordReviews(person, [answerEvent({ revision: 1 }), answerEvent({ revision: 2 })], NOW),
    ).toMatchObject({
      value: { results: [{ status: "stored" }, { status: "stored" }] },
    });
  });

  it("retires what is gone: it leaves queues, not history, and can come back", async () => {
    const person = await createPerson();
    await recordReviews(person, [answerEvent({ at: NOW - 30 * 86_400_000 })], NOW);
    const inQueue = async () =>
      (await getDailyQueue(person, NOW)).cards.some(({ itemId }) => itemId === "pod-ip-after");
    expect(await inQueue()).toBe(true);
    const drop = (item: PublishedContent["items"][number]) =>
      item.payload.id === "pod-ip-after" ? null : item;
    expect(await syncWith("dropped", drop)).toMatchObject({ retired: 1 });
    expect(await inQueue()).toBe(false);
    expect((await getHistory(person, {})).entries).toHaveLength(1);
    expect(await syncWith("back", (item) => item)).toMatchObject({ added: 0, retired: 0 });
    expect(await inQueue()).toBe(true);
  });
});
