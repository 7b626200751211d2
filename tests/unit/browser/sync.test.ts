import "fake-indexeddb/auto";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { openOutbox } from "#lib/browser/outbox.ts";
import { createSync, type SyncState } from "#lib/browser/sync.ts";
import type { ReviewEvent } from "#lib/core/reviews/event.ts";

let clock = 1_800_000_000_000;
const suspend = (overrides: Partial<ReviewEvent> = {}): ReviewEvent =>
  ({ id: uuidv7(), type: "suspend", itemId: "pod-ip-after", at: clock++, ...overrides }) as ReviewEvent;

/** A server that stores what it is sent, once, and can be told how to fail. */
function fakeServer() {
  const stored = new Map<string, string>();
  const batches: number[] = [];
  const fail: ("lost-request" | "lost-reply" | number)[] = [];
  return {
    stored,
    batches,
    fail,
    post: async (body: string) => {
      const failure = fail.shift();
      if (failure === "lost-request") throw new TypeError("network");
      if (typeof failure === "number") return { status: failure, reply: null };
      const { owner, events } = JSON.parse(body) as { owner: string; events: ReviewEvent[] };
      batches.push(events.length);
      const results = events.map(({ id }) => {
        const status = stored.has(id) ? ("had" as const) : ("stored" as const);
        stored.set(id, owner);
        return { id, status };
      });
      if (failure === "lost-reply") throw new TypeError("network");
      return { status: 200, reply: { results } };
    },
  };
}

async function setUp({ owner = "user-1" } = {}) {
  const outbox = await openOutbox(`test-${uuidv7()}`);
  const server = fakeServer();
  const states: SyncState[] = [];
  const retries: (() => void)[] = [];
  const delays: number[] = [];
  const sync = createSync({
    outbox,
    owner,
    identify: async () => "guest-1",
    post: server.post,
    exclusively: (work) => work(),
    onState: (state) => states.push(state),
    schedule: (run, delay) => {
      retries.push(run);
      delays.push(delay);
      return () => retries.splice(retries.indexOf(run), 1);
    },
    random: () => 1,
  });
  const settled = async () => {
    await sync.flush();
    await sync.flush();
  };
  return { outbox, server, states, sync, settled, retries, delays };
}

