import { useCallback, useEffect, useState } from "react";

/**
 * A text that somebody writes, still there after a reload: kept in this tab alone, and no longer than the tab is open.
 * @param key what the text is for
 * @returns the text, how to change it, and how to forget it, once it went where it belongs
 */
export function useKeptText(key: string, initial: string): [string, (text: string) => void, () => void] {
  const [text, setText] = useState(initial);
  // After the first render, which is the same on the server.
  useEffect(() => {
    const kept = window.sessionStorage.getItem(key);
    if (kept !== null) setText(kept);
  }, [key]);
  const change = useCallback(
    (next: string) => {
      setText(next);
      window.sessionStorage.setItem(key, next);
    },
    [key],
  );
  const forget = useCallback(() => window.sessionStorage.removeItem(key), [key]);
  return [text, change, forget];
}
