import { type MisconceptionId, RULES, type Rules, withVariant } from "../cluster/index.ts";
import type { QuestionOf } from "../questions/item.ts";
import { hash } from "../questions/random.ts";
import type { Text } from "../questions/text.ts";
import { BELIEFS } from "./beliefs.ts";
import { type Dice, diceFrom } from "./dice.ts";
import { sentences, tellParting, type Way } from "./words.ts";

/** How large and how full of traps what is drawn is: 1 to 5. The kind of question stays the same. */
export type Difficulty = 1 | 2 | 3 | 4 | 5;

type Content<K extends "single" | "multiple" | "numeric"> = Omit<
  QuestionOf<K>,
  "id" | "revision" | "difficulty" | "asOf" | "reviewBy" | "hint" | "vmTwin" | "diagram" | "family"
>;
/** What a template adds to an item: its text, its answers and why. */
export type Generated = Content<"single"> | Content<"multiple"> | Content<"numeric">;

/** What every template says of itself. `D` is what it draws. */
interface Spec<D> {
  /** Raised whenever the same seed may give another question: graded answers name it. */
  version: number;
  concept: string;
  /** Ids in `content/sources`. */
  sources: readonly string[];
  /** Beliefs that are asked the same question. Of two that come to the same answer the first counts. */
  beliefs: readonly (keyof typeof BELIEFS)[];
  prompt: (drawn: D) => Text;
  /** Why the key is right, told of what was drawn. */
  explain: (drawn: D) => Text;
  /** Names of what the question turns on; the explanation has them all. */
  about: (drawn: D) => readonly string[];
}

interface Draw<D> {
  draw: (dice: Dice, difficulty: Difficulty) => D;
}

/** Several things that may be asked of one cluster, in a drawn order: the first counts that enough beliefs answer wrongly. */
interface Draws<D> {
  draws: (dice: Dice, difficulty: Difficulty) => readonly D[];
}

/** One key, and an option for what each of up to three beliefs expects. */
interface SingleParts<D, A> extends Spec<D> {
  /** The ways of packets that the answer follows from: where a belief first parts from them is told with its option. */
  ways?: (drawn: D, rules: Rules) => readonly Way[];
  answer: (drawn: D, rules: Rules, ways: readonly Way[]) => A;
  /** Tells the key and every wrong option alike. */
  tell: (answer: A, drawn: D) => Text;
}

type SingleSpec<D, A> = SingleParts<D, A> & (Draw<D> | Draws<D>);

/** Candidates of which some hold; a wrong one is what some belief takes for holding. */
interface MultipleSpec<D, A> extends Spec<D>, Draw<D> {
  /** Those that hold. */
  answer: (drawn: D, rules: Rules) => readonly A[];
  /** All that may stand among the options, in no particular order. */
  candidates: (drawn: D) => readonly A[];
  tell: (candidate: A, drawn: D) => Text;
}

interface NumericSpec<D> extends Spec<D>, Draw<D> {
  answer: (drawn: D, rules: Rules) => number;
  unit: Text;
  steps: (drawn: D) => Text;
}

/** A question with what its tests ask of it. */
export interface Asked {
  question: Generated;
  about: readonly string[];
  /** What somebody with these rules answers, as it stands in the options: one, several, or a number. */
  answerUnder: (rules: Rules) => readonly Text[] | number;
}

export interface Template extends Pick<Spec<never>, "version" | "concept" | "sources" | "beliefs"> {
  kind: Generated["kind"];
  /** The question of a seed; undefined where fewer than two beliefs come to a wrong answer of their own. */
  ask: (seed: number, difficulty: Difficulty) => Asked | undefined;
}

/** Fewer wrong answers than this, and it is drawn again. */
const WRONG_AT_LEAST = 2;
const WRONG_AT_MOST = 3;
const OPTIONS_AT_MOST = 6;

interface Wrong<A> {
  belief: MisconceptionId;
  answer: A;
}

const isSame = (a: Text, b: Text): boolean => a.ja === b.ja || a.en === b.en;

/** What beliefs answer, without those that come to the truth or to what one before them answers. */
function wrongAnswers<A>(
  beliefs: readonly MisconceptionId[],
  truth: A,
  answer: (rules: Rules) => A,
  same: (a: A, b: A) => boolean,
): Wrong<A>[] {
  const found: Wrong<A>[] = [];
  for (const belief of beliefs) {
    const one = answer(withVariant(belief));
    if (!same(one, truth) && !found.some((other) => same(other.answer, one)))
      found.push({ belief, answer: one });
  }
  return found;
}

const whyOf = (belief: MisconceptionId): Text => BELIEFS[belief as keyof typeof BELIEFS];

