import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { shuffle } from "#lib/core/questions/index.ts";
import { rebuildCardStates } from "#lib/server/commands/rebuild-card-states.ts";
import { db } from "#lib/server/db/client.ts";
import { useDatabase } from "../harness/database.ts";
import { answerEvent, createPerson, NOW, syncFixtureContent, WRONG } from "../harness/factories.ts";

const database = useDatabase();
beforeAll(syncFixtureContent);

const EVENTS = 10_000;
const PEOPLE = 4;

it("two processes take 10,000 concurrent events with duplicates: each is stored once, every card is its fold", async () => {
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => createPerson()));
  const events = Array.from({ length: EVENTS }, (_, i) => ({
    person: i % PEOPLE,
    event: answerEvent({
      itemId: i % 3 === 0 ? "pod-ip-after" : "pod-ip-card",
      answer:
        i % 3 === 0
          ? i % 2 === 0
            ? WRONG.single
            : { option: "changes" }
          : { recall: i % 5 === 0 ? "again" : "good" },
      at: NOW - (EVENTS - i) * 60_000,
    }),
  }));
  // Each process gets all events, in an order of its own, cut into batches by person.
  const folder = mkdtempSync(path.join(tmpdir(), "podshift-ingest-"));
  const worker = (seed: number) => {
    const batches = people.flatMap((_, person) => {
      const own = shuffle(
        events.filter((entry) => entry.person === person),
        seed + person,
      ).map(({ event }) => event);
      return Array.from({ length: Math.ceil(own.length / 250) }, (_, i) => ({
        person,
        events: own.slice(i * 250, (i + 1) * 250),
      }));
    });
    const file = path.join(folder, `${seed}.json`);
    writeFileSync(file, JSON.stringify({ people, batches: shuffle(batches, seed), now: NOW }));
    return promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "tests/integration/reviews/ingest-worker.ts", file],
      {
        env: { ...process.env, DATABASE_URL: database().url },
      },
    );
  };
  await Promise.all([worker(1), worker(2)]);
  rmSync(folder, { recursive: true });

  expect(await db().review.count()).toBe(EVENTS);
  const { cards, differences } = await rebuildCardStates({ fix: false, now: NOW });
  expect({ cards, differences }).toEqual({ cards: PEOPLE * 2, differences: [] });
}, 180_000);
