import { DAY, forgetting, type Memory, remembered, within } from "./naive.ts";

/** What is known of somebody's part of an assignment. */
interface Part {
  items: number;
  seen: number;
  coverage: number;
  readiness: number;
  readinessAtDue: number;
  introducedLately: number;
  paceDays: number;
  examPassed: boolean | null;
  dueAt: number;
  readinessTarget: number | null;
  hasExam: boolean;
  desiredRetention: number;
}

/** An answer is taken to last so long, in ms. */
const ANSWER_MS = 20_000;
/** No more new cards of assignments than this come on one day. */
const MOST_A_DAY = 40;

/**
 * What is left of an assignment, worked out as the decision about figures of a team says it. Where the app has a formula, this adds
 * up small steps.
 */
export function naivePlan(part: Part, now: number) {
  const { seen, coverage, readiness, readinessAtDue, readinessTarget: target, desiredRetention } = part;
  const daysLeft = Math.max(0, Math.ceil((part.dueAt - now) / DAY));
  const newLeft = part.items - seen;
  const pace = part.introducedLately / part.paceDays;
  const kept = keptUp(desiredRetention);
  const recalled = coverage > 0 ? readiness / coverage : 1;
  const isReady = target === null || readinessAtDue >= target;
  const isDone = isReady && (!part.hasExam || part.examPassed === true);

  /** Readiness at the due moment with so many of the new cards learned, if what was seen is recalled so well. */
  const readyWith = (learned: number, ofSeen: number) => {
    const ofNew = newLeft > 0 ? ((1 - coverage) * Math.min(learned, newLeft)) / newLeft : 0;
    return Math.min(1, Math.max(readinessAtDue, ofSeen * coverage) + kept * ofNew);
  };
  // The fewest new cards that are enough, tried one by one.
  let needed = 0;
  while (needed < newLeft && (target === null || readyWith(needed, kept) < target - 1e-12)) needed++;
  const attainable = target === null || readyWith(newLeft, kept) >= target;
  const newPerDayNeeded = Math.ceil(needed / Math.max(1, daysLeft));
  const reachable = attainable && daysLeft > 0 && newPerDayNeeded <= MOST_A_DAY;
  const expected = part.paceDays < 3 ? Math.max(pace, Math.min(newPerDayNeeded, MOST_A_DAY)) : pace;
  const projectedReadiness = readyWith(expected * daysLeft, recalled < desiredRetention ? recalled : kept);
  const enoughNew = expected * daysLeft >= needed;
  const willDo = target === null ? enoughNew : isReady || projectedReadiness >= target;

  const status = isDone
    ? "done"
    : now >= part.dueAt
      ? "overdue"
      : seen === 0 && !part.examPassed
        ? "notStarted"
        : willDo
          ? "onTrack"
          : "behind";
  const obstacle = isDone
    ? null
    : isReady && needed === 0
      ? "exam"
      : !attainable
        ? "retention"
        : !enoughNew
          ? "newCards"
          : willDo
            ? null
            : "reviews";
  const late = status === "behind" || status === "overdue" || (status === "notStarted" && !reachable);
  const moreNew = late && !enoughNew;
  const minutesLeft =
    isDone || daysLeft === 0
      ? 0
      : (answersIn(daysLeft, seen, newLeft, desiredRetention) * ANSWER_MS) / 60_000;
  const better = Array.from({ length: 28 }, (_, n) => 0.7 + n / 100).find(
    (retention) => target === null || keptUp(retention) >= target,
  );
  return {
    status,
    daysLeft,
    newLeft,
    newPerDayNeeded: isDone ? 0 : newPerDayNeeded,
    pace,
    minutesLeft,
    minutesPerDay: daysLeft === 0 ? 0 : minutesLeft / daysLeft,
    reachable: isDone || reachable,
    projectedReadiness,
    obstacle,
    wouldReach: {
      newPerDay: moreNew && reachable ? newPerDayNeeded : null,
      dueAt: moreNew && attainable && pace > 0 ? now + Math.ceil(needed / pace) * DAY : null,
      desiredRetention: late && !attainable ? (better ?? null) : null,
    },
  };
}

const means = new Map<number, number>();

/** The mean recall of a card between two reviews, if it is always reviewed when its recall has fallen so far: slice by slice. */
function keptUp(retention: number): number {
  const known = means.get(retention);
  if (known !== undefined) return known;
  let [low, high] = [0, 1e6];
  for (let n = 0; n < 200; n++) {
    const middle = (low + high) / 2;
    if (forgetting(1, middle) > retention) low = middle;
    else high = middle;
  }
  const slices = 20_000;
  let sum = 0;
  for (let n = 0; n < slices; n++) sum += forgetting(1, ((n + 0.5) / slices) * low);
  means.set(retention, sum / slices);
  return sum / slices;
}

/** The rests between reviews of a card whose answers are all right, in days. */
function restsOf(retention: number): number[] {
  const rests: number[] = [];
  let at = 600_000;
  let memory = remembered(remembered(undefined, 3, 0), 3, at);
  let hard: Memory | null = null;
  while (rests.length < 6) {
    const good = restOf(memory, retention);
    // At least a day more than if it had come hard.
    const rest = Math.min(365, hard && restOf(hard, retention) >= good ? good + 1 : good);
    rests.push(rest);
    at += rest * DAY;
    [memory, hard] = [remembered(memory, 3, at), remembered(memory, 2, at)];
  }
  return rests;
}

/** Answers in so many days: of new cards, learned evenly over them, and of seen ones, anywhere in their second rest. */
function answersIn(days: number, seen: number, newLeft: number, retention: number): number {
  const rests = restsOf(retention);
  const [, second = 1, ...later] = rests;
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  /** The share of moments, evenly within a span, that leave so many days. */
  const early = (wait: number, span: number) => within(0, (days - wait) / span, 1);
  const ofNew = sum(rests.map((_, n) => early(sum(rests.slice(0, n + 1)), days)));
  const ofSeen = sum(later.map((_, n) => early(sum(later.slice(0, n)), second)));
  // What is forgotten at a return is answered once more.
  const each = 1 + (1 - retention);
  return newLeft * (2.5 + ofNew * each) + seen * ofSeen * each;
}

function restOf({ stability }: Memory, retention: number): number {
  let [low, high] = [0, 1e6];
  for (let n = 0; n < 200; n++) {
    const middle = (low + high) / 2;
    if (forgetting(stability, middle) > retention) low = middle;
    else high = middle;
  }
  return Math.min(365, Math.max(1, Math.round(low)));
}
