/**
 * The figures of the dashboards once more, the slow and plain way: every row is read, every card folded from its raw events, and
 * everything else is loops over that. Shares no formula with what it checks: of lib/core it takes types alone, and of the memory
 * model the published weights.
 */
import { default_w } from "ts-fsrs";
import type { PublishedItem } from "#lib/core/questions/index.ts";
import { db } from "#lib/server/db/client.ts";
import type { Review } from "#lib/server/db/generated/client.ts";
import { naivePlan } from "./naive-plan.ts";

export const DAY = 86_400_000;

/** Everything there is, as rows. */
export type World = Awaited<ReturnType<typeof readWorld>>;

export async function readWorld() {
  const [users, items, memberships, assignments, assignees, attempts, snapshots, rows, teams] = [
    await db().user.findMany(),
    await db().item.findMany({ where: { retiredAt: null }, include: { concept: true, revisions: true } }),
    await db().membership.findMany({ include: { groups: true } }),
    await db().assignment.findMany({ include: { scope: true, exam: true } }),
    await db().assignee.findMany(),
    await db().examAttempt.findMany({ include: { answers: true } }),
    await db().readinessSnapshot.groupBy({ by: ["userId", "day"], orderBy: { day: "asc" } }),
    await db().review.findMany({ orderBy: [{ reviewedAt: "asc" }, { id: "asc" }] }),
    await db().team.findMany(),
  ];
  const reviews = new Map<string, Review[]>();
  for (const row of rows) reviews.set(row.userId, [...(reviews.get(row.userId) ?? []), row]);
  /** The days, `YYYY-MM-DD`, for which readiness of somebody was noted. */
  const notedOf = (userId: string) =>
    snapshots.flatMap((row) => (row.userId === userId ? row.day.toISOString().slice(0, 10) : []));
  return { users, items, memberships, assignments, assignees, attempts, notedOf, reviews, teams };
}

/** What is left of a card's memory. */
export interface Memory {
  stability: number;
  difficulty: number;
  last: number;
  introducedAt: number | null;
}

export interface Known {
  /** Of the cards that were seen. */
  memories: Map<string, Memory>;
  /** Answers that are not undone, oldest first. */
  answers: Review[];
}

/** What a person's raw events before a moment come to. */
export function fold({ reviews }: World, userId: string, before = Number.POSITIVE_INFINITY): Known {
  const own = (reviews.get(userId) ?? []).filter(({ reviewedAt }) => +reviewedAt < before);
  const undone = new Set<string>();
  for (const { type, targetId } of own) {
    if (type === "undo") undone.add(targetId!);
    if (type === "redo") undone.delete(targetId!);
  }
  const standing = own.filter(({ id }) => !undone.has(id));
  const memories = new Map<string, Memory>();
  for (const { itemId, type, source, rating, reviewedAt } of standing) {
    const [memory, at] = [memories.get(itemId), +reviewedAt];
    // What was known before it was studied counts as a first answer that was easy, and costs nothing of the day.
    const known = type === "know" || (source === "placement" && rating! > 1);
    if (type === "reset") memories.delete(itemId);
    else if (known && !memory) memories.set(itemId, { ...remembered(undefined, 4, at), introducedAt: null });
    else if (type === "answer" && source !== "cram" && (memory || source === "study"))
      memories.set(itemId, remembered(memory, rating!, at));
  }
  return { memories, answers: standing.filter(({ type }) => type === "answer") };
}

const w = default_w;
export const within = (low: number, value: number, high: number) => Math.max(low, Math.min(value, high));

