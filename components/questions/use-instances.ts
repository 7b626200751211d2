import { useEffect, useState } from "react";
import type { PublishedItem } from "#lib/core/questions/index.ts";

type InstanceOf = <I extends PublishedItem>(item: I, seed: number) => I;

const asItIs: InstanceOf = (item) => item;
const RETRY_MS = 3000;

/**
 * What makes the questions of items that have a template (`instanceOf`); null until it has come. The cluster model behind it is
 * loaded only where one of the cards needs it.
 */
export function useInstances(cards: readonly { item: PublishedItem }[]): InstanceOf | null {
  const needed = cards.some(({ item }) => item.template !== undefined);
  const [loaded, setLoaded] = useState<InstanceOf | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a failed attempt is followed by another
  useEffect(() => {
    if (!needed) return;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    import("#lib/core/templates/instance.ts").then(
      ({ instanceOf }) => {
        if (!gone) setLoaded(() => instanceOf);
      },
      () => {
        if (!gone) retry = setTimeout(() => setAttempt((before) => before + 1), RETRY_MS);
      },
    );
    return () => {
      gone = true;
      clearTimeout(retry);
    };
  }, [needed, attempt]);
  return needed ? loaded : asItIs;
}
