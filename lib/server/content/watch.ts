import { watch } from "node:fs";

/** An editor saves one file in several steps. */
const SETTLE_MS = 100;

/**
 * Calls back whenever files below a folder were saved, until the signal aborts. For development alone: it holds a watch
 * on each folder.
 */
export function watchFolder(folder: string, onSaved: () => void, signal: AbortSignal): void {
  let waiting: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(waiting);
    waiting = setTimeout(onSaved, SETTLE_MS);
  });
  signal.addEventListener("abort", () => {
    clearTimeout(waiting);
    watcher.close();
  });
}
