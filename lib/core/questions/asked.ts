import type { Task } from "../tasks/task.ts";
import type { Kind } from "./kind.ts";
import type { Text } from "./text.ts";

/** Something to choose, to move or to sort. */
export interface Part {
  id: string;
  text: Text;
}

/** What asking takes beyond the prompt, by kind. */
interface Asks {
  flashcard: object;
  single: { options: readonly Part[] };
  multiple: { options: readonly Part[] };
  cloze: { text: Text; gaps: readonly { id: string }[] };
  ordering: { steps: readonly Part[] };
  matching: {
    /** Without `right`, all right-hand sides are among the extras, and nothing says what belongs to what. */
    pairs: readonly { id: string; left: Text; right?: Text }[];
    extras?: readonly Part[] | undefined;
  };
  classify: { buckets: readonly { id: string; label: Text }[]; cards: readonly Part[] };
  numeric: { unit: Text };
  manifest: { task: Task };
}

/**
 * A question as it is asked: all that a screen needs to ask it. Items have this and more; in a final check it is all that
 * leaves the server (`lib/core/exams`).
 */
export type AskedOf<K extends Kind> = { [Each in K]: { kind: Each; prompt: Text } & Asks[Each] }[K];
export type Asked = AskedOf<Kind>;
