import { expect, it, vi } from "vitest";
import { db } from "#lib/server/db/client.ts";
import { useDatabase } from "../harness/database.ts";

useDatabase();

/** More than a process has. */
const CONNECTIONS = 20;

it("a transaction waits for its turn for as long as the queue of a busy minute", async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const all = Promise.allSettled(
      Array.from({ length: CONNECTIONS }, () =>
        db().$transaction(async (tx) => {
          await tx.$executeRaw`SELECT 1`;
          begin();
          await released;
        }),
      ),
    );
    await begun;
    await vi.advanceTimersByTimeAsync(10_000);
    release();
    expect((await all).filter(({ status }) => status === "rejected")).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});