/** FSRS-6: how a memory is after an answer, on whole days of 24 hours since the one before. */
export function remembered(before: Memory | undefined, rating: number, at: number): Memory {
  const firstDifficulty = (g: number) => w[4]! - Math.exp(w[5]! * (g - 1)) + 1;
  if (!before) {
    const [stability, difficulty] = [w[rating - 1]!, within(1, firstDifficulty(rating), 10)];
    return { stability, difficulty, last: at, introducedAt: at };
  }
  const { stability: s, difficulty: d } = before;
  const last = Math.max(at, before.last);
  const days = Math.floor((last - before.last) / DAY);
  const lost = 1 - forgetting(s, days);
  const stability = () => {
    if (days === 0) {
      const growth = Math.exp(w[17]! * (rating - 3 + w[18]!)) * s ** -w[19]!;
      return s * (rating > 1 ? Math.max(1, growth) : growth);
    }
    if (rating === 1) {
      const after = w[11]! * d ** -w[12]! * ((s + 1) ** w[13]! - 1) * Math.exp(w[14]! * lost);
      return Math.min(after, s / Math.exp(w[17]! * w[18]!));
    }
    const share = rating === 2 ? w[15]! : rating === 4 ? w[16]! : 1;
    return s * (1 + Math.exp(w[8]!) * (11 - d) * s ** -w[9]! * (Math.exp(w[10]! * lost) - 1) * share);
  };
  const moved = d - (w[6]! * (rating - 3) * (10 - d)) / 9;
  const difficulty = within(1, w[7]! * firstDifficulty(4) + (1 - w[7]!) * moved, 10);
  return {
    stability: within(0.001, stability(), 36_500),
    difficulty,
    last,
    introducedAt: before.introducedAt,
  };
}

/** The share that is recalled after so many days: after as many as the stability, 90 %. */
export function forgetting(stability: number, days: number): number {
  const base = 0.9 ** (1 / -w[20]!) - 1;
  return (1 + (base * days) / stability) ** -w[20]!;
}

const recall = (memory: Memory | undefined, at: number): number =>
  memory ? forgetting(memory.stability, Math.max(0, at - memory.last) / DAY) : 0;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Ready {
  chance: number;
  coverage: number;
}

/** Readiness of a concept. */
export function ready({ items }: World, { memories }: Known, conceptId: string, at: number): Ready {
  const own = items.filter((item) => item.conceptId === conceptId);
  const seen = own.filter(({ id }) => memories.has(id));
  return {
    chance: mean(own.map(({ id }) => recall(memories.get(id), at))),
    coverage: seen.length / own.length,
  };
}

export const meanReady = (parts: readonly Ready[]): Ready => ({
  chance: mean(parts.map(({ chance }) => chance)),
  coverage: mean(parts.map(({ coverage }) => coverage)),
});

/** The concepts that an assignment comes to. */
export function conceptsOf({ items, assignments }: World, assignmentId: string): string[] {
  const { scope } = assignments.find(({ id }) => id === assignmentId)!;
  const meant = items.filter((item) =>
    scope.some(
      ({ kind, refId }) =>
        refId === (kind === "bank" ? item.bankId : kind === "area" ? item.concept.areaId : item.conceptId),
    ),
  );
  return [...new Set(meant.map(({ conceptId }) => conceptId))];
}

/** What was assigned to whom in a team, of what a filter leaves. */
export function assigned(
  world: World,
  teamId: string,
  filter: { group?: string; assignment?: string; area?: string } = {},
): Map<string, string[]> {
  const pairs = new Map<string, string[]>();
  for (const { userId, groups } of world.memberships.filter((row) => row.teamId === teamId)) {
    if (filter.group && !groups.some(({ groupId }) => groupId === filter.group)) continue;
    const concepts = world.assignees
      .filter((row) => row.teamId === teamId && row.userId === userId)
      .filter(({ assignmentId }) => !filter.assignment || assignmentId === filter.assignment)
      .flatMap(({ assignmentId }) => conceptsOf(world, assignmentId))
      .filter((id) => !filter.area || areaOf(world, id) === filter.area);
    if (concepts.length > 0) pairs.set(userId, [...new Set(concepts)]);
  }
  return pairs;
}

export const areaOf = ({ items }: World, conceptId: string): string =>
  items.find((item) => item.conceptId === conceptId)!.concept.areaId;

export const memberOf = ({ memberships }: World, teamId: string, userId: string) =>
  memberships.find((row) => row.teamId === teamId && row.userId === userId)!;

