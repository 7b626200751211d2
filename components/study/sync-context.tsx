"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { openOutbox } from "#lib/browser/outbox.ts";
import { createSync, type IngestReply, type Sync, type SyncState } from "#lib/browser/sync.ts";
import type { Locale } from "#lib/core/questions/index.ts";
import type { RecordedEvent } from "#lib/core/study/lesson.ts";

interface SyncContextValue {
  /** `null` until the outbox was read. */
  state: SyncState | null;
  /** Keeps an event; it is safe in this browser when the promise resolves. */
  record: (event: RecordedEvent) => Promise<void>;
  dismissRefused: () => Promise<void>;
  /** Calls back with the items that another tab of this browser did something to. */
  onElsewhere: (listener: (itemId: string) => void) => () => void;
}

const SyncContext = createContext<SyncContextValue | null>(null);

export function useSync(): SyncContextValue {
  const value = useContext(SyncContext);
  if (!value) throw new Error("useSync needs a SyncProvider above it");
  return value;
}

let channel: BroadcastChannel | undefined;

/** What the tabs of this browser tell each other. One object: it hears the others, never itself. */
function tabs(): BroadcastChannel {
  channel ??= new BroadcastChannel("podshift");
  return channel;
}

/** Runs the outbox for a page: opens it, sends what waits, and tells the page and other tabs about it. */
export function SyncProvider({
  owner,
  formerOwners,
  locale,
  children,
}: {
  /** The person's id, or empty while nobody is known. */
  owner: string;
  /** Guests that became part of this person: answers still held under their ids are handed over. */
  formerOwners: string[];
  locale: Locale;
  children: ReactNode;
}) {
  const [state, setState] = useState<SyncState | null>(null);
  const opened = useRef<Promise<{ sync: Sync; dismissRefused: () => Promise<void> }> | null>(null);
  const former = formerOwners.join();

  useEffect(() => {
    const started = (async () => {
      const outbox = await openOutbox();
      if (owner !== "") {
        // Nobody's too: a tab may have ended between the making of its guest and the handing over.
        for (const id of new Set(["", ...former.split(",")])) await outbox.adopt(id, owner);
      }
      const sync = createSync({
        outbox,
        owner,
        identify: () => identify(locale),
        post: postReviews,
        exclusively: (work) => navigator.locks.request("podshift-sync", work),
        onState: setState,
      });
      void sync.flush();
      return { sync, dismissRefused: () => outbox.dismissRefused(sync.owner()).then(() => sync.flush()) };
    })();
    opened.current = started;
    const flush = () => {
      if (document.visibilityState === "visible") void started.then(({ sync }) => sync.flush());
    };
    window.addEventListener("online", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      window.removeEventListener("online", flush);
      document.removeEventListener("visibilitychange", flush);
      void started.then(({ sync }) => sync.stop());
    };
  }, [owner, former, locale]);

  const value = useMemo<SyncContextValue>(
    () => ({
      state,
      async record(event) {
        const { sync } = await whenOpen(opened.current);
        await sync.record(event);
        if ("itemId" in event) tabs().postMessage(event.itemId);
      },
      async dismissRefused() {
        await (await whenOpen(opened.current)).dismissRefused();
      },
      onElsewhere(listener) {
        const hear = ({ data }: MessageEvent) => listener(String(data));
        tabs().addEventListener("message", hear);
        return () => tabs().removeEventListener("message", hear);
      },
    }),
    [state],
  );
  return <SyncContext value={value}>{children}</SyncContext>;
}

function whenOpen<T>(opened: Promise<T> | null): Promise<T> {
  if (!opened) throw new Error("Nothing can be recorded before the page has loaded");
  return opened;
}

async function identify(locale: Locale): Promise<string> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const response = await postJson("/api/guest", JSON.stringify({ locale, timeZone }));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { userId } = (await response.json()) as { userId: string };
  return userId;
}

async function postReviews(body: string): Promise<{ status: number; reply: IngestReply | null }> {
  const response = await postJson("/api/reviews", body);
  return { status: response.status, reply: response.ok ? ((await response.json()) as IngestReply) : null };
}

const postJson = (url: string, body: string) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
