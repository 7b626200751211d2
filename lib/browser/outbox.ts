/**
 * The outbox: everything that is recorded, review events and marks on lessons, lands here first, in IndexedDB, and stays
 * until the server has answered for it. It survives reloads, crashes, expired sessions and server restarts.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { compareEvents } from "#lib/core/reviews/event.ts";
import type { RecordedEvent } from "#lib/core/study/lesson.ts";

/** Whose event it is: a user id, or `""` while nobody has answered anything yet and no guest exists. */
export type Owner = string;

interface Entry {
  id: string;
  owner: Owner;
  event: RecordedEvent;
  /** Why the server will never take it; kept so that it can be shown, not sent again. */
  refused: string | null;
}

interface Schema extends DBSchema {
  events: { key: string; value: Entry; indexes: { owner: Owner } };
}

/** What the server said of one event. */
export interface IngestResult {
  id: string;
  status: "stored" | "had" | "refused";
  reason?: string;
}

/** One browser's outbox, shared by all its tabs. */
export interface Outbox {
  add(owner: Owner, event: RecordedEvent): Promise<void>;
  /** Events to send, oldest first, at most `limit`. */
  pending(owner: Owner, limit?: number): Promise<RecordedEvent[]>;
  /** How many are not yet on the server, and how many it refused for good. */
  counts(owner: Owner): Promise<{ pending: number; refused: number }>;
  /** Drops what the server has, marks what it refused. */
  settle(results: readonly IngestResult[]): Promise<void>;
  /** Hands events over: from nobody to the guest just made, from a guest to the account it became part of. */
  adopt(from: Owner, to: Owner): Promise<void>;
  /** Forgets refused events after the learner has seen them. */
  dismissRefused(owner: Owner): Promise<void>;
  /** Drops everything of an owner whose account was erased. */
  forget(owner: Owner): Promise<void>;
}

/** Opens the outbox; creates it on the first visit. */
export async function openOutbox(name = "podshift"): Promise<Outbox> {
  const db = await openDB<Schema>(name, 1, {
    upgrade(created) {
      created.createObjectStore("events", { keyPath: "id" }).createIndex("owner", "owner");
    },
  });
  return outboxOn(db);
}

function outboxOn(db: IDBPDatabase<Schema>): Outbox {
  const of = (owner: Owner) => db.getAllFromIndex("events", "owner", owner);
  const update = async (owner: Owner, change: (entry: Entry) => Entry | null) => {
    const tx = db.transaction("events", "readwrite");
    for (const entry of await tx.store.index("owner").getAll(owner)) {
      const changed = change(entry);
      await (changed ? tx.store.put(changed) : tx.store.delete(entry.id));
    }
    await tx.done;
  };
  return {
    async add(owner, event) {
      await db.put("events", { id: event.id, owner, event, refused: null });
    },
    async pending(owner, limit = Number.POSITIVE_INFINITY) {
      const entries = (await of(owner)).filter((entry) => entry.refused === null);
      return entries
        .map((entry) => entry.event)
        .sort(compareEvents)
        .slice(0, limit);
    },
    async counts(owner) {
      const entries = await of(owner);
      const refused = entries.filter((entry) => entry.refused !== null).length;
      return { pending: entries.length - refused, refused };
    },
    async settle(results) {
      const tx = db.transaction("events", "readwrite");
      for (const { id, status, reason } of results) {
        const entry = await tx.store.get(id);
        if (!entry) continue;
        await (status === "refused"
          ? tx.store.put({ ...entry, refused: reason ?? "refused" })
          : tx.store.delete(id));
      }
      await tx.done;
    },
    adopt: (from, to) => update(from, (entry) => ({ ...entry, owner: to })),
    dismissRefused: (owner) => update(owner, (entry) => (entry.refused === null ? entry : null)),
    forget: (owner) => update(owner, () => null),
  };
}
