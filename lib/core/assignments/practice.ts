/**
 * The address of a new assignment that has its concepts and people chosen already (`?concepts=a,b&people=…`), as other pages link to
 * it.
 */
export interface Practice {
  /** Ids of concepts … */
  concepts: readonly string[];
  /** … and of members; none for everyone. */
  people: readonly string[];
}

/** With more people the address would be longer than servers take; then whom it is for is left to be chosen. */
const MOST_NAMED = 100;

export function practiceQuery({ concepts, people }: Practice): Record<string, string> {
  const named = people.length > 0 && people.length <= MOST_NAMED;
  return { concepts: concepts.join(","), ...(named ? { people: people.join(",") } : {}) };
}

/** What an address names of what there is to choose; everything else in it is dropped. */
export function practiceOf(
  query: Partial<Record<keyof Practice, string | string[]>>,
  choices: Practice,
): Practice {
  const named = (key: keyof Practice) => {
    const ids = new Set(String(query[key] ?? "").split(","));
    return choices[key].filter((id) => ids.has(id));
  };
  return { concepts: named("concepts"), people: named("people") };
}