/** Answers of a member on concepts since they joined, and since a moment. */
export function answersOn(
  world: World,
  known: Known,
  {
    teamId,
    userId,
    concepts,
    since,
  }: { teamId: string; userId: string; concepts: readonly string[]; since: number },
): Review[] {
  const { joinedAt } = memberOf(world, teamId, userId);
  const items = new Set(
    world.items.filter(({ conceptId }) => concepts.includes(conceptId)).map(({ id }) => id),
  );
  return known.answers.filter(
    ({ itemId, reviewedAt }) =>
      items.has(itemId) && reviewedAt.getTime() >= Math.max(since, joinedAt.getTime()),
  );
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The calendar day in a time zone, `hours` of it still counting for the day before: `YYYY-MM-DD`. */
export function localDay(at: Date, timeZone: string, hours = 0): string {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short", timeStyle: "medium" });
    clocks.set(timeZone, clock);
  }
  const local = clock.format(at);
  return new Date(Date.parse(`${local.replace(" ", "T")}Z`) - hours * 3_600_000).toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export function monday(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** The moment at which a day begins where somebody is: found by going through it. */
export function beginOf(day: string, timeZone: string, hours = 0): number {
  let at = Date.parse(`${day}T00:00:00Z`) - 14 * 3_600_000;
  while (localDay(new Date(at), timeZone, hours) < day) at += 900_000;
  return at;
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Where somebody stands with an assignment, and what is left of it. */
export function standing(world: World, known: Known, assignmentId: string, userId: string, now: number) {
  const assignment = world.assignments.find(({ id }) => id === assignmentId)!;
  const { assignedAt, dueAt } = world.assignees.find(
    (row) => row.assignmentId === assignmentId && row.userId === userId,
  )!;
  const { desiredRetention } = world.users.find(({ id }) => id === userId)!;
  const concepts = conceptsOf(world, assignmentId);
  const items = world.items.filter(({ conceptId }) => concepts.includes(conceptId));
  const seen = items.flatMap(({ id }) => known.memories.get(id) ?? []);
  const readiness = meanReady(concepts.map((id) => ready(world, known, id, now)));
  // Once it is due, what was answered since counts no more.
  const then = +dueAt <= now ? fold(world, userId, +dueAt + 1) : known;
  const atDue = meanReady(concepts.map((id) => ready(world, then, id, +dueAt)));
  const paceDays = within(1, Math.floor((now - +assignedAt) / DAY), 14);
  const passed = world.attempts.some(
    (row) => row.assignmentId === assignmentId && row.userId === userId && row.passed === true,
  );
  const stood = {
    items: items.length,
    seen: seen.length,
    coverage: readiness.coverage,
    readiness: readiness.chance,
    readinessAtDue: atDue.chance,
    introducedLately: seen.filter(({ introducedAt }) => (introducedAt ?? 0) >= now - paceDays * DAY).length,
    paceDays,
    examPassed: assignment.exam ? passed : null,
    dueAt: +dueAt,
    assignedAt: +assignedAt,
    readinessTarget: assignment.readinessTarget,
    hasExam: assignment.exam !== null,
    desiredRetention,
  };
  return { ...stood, plan: naivePlan(stood, now) };
}

/** Of answers, oldest first, the first to each item. Crammed ones say nothing of what was known. */
export function firstOfEach(answers: readonly Review[]): Review[] {
  const first = new Map<string, Review>();
  for (const answer of answers)
    if (answer.source !== "cram" && !first.has(answer.itemId)) first.set(answer.itemId, answer);
  return [...first.values()];
}

/** The question that an answer was given to. */
const questionOf = ({ items }: World, { itemId, revision }: Review): PublishedItem =>
  items.find(({ id }) => id === itemId)!.revisions.find((row) => row.revision === revision)!
    .payload as unknown as PublishedItem;

/** The wrong beliefs that some answer to a question shows, wherever they stand in it. */
function shownBy(part: unknown): string[] {
  if (part === null || typeof part !== "object") return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === "misconception") return [value as string];
    return key === "task" ? (value as { beliefs: string[] }).beliefs : shownBy(value);
  });
}

