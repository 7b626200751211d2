import "server-only";
import { groupBy } from "#lib/core/collections.ts";
import { EXAM_KINDS, type ExamItem } from "#lib/core/exams/index.ts";
import { shuffle, type Text } from "#lib/core/questions/index.ts";
import { NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import type { StudyCard } from "#lib/core/study/index.ts";
import { instanceOf } from "#lib/core/templates/instance.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { freshRows, type QueueRow, queueRows } from "#lib/server/db/sql/queue.ts";
import { getCurriculum } from "./curriculum.ts";
import { withItems } from "./study-session.ts";

/** A concept as a placement sees it. */
export interface PlacedConcept {
  id: string;
  areaId: string;
  title: Text;
  needs: string[];
  /** Its cards, none of which the viewer has begun; empty once one was, for then studying knows better. */
  cardIds: string[];
  /** The question to ask about it. */
  question: (StudyCard & { item: ExamItem }) | null;
}

export interface PlacementData {
  areas: { id: string; title: Text }[];
  /** In teaching order. */
  concepts: PlacedConcept[];
  /** What stands of an earlier placement. */
  earlier: EarlierPlacement;
}

export interface EarlierPlacement {
  /** The events to undo, should all of it be undone. */
  events: { id: string; itemId: string }[];
  /** The concepts it showed to be known. */
  known: string[];
}

/**
 * Everything a placement needs to run in the browser: the graph of the concepts, and for each that the viewer has not
 * begun a question, drawn by the seed.
 */
export async function getPlacement(viewer: Viewer, seed: number): Promise<PlacementData> {
  const [rows, { areas, concepts }, earlier] = await Promise.all([
    isPerson(viewer) ? queueRows(db(), viewer.userId) : freshRows(db()),
    getCurriculum(viewer),
    getEarlierPlacement(viewer),
  ]);
  const byConcept = groupBy(rows, ({ conceptId }) => conceptId);
  const begun = new Set(
    rows.flatMap(({ conceptId, memory }) => (memory && memory.state !== "new" ? [conceptId] : [])),
  );
  const untouched = concepts.filter(({ id }) => byConcept.has(id) && !begun.has(id));
  const questions = await drawQuestions(
    untouched.map(({ id }) => byConcept.get(id) ?? []),
    seed,
  );
  return {
    areas: areas.map(({ id, title }) => ({ id, title })),
    concepts: concepts.map(({ id, areaId, title, needs }) => ({
      id,
      areaId,
      title,
      needs,
      cardIds: begun.has(id) ? [] : (byConcept.get(id) ?? []).map(({ itemId }) => itemId),
      question: questions.get(id) ?? null,
    })),
    earlier,
  };
}

/** What stands of the viewer's placements. Nobody has none. */
export async function getEarlierPlacement(viewer: Viewer): Promise<EarlierPlacement> {
  if (!isPerson(viewer)) return { events: [], known: [] };
  const reviews = await db().review.findMany({
    where: {
      userId: viewer.userId,
      undoneAt: null,
      OR: [{ type: "know" }, { type: "answer", source: "placement" }],
    },
    select: { id: true, itemId: true, correct: true, item: { select: { conceptId: true } } },
    orderBy: [{ reviewedAt: "asc" }, { id: "asc" }],
  });
  return {
    events: reviews.map(({ id, itemId }) => ({ id, itemId })),
    known: [...new Set(reviews.flatMap(({ correct, item }) => (correct === false ? [] : [item.conceptId])))],
  };
}

/** Neither so easy that guessing passes, nor so hard that only an expert does. */
const FAIR_DIFFICULTY = 3;

/**
 * One question for each concept: of a kind that exams ask: it grades itself, since doubts about oneself are what brought
 * the learner here, and is done in a minute; and as near to a fair difficulty as there is.
 */
async function drawQuestions(
  concepts: readonly (readonly QueueRow[])[],
  seed: number,
): Promise<Map<string, StudyCard & { item: ExamItem }>> {
  const items = await db().item.findMany({
    where: { id: { in: concepts.flat().map(({ itemId }) => itemId) }, kind: { in: EXAM_KINDS } },
    select: { id: true, difficulty: true },
  });
  const distance = new Map(items.map(({ id, difficulty }) => [id, Math.abs(difficulty - FAIR_DIFFICULTY)]));
  const drawn = concepts.flatMap((rows) => {
    const sorted = [...rows].sort((a, b) => (a.itemId < b.itemId ? -1 : 1));
    const [best] = shuffle(
      sorted.filter(({ itemId }) => distance.has(itemId)),
      seed,
    ).sort((a, b) => (distance.get(a.itemId) ?? 0) - (distance.get(b.itemId) ?? 0));
    return best ? [{ ...best, memory: best.memory ?? NEW_MEMORY }] : [];
  });
  const cards = await withItems(drawn);
  return new Map(
    cards.map((card) => [card.conceptId, { ...card, item: instanceOf(card.item as ExamItem, seed) }]),
  );
}
