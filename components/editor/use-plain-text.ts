import { useCallback, useSyncExternalStore } from "react";

const KEY = "podshift.plain-text";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** Whether somebody wants to edit in a plain field at this browser, which remembers it. */
export function usePlainText(): [boolean, (plain: boolean) => void] {
  const isPlain = useSyncExternalStore(
    subscribe,
    () => window.localStorage.getItem(KEY) !== null,
    () => false,
  );
  const setPlain = useCallback((plain: boolean) => {
    if (plain) window.localStorage.setItem(KEY, "1");
    else window.localStorage.removeItem(KEY);
    for (const listener of listeners) listener();
  }, []);
  return [isPlain, setPlain];
}
