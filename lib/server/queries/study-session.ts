import "server-only";
import { misconceptionsOf, type PublishedItem, type Text } from "#lib/core/questions/index.ts";
import {
  buildQueue,
  createScheduler,
  type DailyQueue,
  type DayBoundary,
  endOfDay,
  NEW_MEMORY,
  type SchedulingParameters,
} from "#lib/core/scheduling/index.ts";
import type { Misconceptions, StudyCard } from "#lib/core/study/card.ts";
import { studySettings } from "#lib/server/auth/defaults.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { freshRows, type QueueRow, queueRows } from "#lib/server/db/sql/queue.ts";
import { getToursOf, type TourSummary } from "./tours.ts";

/** Everything the browser needs to study on its own, until the session is done or the network is back. */
export interface StudySessionData {
  cards: StudyCard[];
  misconceptions: Misconceptions;
  /** The lessons that come before new cards: those that the viewer has neither read nor skipped. */
  lessons: Lesson[];
  settings: DayBoundary & SchedulingParameters;
  /** When the learner's day ends, ms since the epoch: until then a buried card stays away. */
  dayEnd: number;
}

/** What a concept teaches before it asks. */
export interface Lesson {
  conceptId: string;
  summary: Text;
  /** Markdown. */
  lesson: Text;
  diagram: string | null;
  /** Tours of the playground that show it. */
  tours: TourSummary[];
}

/** Cards sent at once: an hour of work. */
const SESSION_SIZE = 80;

type PlacedRow = Omit<QueueRow, "memory"> & Pick<StudyCard, "memory">;

/** What the viewer's day holds, without the questions: for counts. */
export async function getDailyQueue(viewer: Viewer, now: number): Promise<DailyQueue<PlacedRow>> {
  const settings = studySettings(viewer);
  const rows = isPerson(viewer) ? await queueRows(db(), viewer.userId) : await freshRows(db());
  const cards = rows.map((row) => ({ ...row, memory: row.memory ?? NEW_MEMORY }));
  return buildQueue(cards, { ...settings, now, scheduler: createScheduler(settings) });
}

/** The cards to study now, in order, with their questions and the misconceptions they can reveal. */
export async function getStudySession(viewer: Viewer, now: number): Promise<StudySessionData> {
  const queue = (await getDailyQueue(viewer, now)).cards.slice(0, SESSION_SIZE);
  const cards = await withItems(queue);
  const { newPerDay: _, ...settings } = studySettings(viewer);
  const fresh = cards.filter(({ memory }) => memory.state === "new").map(({ conceptId }) => conceptId);
  return {
    cards,
    misconceptions: await misconceptionsIn(cards),
    lessons: await unreadLessons(viewer, fresh),
    settings,
    dayEnd: endOfDay(now, settings),
  };
}

async function unreadLessons(viewer: Viewer, conceptIds: readonly string[]): Promise<Lesson[]> {
  const userId = isPerson(viewer) ? viewer.userId : null;
  const concepts = await db().concept.findMany({
    where: {
      id: { in: [...new Set(conceptIds)] },
      ...(userId ? { lessonReads: { none: { userId } } } : {}),
    },
    select: { id: true, summary: true, lesson: true, diagram: true },
  });
  const tours = await getToursOf(concepts.map(({ id }) => id));
  return concepts.map(({ id, summary, lesson, diagram }) => ({
    conceptId: id,
    summary: summary as Text,
    lesson: lesson as Text,
    diagram,
    tours: tours.get(id) ?? [],
  }));
}

/** Adds the current revision of each card's item. */
export async function withItems(rows: readonly PlacedRow[]): Promise<StudyCard[]> {
  const revisions = await db().itemRevision.findMany({
    where: { OR: rows.map(({ itemId, revision }) => ({ itemId, revision })) },
  });
  const items = new Map(
    revisions.map(({ itemId, payload }) => [itemId, payload as unknown as PublishedItem]),
  );
  return rows.flatMap(({ revision: _, ...row }) => {
    const item = items.get(row.itemId);
    return item ? [{ ...row, item }] : [];
  });
}

/** The misconceptions that the cards' wrong answers can reveal. */
export async function misconceptionsIn(cards: readonly { item: PublishedItem }[]): Promise<Misconceptions> {
  const ids = [...new Set(cards.flatMap(({ item }) => misconceptionsOf(item)))];
  const rows = await db().misconception.findMany({
    where: { id: { in: ids } },
    select: { id: true, belief: true, model: true, symptom: true },
  });
  return Object.fromEntries(rows.map(({ id, ...text }) => [id, text])) as Misconceptions;
}
