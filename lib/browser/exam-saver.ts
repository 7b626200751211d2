import type { Answer } from "#lib/core/questions/index.ts";

/** An answer on its way. */
export interface Draft {
  position: number;
  /** Null takes it back. */
  answer: Answer | null;
  durationMs: number;
}

/** What the server says of one. */
export type SaveOutcome = { ok: true; value: { remainingMs: number } } | { ok: false; error: string };

export interface SaverState {
  /** Questions whose latest answer is not on the server yet. */
  waiting: ReadonlySet<number>;
  /** Why it does not get there: the network, or what the server said. */
  problem: "offline" | (string & {}) | null;
}

export interface SaverOptions {
  /** Rejects when the server cannot be reached. */
  send: (draft: Draft) => Promise<SaveOutcome>;
  onState: (state: SaverState) => void;
  /** The server has taken an answer, and says how much time is left. */
  onSaved: (remainingMs: number) => void;
  /** The server takes no more answers. */
  onOver: () => void;
  /** Injected for tests. */
  schedule?: (run: () => void, delayMs: number) => () => void;
}

/** Long enough for somebody who types to have typed something, short enough to lose nothing that matters. */
const SETTLE_MS = 400;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 8000;

export interface Saver {
  /** Sends an answer soon; of several to one question only the latest. */
  save(draft: Draft): void;
  /** Sends what waits now. @returns whether nothing waits any more */
  flush(): Promise<boolean>;
}

/** Brings the answers of an open attempt to the server one after the other, until it has the latest of each question. */
export function createSaver({
  send,
  onState,
  onSaved,
  onOver,
  schedule = (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
}: SaverOptions): Saver {
  const waiting = new Map<number, Draft>();
  let problem: SaverState["problem"] = null;
  let failures = 0;
  let cancel: (() => void) | null = null;
  let running: Promise<boolean> | null = null;

  const tell = () => onState({ waiting: new Set(waiting.keys()), problem });
  const later = (delayMs: number) => {
    cancel?.();
    cancel = schedule(() => void flush(), delayMs);
  };

  async function run(): Promise<boolean> {
    for (let [draft] = waiting.values(); draft; [draft] = waiting.values()) {
      const outcome = await send(draft).catch(() => null);
      if (outcome === null) {
        problem = "offline";
        later(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++));
        return false;
      }
      failures = 0;
      if (!outcome.ok && outcome.error === "exam-over") {
        waiting.clear();
        onOver();
        return true;
      }
      problem = outcome.ok ? null : outcome.error;
      if (!outcome.ok) return false;
      // Another may have come while this one was on its way.
      if (waiting.get(draft.position) === draft) waiting.delete(draft.position);
      onSaved(outcome.value.remainingMs);
      tell();
    }
    return true;
  }

  function flush(): Promise<boolean> {
    cancel?.();
    cancel = null;
    running ??= run().finally(() => {
      running = null;
      tell();
    });
    return running;
  }

  return {
    save(draft) {
      waiting.set(draft.position, draft);
      tell();
      // While the server cannot be reached, the next try is planned already.
      if (problem !== "offline") later(SETTLE_MS);
    },
    flush,
  };
}