/** A question with one key; wrong options are what beliefs answer. */
export function single<D, A>(spec: SingleSpec<D, A>): Template {
  const askOf = (drawn: D, dice: Dice): Asked | undefined => {
    const seen = (rules: Rules) => {
      const ways = spec.ways?.(drawn, rules) ?? [];
      return { ways, told: spec.tell(spec.answer(drawn, rules, ways), drawn) };
    };
    const truth = seen(RULES);
    const wrong = wrongAnswers(spec.beliefs, truth, seen, (a, b) => isSame(a.told, b.told));
    if (wrong.length < WRONG_AT_LEAST) return undefined;
    const whyHere = (belief: MisconceptionId, ways: readonly Way[]) => {
      const parting = tellParting(truth.ways, ways);
      return parting ? sentences(whyOf(belief), parting) : whyOf(belief);
    };
    const options: Content<"single">["options"] = [
      { id: "right", text: truth.told, correct: true },
      ...dice.some(wrong, WRONG_AT_MOST).map(({ belief, answer }) => ({
        id: belief,
        text: answer.told,
        misconception: belief,
        why: whyHere(belief, answer.ways),
      })),
    ];
    return {
      question: {
        kind: "single",
        prompt: spec.prompt(drawn),
        options: dice.some(options, options.length),
        explanation: spec.explain(drawn),
      },
      about: spec.about(drawn),
      answerUnder: (rules) => [seen(rules).told],
    };
  };
  return {
    ...spec,
    kind: "single",
    ask: (seed, difficulty) => {
      const dice = diceFrom(seed);
      const several = "draws" in spec ? spec.draws(dice, difficulty) : [spec.draw(dice, difficulty)];
      for (const drawn of several) {
        const asked = askOf(drawn, dice);
        if (asked) return asked;
      }
      return undefined;
    },
  };
}

/** A question with several keys; a candidate that no belief takes for holding is left out of the options. */
export function multiple<D, A>(spec: MultipleSpec<D, A>): Template {
  return {
    ...spec,
    kind: "multiple",
    ask: (seed, difficulty) => {
      const dice = diceFrom(seed);
      const drawn = spec.draw(dice, difficulty);
      const holding = (rules: Rules) => spec.answer(drawn, rules).map((one) => spec.tell(one, drawn));
      const isAmong = (one: Text, others: readonly Text[]) => others.some((other) => isSame(one, other));
      const truth = holding(RULES);
      const believed = spec.beliefs.map((belief) => ({ belief, texts: holding(withVariant(belief)) }));
      const candidates = spec.candidates(drawn).map((one) => spec.tell(one, drawn));
      const right = candidates.filter((one) => isAmong(one, truth));
      const wrong = candidates.flatMap((answer): Wrong<Text>[] => {
        if (right.includes(answer)) return [];
        const by = believed.find(({ texts }) => isAmong(answer, texts));
        return by ? [{ belief: by.belief, answer }] : [];
      });
      // As many of either kind as there is room for, yet wrong ones of different beliefs first.
      const firsts = wrong.filter(({ belief }, n) => wrong.findIndex((one) => one.belief === belief) === n);
      const ordered = [...firsts, ...wrong.filter((one) => !firsts.includes(one))];
      const wrongTaken = ordered.slice(0, Math.max(WRONG_AT_MOST, OPTIONS_AT_MOST - right.length));
      const rightTaken = dice.some(right, OPTIONS_AT_MOST - wrongTaken.length);
      if (
        wrongTaken.length < WRONG_AT_LEAST ||
        rightTaken.length < 1 ||
        wrongTaken.length + rightTaken.length < 4
      )
        return undefined;
      const texts = [...rightTaken, ...wrongTaken.map(({ answer }) => answer)];
      if (texts.some((one, n) => isAmong(one, texts.slice(0, n)))) return undefined;
      const numbered = (name: string, before: number) => (before === 0 ? name : `${name}-${before + 1}`);
      const options: Content<"multiple">["options"] = [
        ...rightTaken.map((one, n) => ({
          id: numbered("right", n),
          text: one,
          correct: true as const,
        })),
        ...wrongTaken.map(({ belief, answer }, n) => ({
          id: numbered(belief, wrongTaken.slice(0, n).filter((one) => one.belief === belief).length),
          text: answer,
          misconception: belief,
          why: whyOf(belief),
        })),
      ];
      return {
        question: {
          kind: "multiple",
          prompt: spec.prompt(drawn),
          options: dice.some(options, options.length),
          explanation: spec.explain(drawn),
        },
        about: spec.about(drawn),
        answerUnder: holding,
      };
    },
  };
}

/** A question for a number; traps are what beliefs come to. */
export function numeric<D>(spec: NumericSpec<D>): Template {
  return {
    ...spec,
    kind: "numeric",
    ask: (seed, difficulty) => {
      const drawn = spec.draw(diceFrom(seed), difficulty);
      const answer = (rules: Rules) => spec.answer(drawn, rules);
      const value = answer(RULES);
      const wrong = wrongAnswers(spec.beliefs, value, answer, Object.is);
      if (wrong.length < WRONG_AT_LEAST) return undefined;
      return {
        question: {
          kind: "numeric",
          prompt: spec.prompt(drawn),
          value,
          tolerance: 0,
          unit: spec.unit,
          steps: spec.steps(drawn),
          traps: wrong.map((one) => ({
            value: one.answer,
            misconception: one.belief,
            why: whyOf(one.belief),
          })),
          explanation: spec.explain(drawn),
        },
        about: spec.about(drawn),
        answerUnder: answer,
      };
    },
  };
}

/** Of the template that is drawn again most, not quite half of the draws will do: the chance that none of so many does is below 10⁻⁴⁰. */
const TRIES = 200;

/**
 * The question of a seed. Where a draw has too few wrong answers, the next one of the seed counts.
 * @throws where none of many draws will do: a bug of the template
 */
export function askOnce(id: string, template: Template, seed: number, difficulty: Difficulty): Asked {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const asked = template.ask(hash(`${id} ${difficulty} ${seed} ${attempt}`), difficulty);
    if (asked) return asked;
  }
  throw new Error(`Template ${id} draws no question from seed ${seed} at difficulty ${difficulty}`);
}
