import {
  type Answer,
  isKey,
  type Locale,
  misconceptionOf,
  type PublishedItem,
} from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { gradeAny } from "#lib/core/tasks/index.ts";
import type { Chance } from "./random.ts";

/** The chance that a slip of who types or counts happens to be what a wrong belief leads to. */
const TRAPPED = 0.3;

/**
 * A wrong answer to a question, in the form of its kind. Whoever holds one of the beliefs that the question can reveal answers
 * as that belief would; else it is a slip of any kind.
 */
export function wrongAnswer(
  item: PublishedItem,
  locale: Locale,
  belief: string | null,
  chance: Chance,
): Answer {
  const answer = believed(item, locale, belief, chance);
  // A slip may be right by accident, such as a trap that lies within the tolerance.
  return gradeAny(item, answer as never, locale).correct ? blank(item) : answer;
}

function believed(item: PublishedItem, locale: Locale, belief: string | null, chance: Chance): Answer {
  const held = <T extends { misconception?: string }>(parts: readonly T[]): T[] => {
    const ofBelief = parts.filter(
      ({ misconception }) => misconception !== undefined && misconception === belief,
    );
    return ofBelief.length > 0 ? ofBelief : chance.sample(parts, 1);
  };
  switch (item.kind) {
    case "flashcard":
      return { recall: "again" };
    case "single": {
      const wrong = item.options.filter((option) => !isKey(option));
      const tempting = wrong.filter((option) => misconceptionOf(option) === belief);
      return { option: chance.pick(belief && tempting.length > 0 ? tempting : wrong).id };
    }
    case "multiple": {
      const wrong = item.options.filter((option) => !isKey(option));
      const tempting = wrong.filter((option) => belief && misconceptionOf(option) === belief);
      const keys = item.options.filter(isKey);
      const taken = tempting.length > 0 ? tempting : chance.sample(wrong, 1);
      // A belief replaces what is right as often as it comes on top.
      const kept = chance.happens(0.5) ? keys.slice(1) : keys;
      return { options: [...kept, ...taken].map(({ id }) => id) };
    }
    case "cloze": {
      const right = (rightAnswer(item, locale) as { gaps: Record<string, string> }).gaps;
      const traps = item.gaps.flatMap(({ id, traps }) => (traps ?? []).map((trap) => ({ gap: id, ...trap })));
      if (traps.length === 0 || (!belief && !chance.happens(TRAPPED)))
        return { gaps: { ...right, [chance.pick(item.gaps).id]: "" } };
      return {
        gaps: { ...right, ...Object.fromEntries(held(traps).map(({ gap, answer }) => [gap, answer])) },
      };
    }
    case "ordering": {
      const order = item.steps.map(({ id }) => id);
      const [trap] = belief ? (item.traps ?? []).filter(({ misconception }) => misconception === belief) : [];
      if (trap) {
        order.splice(order.indexOf(trap.step), 1);
        order.splice(order.indexOf(trap.before), 0, trap.step);
        return { order };
      }
      const place = chance.whole(0, order.length - 2);
      order.splice(place, 2, order[place + 1]!, order[place]!);
      return { order };
    }
    case "matching": {
      const matches = Object.fromEntries(item.pairs.map(({ id }) => [id, id]));
      for (const { id } of held(item.pairs)) {
        const others = [...item.pairs, ...(item.extras ?? [])].filter((other) => other.id !== id);
        matches[id] = chance.pick(others).id;
      }
      return { matches };
    }
    case "classify": {
      const buckets = Object.fromEntries(item.cards.map(({ id, bucket }) => [id, bucket]));
      for (const { id, bucket } of held(item.cards)) {
        buckets[id] = chance.pick(item.buckets.filter((other) => other.id !== bucket)).id;
      }
      return { buckets };
    }
    case "numeric": {
      const traps = item.traps ?? [];
      const trapped = traps.length > 0 && (belief !== null || chance.happens(TRAPPED));
      const value = trapped ? held(traps)[0]!.value : item.value + item.tolerance + chance.whole(1, 9);
      return { number: String(value) };
    }
    case "manifest":
      // Handed in as it was found.
      return { manifests: item.task.start };
  }
}

/** An answer that says nothing, for when a slip turned out right. */
function blank(item: PublishedItem): Answer {
  switch (item.kind) {
    case "flashcard":
      return { recall: "again" };
    case "single":
      return { option: item.options.find((option) => !isKey(option))?.id ?? "" };
    case "multiple":
      return { options: [] };
    case "cloze":
      return { gaps: {} };
    case "ordering":
      return { order: [] };
    case "matching":
      return { matches: {} };
    case "classify":
      return { buckets: {} };
    case "numeric":
      return { number: "" };
    case "manifest":
      return { manifests: "" };
  }
}

/** A right answer, as somebody would give it who finds it this easy. */
export function goodAnswer(item: PublishedItem, locale: Locale, chance: number): Answer {
  if (item.kind !== "flashcard") return rightAnswer(item, locale);
  return { recall: chance > 0.96 ? "easy" : chance < 0.7 ? "hard" : "good" };
}
