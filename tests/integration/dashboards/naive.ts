/**
 * The figures of the dashboards once more, the slow and plain way: every row is read, every card folded from its raw events, and
 * everything else is loops over that. Shares no formula with the statements that it checks.
 */
import type { Goal, Standing } from "#lib/core/assignments/index.ts";
import { misconceptionsOf, type PublishedItem } from "#lib/core/questions/index.ts";
import type { CardEvent } from "#lib/core/reviews/event.ts";
import { type CardMemory, foldCard } from "#lib/core/scheduling/index.ts";
import { db } from "#lib/server/db/client.ts";
import type { Review } from "#lib/server/db/generated/client.ts";

const DAY = 86_400_000;

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
    await db().readinessSnapshot.findMany(),
    await db().review.findMany({ orderBy: [{ reviewedAt: "asc" }, { id: "asc" }] }),
    await db().team.findMany(),
  ];
  const reviews = new Map<string, Review[]>();
  for (const row of rows) reviews.set(row.userId, [...(reviews.get(row.userId) ?? []), row]);
  return { users, items, memberships, assignments, assignees, attempts, snapshots, reviews, teams };
}

/** A card's event as the fold sees it. */
function eventOf({ id, type, reviewedAt, rating, source, targetId, until }: Review): CardEvent {
  const at = reviewedAt.getTime();
  if (type === "answer") return { id, at, type, rating: rating as 1, source: source! };
  if (type === "undo" || type === "redo") return { id, at, type, targetId: targetId! };
  if (type === "bury") return { id, at, type, until: until!.getTime() };
  return { id, at, type };
}

export interface Known {
  memories: Map<string, CardMemory>;
  /** Answers that are not undone, oldest first. */
  answers: Review[];
}

/** What a person's raw events come to. */
export function fold({ users, reviews }: World, userId: string): Known {
  const { desiredRetention } = users.find(({ id }) => id === userId)!;
  const own = reviews.get(userId) ?? [];
  const memories = new Map<string, CardMemory>();
  const undone = new Set<string>();
  for (const itemId of new Set(own.map((row) => row.itemId))) {
    const folded = foldCard(own.filter((row) => row.itemId === itemId).map(eventOf), {
      weights: null,
      desiredRetention,
    });
    memories.set(itemId, folded.memory);
    for (const id of folded.undone) undone.add(id);
  }
  return { memories, answers: own.filter(({ id, type }) => type === "answer" && !undone.has(id)) };
}

/** FSRS-6 with the published weights: after as many days as the stability, 90 % is left. */
function recall(memory: CardMemory | undefined, at: number): number {
  if (!memory || memory.lastReview === null) return 0;
  const days = Math.max(0, at - memory.lastReview) / DAY;
  const base = 0.9 ** (1 / -0.1542) - 1;
  return (1 + (base * days) / memory.stability) ** -0.1542;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Ready {
  chance: number;
  coverage: number;
}

/** Readiness of a concept. */
export function ready({ items }: World, { memories }: Known, conceptId: string, at: number): Ready {
  const own = items.filter((item) => item.conceptId === conceptId);
  const seen = own.filter(({ id }) => memories.get(id)?.lastReview != null);
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

/** Where somebody stands with an assignment. */
export function standing(
  world: World,
  known: Known,
  assignmentId: string,
  userId: string,
  now: number,
): Standing & Goal & { desiredRetention: number; assignedAt: number } {
  const assignment = world.assignments.find(({ id }) => id === assignmentId)!;
  const own = world.assignees.find((row) => row.assignmentId === assignmentId && row.userId === userId)!;
  const { desiredRetention } = world.users.find(({ id }) => id === userId)!;
  const concepts = conceptsOf(world, assignmentId);
  const items = world.items.filter(({ conceptId }) => concepts.includes(conceptId));
  const memories = items.map(({ id }) => known.memories.get(id));
  const readiness = meanReady(concepts.map((id) => ready(world, known, id, now)));
  const atDue = meanReady(concepts.map((id) => ready(world, known, id, own.dueAt.getTime())));
  const paceDays = Math.min(14, Math.max(1, Math.floor((now - own.assignedAt.getTime()) / DAY)));
  const passed = world.attempts.some(
    (row) => row.assignmentId === assignmentId && row.userId === userId && row.passed === true,
  );
  return {
    items: items.length,
    seen: memories.filter((memory) => memory?.lastReview != null).length,
    coverage: readiness.coverage,
    readiness: readiness.chance,
    readinessAtDue: own.readinessAtDue ?? atDue.chance,
    introducedLately: memories.filter((memory) => (memory?.introducedAt ?? 0) >= now - paceDays * DAY).length,
    paceDays,
    examPassed: assignment.exam ? passed : null,
    dueAt: own.dueAt.getTime(),
    assignedAt: own.assignedAt.getTime(),
    readinessTarget: assignment.readinessTarget,
    hasExam: assignment.exam !== null,
    desiredRetention,
  };
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
    .sort((a, b) => +b.reviewedAt - +a.reviewedAt || (a.itemId > b.itemId ? -1 : 1));
  const all = new Set(ordered.flatMap((answer) => misconceptionsOf(questionOf(world, answer))));
  return new Map(
    [...all].map((belief) => {
      const told = ordered.filter((answer) => misconceptionsOf(questionOf(world, answer)).includes(belief));
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
