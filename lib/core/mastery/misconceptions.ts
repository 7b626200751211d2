/** The last telling answer of a person to a question that can reveal beliefs: see `FRESH_HOURS`. */
export interface RevealingAnswer {
  itemId: string;
  /** ms since the epoch. */
  at: number;
  /** The beliefs that some wrong answer to the question, as it was asked, would have shown … */
  couldShow: readonly string[];
  /** … and those among them that this answer showed. */
  shows: readonly string[];
}

/**
 * An answer tells what somebody believes unless they answered the same question less than so many hours before: they repeat
 * what they have just read. Reviews come minutes or days apart, so any limit in between would draw the same line.
 */
export const FRESH_HOURS = 6;
/** How many of the questions that could have shown a belief are looked at: those answered last. */
export const LAST_QUESTIONS = 4;
/** At how many of them it must show. At one alone it may be a slip, and one right answer does not undo it either. */
export const HELD_AT = 2;

/** Where somebody stands on a belief. */
export interface Stance {
  held: boolean;
  /** The questions at which it shows, the one answered last first. */
  shownAt: string[];
}

/**
 * Which wrong beliefs a person holds: those that show at `HELD_AT` of the last `LAST_QUESTIONS` questions that could have shown
 * them; of whom only one such question was asked, those that show there. What anything else was answered changes nothing.
 * Beliefs that no answer could have shown are absent: the person was not asked.
 *
 * What else was tried, and how well it found holders: docs/decisions, figures of a team.
 * @param answers the last telling one to each question, in any order; of those at the same moment the later question id is last
 */
export function stancesOf(answers: Iterable<RevealingAnswer>): Map<string, Stance> {
  const asked = new Map<string, RevealingAnswer[]>();
  for (const answer of answers) {
    for (const belief of answer.couldShow) {
      const known = asked.get(belief);
      if (known) known.push(answer);
      else asked.set(belief, [answer]);
    }
  }
  const stances = new Map<string, Stance>();
  for (const [belief, all] of asked) {
    const latest = all.sort((a, b) => b.at - a.at || (a.itemId < b.itemId ? 1 : -1)).slice(0, LAST_QUESTIONS);
    const shownAt = latest.filter(({ shows }) => shows.includes(belief)).map(({ itemId }) => itemId);
    stances.set(belief, { held: shownAt.length >= Math.min(HELD_AT, latest.length), shownAt });
  }
  return stances;
}
