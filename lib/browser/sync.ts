import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from "#lib/core/reviews/event.ts";
import type { RecordedEvent } from "#lib/core/study/lesson.ts";
import type { IngestResult, Outbox, Owner } from "./outbox.ts";

/** What the learner is told: everything is on the server, something is on its way, or it cannot get through. */
export interface SyncState {
  pending: number;
  refused: number;
  /** `signed-out`: the session ended; events wait until the same person signs in again. */
  problem: "offline" | "signed-out" | null;
}

/** The answer of `POST /api/reviews`. */
export interface IngestReply {
  results: IngestResult[];
}

export interface SyncOptions {
  outbox: Outbox;
  /** Empty while nobody has answered yet. */
  owner: Owner;
  /**
   * Says who is at this browser, making a guest where nobody is. A step of its own, before any event is sent: were the
   * guest made by the first batch, a lost reply would leave its events with a guest whom nobody can be again.
   */
  identify: () => Promise<Owner>;
  /** Sends a batch. Rejects when the server cannot be reached; resolves to its HTTP answer otherwise. */
  post: (body: string) => Promise<{ status: number; reply: IngestReply | null }>;
  /** Runs alone over all tabs of the browser. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  /** Called whenever the state changes. */
  onState: (state: SyncState) => void;
  /** Called with each settled batch, so that screens can refresh what the server computes. */
  onSettled?: (reply: IngestReply) => void;
  /** Injected for tests. */
  schedule?: (run: () => void, delayMs: number) => () => void;
  random?: () => number;
}

/** First retry after a second, then doubling, never more than a minute apart. */
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;
/** Below the server's limit by what the envelope around the events needs. */
const BATCH_BYTES = MAX_BATCH_BYTES - 1000;

/** Statuses that say the batch itself is at fault. Anything else that is not a reply is a fault on the way. */
const UNACCEPTABLE = new Set([400, 413, 422]);

/** Moves events from the outbox to the server, in the background, until none is left. */
export interface Sync {
  /** Puts an event into the outbox and starts sending. Resolves when it is safely in the outbox. */
  record(event: RecordedEvent): Promise<void>;
  /** Tries now: on page load, when the network is back, when the tab is shown. */
  flush(): Promise<void>;
  /** The owner that events are recorded for now. */
  owner(): Owner;
  stop(): void;
}

export function createSync({
  outbox,
  owner: initialOwner,
  identify,
  post,
  exclusively,
  onState,
  onSettled,
  schedule = (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  random = Math.random,
}: SyncOptions): Sync {
  let owner = initialOwner;
  let failures = 0;
  let cancelRetry: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  /** What was last found in the outbox; nothing before it was looked into. */
  let found: SyncState | null = null;
  /** Events on their way into the outbox: at no moment may one of them be taken for saved. */
  let arriving = 0;
  /** How many have come to be in it. */
  let landed = 0;

  function tell(): void {
    if (found && !stopped) onState({ ...found, pending: found.pending + arriving });
  }

  async function report(problem: SyncState["problem"]): Promise<void> {
    const before = landed;
    const counts = await outbox.counts(owner);
    // What landed while it was counted may be missing in it; the flush that follows every event counts again.
    found = { ...counts, pending: counts.pending + landed - before, problem };
    tell();
  }

  function retryLater(): void {
    const delay = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
    failures++;
    cancelRetry?.();
    // Jitter keeps the tabs of a whole team from returning to a restarted server in step.
    cancelRetry = schedule(() => void flush(), delay * (0.5 + random() / 2));
  }

  async function becomeSomebody(): Promise<boolean> {
    const identified = await identify().catch(() => null);
    if (identified === null) return false;
    const nobody = owner;
    // First the name, then the handing over: what is recorded meanwhile would stay behind under nobody's.
    owner = identified;
    await outbox.adopt(nobody, identified);
    return true;
  }

  /** Sends one batch. `more` when it went through and others may wait. */
  async function sendBatch(): Promise<"more" | "done" | SyncState["problem"]> {
    const events = fitBatch(await outbox.pending(owner, MAX_BATCH_EVENTS));
    if (events.length === 0) return "done";
    if (owner === "" && !(await becomeSomebody())) return "offline";
    const answer = await post(JSON.stringify({ owner, events })).catch(() => null);
    // 401: nobody is signed in any more. 409: somebody else is. Either way these events wait for their owner.
    if (answer?.status === 401 || answer?.status === 409) return "signed-out";
    if (answer && UNACCEPTABLE.has(answer.status)) {
      // Sending it again cannot help, but dropping it silently would be worse.
      await outbox.settle(
        events.map(({ id }) => ({ id, status: "refused", reason: `http-${answer.status}` })),
      );
      return "more";
    }
    if (!answer?.reply) return "offline";
    await outbox.settle(answer.reply.results);
    onSettled?.(answer.reply);
    return "more";
  }

  async function run(): Promise<void> {
    await report(null);
    const outcome = await exclusively(async () => {
      let result = await sendBatch();
      while (result === "more") {
        failures = 0;
        await report(null);
        result = await sendBatch();
      }
      return result;
    });
    if (outcome === "done") return report(null);
    await report(outcome === "signed-out" ? "signed-out" : "offline");
    if (outcome === "offline" && !stopped) retryLater();
  }

  function flush(): Promise<void> {
    if (stopped) return Promise.resolve();
    if (running) {
      again = true;
      return running;
    }
    cancelRetry?.();
    cancelRetry = null;
    running = run().finally(() => {
      running = null;
      if (again) {
        again = false;
        void flush();
      }
    });
    return running;
  }

  return {
    async record(event) {
      arriving++;
      tell();
      await outbox.add(owner, event).finally(() => arriving--);
      landed++;
      void flush();
    },
    flush,
    owner: () => owner,
    stop() {
      stopped = true;
      cancelRetry?.();
    },
  };
}

/** The longest prefix of the events that the server takes in one request. */
function fitBatch(events: RecordedEvent[]): RecordedEvent[] {
  let bytes = 0;
  const encoder = new TextEncoder();
  const count = events.findIndex((event) => {
    bytes += encoder.encode(JSON.stringify(event)).length + 1;
    return bytes > BATCH_BYTES;
  });
  // A single event can never exceed the limit: answers are bounded by their schemas.
  return count === -1 ? events : events.slice(0, Math.max(1, count));
}