/** What was answered to a question, as `part choice` of each part of it. */
export function choicesOf(answer: unknown): string[] {
  const given = answer as Record<string, unknown>;
  const alike = (text: unknown) =>
    String(text).normalize("NFKC").toLowerCase().replace(/\s/gu, "").replace(/ー$/u, "");
  if ("option" in given) return [`all ${given.option}`];
  if ("options" in given) return (given.options as string[]).map((id) => `all ${id}`);
  if ("recall" in given) return [`all ${given.recall}`];
  if ("number" in given) return [`all ${Number(alike(given.number).replace(/[,_/]/gu, ""))}`];
  const [whole] = Object.values(given);
  return Object.entries(whole as Record<string, string>).map(
    ([part, choice]) => `${part} ${"gaps" in given ? alike(choice) : choice}`,
  );
}

/**
 * The wrong beliefs that somebody was asked about, and the questions at which each shows: of the last four that could have shown it,
 * by the last answer to each that was not given within six hours of the one before it. Empty for who does not hold it: it takes two,
 * or the only one.
 * @param answers all since they joined, oldest first
 * @param since of those, the last ones since this moment count
 */
export function beliefs(world: World, answers: readonly Review[], since: number): Map<string, string[]> {
  const last = new Map<string, Review>();
  const before = new Map<string, number>();
  for (const answer of answers) {
    if (answer.source === "cram") continue;
    const at = answer.reviewedAt.getTime();
    if (at - (before.get(answer.itemId) ?? Number.NEGATIVE_INFINITY) >= 6 * 3_600_000)
      last.set(answer.itemId, answer);
    before.set(answer.itemId, at);
  }
  const ordered = [...last.values()]
    .filter(({ reviewedAt }) => reviewedAt.getTime() >= since)
    .sort((a, b) => +b.reviewedAt - +a.reviewedAt || (a.itemId > b.itemId ? -1 : 1))
    .map((answer) => ({ ...answer, couldShow: new Set(shownBy(questionOf(world, answer))) }));
  return new Map(
    [...new Set(ordered.flatMap(({ couldShow }) => [...couldShow]))].map((belief) => {
      const told = ordered.filter(({ couldShow }) => couldShow.has(belief));
      const shown = told.slice(0, 4).filter(({ misconceptions }) => misconceptions.includes(belief));
      const held = shown.length >= 2 || (told.length === 1 && shown.length === 1);
      return [belief, held ? shown.map(({ itemId }) => itemId) : []];
    }),
  );
}

/** The middle of values, or the mean of the two in the middle; null where there are none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  if (sorted.length === 0) return null;
  return sorted.length % 2 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Pearson's correlation; null where one of the two does not vary. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const [x, y] = [mean(pairs.map(([a]) => a)), mean(pairs.map(([, b]) => b))];
  const sum = (of: (a: number, b: number) => number) =>
    pairs.reduce((all, [a, b]) => all + of(a - x, b - y), 0);
  const spread = Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
  return pairs.length === 0 || spread < 1e-5 ? null : sum((a, b) => a * b) / spread;
}

/** Of the cards answered on an earlier day, how many were recalled at the first answer of a day. */
export function retention(
  answers: readonly Review[],
  since: number,
  { timeZone, dayStartHour }: { timeZone: string; dayStartHour: number },
): { reviews: number; recalled: number } {
  const days = new Map<string, Set<string>>();
  const counted = { reviews: 0, recalled: 0 };
  for (const { itemId, reviewedAt, rating, source } of answers) {
    if (source === "cram" || source === "placement") continue;
    const before = days.get(itemId) ?? new Set();
    const day = localDay(reviewedAt, timeZone, dayStartHour);
    if (before.size > 0 && !before.has(day) && reviewedAt.getTime() >= since) {
      counted.reviews++;
      if (rating! > 1) counted.recalled++;
    }
    days.set(itemId, before.add(day));
  }
  return counted;
}
