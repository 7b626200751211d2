/** The last answer of a person to a question that can reveal beliefs: one that stands, and was not crammed. */
export interface RevealingAnswer {
  itemId: string;
  /** ms since the epoch. */
  at: number;
  /** The beliefs that some wrong answer to the question, as it was asked, would have shown … */
  couldShow: readonly string[];
  /** … and those among them that this answer showed. */
  shows: readonly string[];
}

/** Where somebody stands on a belief, by the last answer that could have shown it. */
export interface Stance {
  /** Whether that answer showed it. */
  held: boolean;
  itemId: string;
  at: number;
}

/**
 * Which wrong beliefs a person holds: one is held while the latest answer that could have shown it shows it. So a later right
 * answer to any question that carries the belief corrects it; an answer to a question without it changes nothing. Beliefs
 * that no answer could have shown are absent: the person was not asked.
 * @param answers the last one to each question, in any order; of those at the same moment the later question id counts
 */
export function stancesOf(answers: Iterable<RevealingAnswer>): Map<string, Stance> {
  const stances = new Map<string, Stance>();
  for (const { itemId, at, couldShow, shows } of answers) {
    for (const belief of couldShow) {
      const before = stances.get(belief);
      if (before && (before.at > at || (before.at === at && before.itemId > itemId))) continue;
      stances.set(belief, { held: shows.includes(belief), itemId, at });
    }
  }
  return stances;
}
