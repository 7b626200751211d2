import "server-only";
import { groupBy } from "#lib/core/collections.ts";
import type { Text } from "#lib/core/questions/index.ts";
import { type CardMemory, NEW_MEMORY } from "#lib/core/scheduling/memory.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";

/** A card as overviews count it: an item and what the viewer remembers of it. */
export interface CurriculumCard {
  itemId: string;
  bankId: string;
  memory: CardMemory;
}

export interface CurriculumConcept {
  id: string;
  areaId: string;
  title: Text;
  summary: Text;
  /** Ids of the concepts to be learned first. */
  needs: string[];
  /** What the viewer did with its lesson. */
  lesson: "unread" | "skipped" | "read";
  /** Its active items, in order. */
  cards: CurriculumCard[];
}

export interface Curriculum {
  areas: { id: string; title: Text; description: Text }[];
  /** In teaching order. */
  concepts: CurriculumConcept[];
  banks: { id: string; title: Text; description: Text; enrolled: boolean }[];
}

/** The whole active curriculum with the viewer's memory of each card; for nobody every card is new. */
export async function getCurriculum(viewer: Viewer): Promise<Curriculum> {
  const userId = isPerson(viewer) ? viewer.userId : null;
  const live = { retiredAt: null };
  const [areas, concepts, items, banks, states, enrollments, lessons] = await Promise.all([
    db().area.findMany({ orderBy: { position: "asc" } }),
    db().concept.findMany({
      where: live,
      orderBy: { position: "asc" },
      select: { id: true, areaId: true, title: true, summary: true, needs: { select: { needsId: true } } },
    }),
    db().item.findMany({
      where: live,
      orderBy: { position: "asc" },
      select: { id: true, bankId: true, conceptId: true },
    }),
    db().bank.findMany({ where: live, orderBy: { position: "asc" } }),
    userId ? db().cardState.findMany({ where: { userId } }) : [],
    userId ? db().enrollment.findMany({ where: { userId }, select: { bankId: true } }) : [],
    userId ? db().lessonRead.findMany({ where: { userId } }) : [],
  ]);
  const memories = new Map(states.map((state) => [state.itemId, memoryOf(state)]));
  const enrolled = new Set(enrollments.map(({ bankId }) => bankId));
  const marks = new Map(
    lessons.map(({ conceptId, skipped }) => [conceptId, skipped ? "skipped" : "read"] as const),
  );
  const cards = groupBy(items, ({ conceptId }) => conceptId);
  return {
    areas: areas.map(({ id, title, description }) => ({
      id,
      title: title as Text,
      description: description as Text,
    })),
    concepts: concepts.map(({ id, areaId, title, summary, needs }) => ({
      id,
      areaId,
      title: title as Text,
      summary: summary as Text,
      needs: needs.map(({ needsId }) => needsId),
      lesson: marks.get(id) ?? "unread",
      cards: (cards.get(id) ?? []).map((item) => ({
        itemId: item.id,
        bankId: item.bankId,
        memory: memories.get(item.id) ?? NEW_MEMORY,
      })),
    })),
    banks: banks.map(({ id, title, description }) => ({
      id,
      title: title as Text,
      description: description as Text,
      enrolled: enrolled.has(id),
    })),
  };
}
