import { useMemo } from "react";
import { useLoaded } from "#components/ui/use-loaded.ts";
import { grade, type PublishedItem } from "#lib/core/questions/index.ts";
import type { gradeAny } from "#lib/core/tasks/index.ts";

/** How the questions of some cards are made and graded. */
interface Questions {
  /** An item as a seed asks it. */
  instanceOf: <I extends PublishedItem>(item: I, seed: number) => I;
  grade: typeof gradeAny;
}

const asItIs: Questions["instanceOf"] = (item) => item;

/**
 * What asking these cards takes; null until it has come. The cluster model is loaded only where one of them needs it: to draw its
 * question from a template, or to try out the manifests of a task.
 */
export function useQuestions(cards: readonly { item: PublishedItem }[]): Questions | null {
  const drawn = useLoaded(cards.some(({ item }) => item.template !== undefined) && loadTemplates);
  const tried = useLoaded(cards.some(({ item }) => item.kind === "manifest") && loadTasks);
  return useMemo(() => {
    if (drawn === "loading" || tried === "loading") return null;
    return {
      instanceOf: drawn?.instanceOf ?? asItIs,
      // Without a task among the cards, what compares answers grades them all.
      grade: tried?.gradeAny ?? (grade as typeof gradeAny),
    };
  }, [drawn, tried]);
}

const loadTemplates = () => import("#lib/core/templates/instance.ts");
const loadTasks = () => import("#lib/core/tasks/index.ts");
