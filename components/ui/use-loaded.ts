import { useEffect, useState } from "react";

const RETRY_MS = 3000;

/** What `load` brings, tried until it comes; null where nothing is to be loaded. */
export function useLoaded<T extends object>(load: (() => Promise<T>) | false): T | "loading" | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a failed attempt is followed by another
  useEffect(() => {
    if (!load) return;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    load().then(
      (module) => {
        if (!gone) setLoaded(module);
      },
      () => {
        if (!gone) retry = setTimeout(() => setAttempt((before) => before + 1), RETRY_MS);
      },
    );
    return () => {
      gone = true;
      clearTimeout(retry);
    };
  }, [load, attempt]);
  return load ? (loaded ?? "loading") : null;
}