describe("sync", () => {
  it("keeps an event in the outbox until the server has answered for it", async () => {
    const { outbox, server, sync, settled, states } = await setUp();
    server.fail.push("lost-request");
    await sync.record(suspend());
    await settled();
    expect(server.stored.size).toBe(1);
    expect(await outbox.counts("user-1")).toEqual({ pending: 0, refused: 0 });
    expect(states.at(-1)).toEqual({ pending: 0, refused: 0, problem: null });
  });

  it("sends again what the server stored when its reply was lost, and ends with one copy", async () => {
    const { outbox, server, sync, settled } = await setUp();
    server.fail.push("lost-reply");
    await sync.record(suspend());
    await settled();
    expect(server.batches).toEqual([1, 1]);
    expect(server.stored.size).toBe(1);
    expect((await outbox.counts("user-1")).pending).toBe(0);
  });

  it("does not show an answer as saved that came in while it looked what there is", async () => {
    const outbox = await openOutbox(`test-${uuidv7()}`);
    const states: SyncState[] = [];
    let look = () => {};
    const looking = new Promise<void>((resolve) => {
      look = resolve;
    });
    const sync = createSync({
      outbox: {
        ...outbox,
        counts: async (owner) => {
          const counts = await outbox.counts(owner);
          await looking;
          return counts;
        },
      },
      owner: "user-1",
      identify: async () => "guest-1",
      post: () => new Promise(() => {}),
      exclusively: (work) => work(),
      onState: (state) => states.push(state),
    });
    void sync.flush();
    await outbox.counts("user-1");
    await sync.record(suspend());
    look();
    await expect.poll(() => states.length).toBeGreaterThan(0);
    expect(states.map(({ pending }) => pending)).not.toContain(0);
    sync.stop();
  });

  it("never shows an answer as saved before the server has it", async () => {
    const { outbox, server, sync, settled, states } = await setUp();
    await sync.flush();
    expect(states.at(-1)?.pending).toBe(0);
    const recording = sync.record(suspend());
    // At once: the outbox itself takes a moment to take it in.
    expect(states.at(-1)?.pending).toBe(1);
    const before = states.length;
    await recording;
    await settled();
    const firstSaved = states.slice(before).findIndex(({ pending }) => pending === 0);
    expect(firstSaved).toBeGreaterThan(-1);
    expect(server.stored.size).toBe(1);
    expect((await outbox.counts("user-1")).pending).toBe(0);
  });

  it("leaves no answer behind that came in while nobody became a guest", async () => {
    const outbox = await openOutbox(`test-${uuidv7()}`);
    const server = fakeServer();
    let meanwhile: Promise<void> | null = null;
    const sync = createSync({
      outbox: {
        ...outbox,
        adopt: async (from, to) => {
          await outbox.adopt(from, to);
          meanwhile ??= sync.record(suspend());
        },
      },
      owner: "",
      identify: async () => "guest-1",
      post: server.post,
      exclusively: (work) => work(),
      onState: () => {},
    });
    await sync.record(suspend());
    await expect.poll(() => server.stored.size).toBe(2);
    expect((await outbox.counts("")).pending).toBe(0);
    await meanwhile;
  });

  it("backs off, doubling, to a minute at most", async () => {
    const { server, sync, delays } = await setUp();
    server.fail.push(...Array.from({ length: 9 }, () => 503));
    await sync.record(suspend());
    for (let i = 0; i < 8; i++) await sync.flush();
    expect(delays.slice(0, 8)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it("makes a guest before the first event is sent, and hands the events over", async () => {
    const { outbox, server, sync, settled } = await setUp({ owner: "" });
    await sync.record(suspend());
    await settled();
    expect([...server.stored.values()]).toEqual(["guest-1"]);
    expect(sync.owner()).toBe("guest-1");
    expect((await outbox.counts("")).pending).toBe(0);
  });

  it.each([401, 409])(
    "keeps everything and says so when the session is not the owner's any more (%i)",
    async (status) => {
      const { outbox, server, sync, states, retries } = await setUp();
      server.fail.push(status, status);
      await sync.record(suspend());
      await sync.flush();
      expect(states.at(-1)).toEqual({ pending: 1, refused: 0, problem: "signed-out" });
      expect((await outbox.counts("user-1")).pending).toBe(1);
      expect(retries).toEqual([]);
    },
  );

  it("sends at most 500 events at a time, oldest first", async () => {
    const { outbox, server, settled } = await setUp();
    const events = Array.from({ length: 1201 }, () => suspend());
    for (const event of [...events].reverse()) await outbox.add("user-1", event);
    await settled();
    expect(server.batches).toEqual([500, 500, 201]);
    expect([...server.stored.keys()]).toEqual(events.map((event) => event.id));
  });

  it("keeps refused events apart and does not send them again", async () => {
    const { outbox, server, sync, settled } = await setUp();
    server.fail.push(400);
    await sync.record(suspend());
    await settled();
    expect(await outbox.counts("user-1")).toEqual({ pending: 0, refused: 1 });
    expect(server.batches).toEqual([]);
    await outbox.dismissRefused("user-1");
    expect(await outbox.counts("user-1")).toEqual({ pending: 0, refused: 0 });
  });

  it("does not send another owner's events", async () => {
    const { outbox, server, settled } = await setUp();
    await outbox.add("user-2", suspend());
    await settled();
    expect(server.stored.size).toBe(0);
    expect((await outbox.counts("user-2")).pending).toBe(1);
  });
});

describe("the outbox", () => {
  it("forgets what an erased person left, and nobody else's", async () => {
    const outbox = await openOutbox(`test-${uuidv7()}`);
    await outbox.add("erased", suspend());
    await outbox.add("other", suspend());
    await outbox.forget("erased");
    expect(await outbox.counts("erased")).toEqual({ pending: 0, refused: 0 });
    expect(await outbox.counts("other")).toEqual({ pending: 1, refused: 0 });
  });
});
