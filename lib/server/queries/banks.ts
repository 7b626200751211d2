import "server-only";
import { conceptReadiness, type Readiness } from "#lib/core/mastery/index.ts";
import {
  type Kind,
  misconceptionsOf,
  type PublishedItem,
  type Source,
  type Text,
  titleOf,
} from "#lib/core/questions/index.ts";
import { type CardMemory, createScheduler, NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import type { MisconceptionText } from "#lib/core/study/index.ts";
import type { LessonMark } from "#lib/core/study/lesson.ts";
import { studySettings } from "#lib/server/auth/defaults.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import type { Prisma } from "#lib/server/db/generated/client.ts";
import { markOf, memoryOf } from "#lib/server/db/memory.ts";
import { misconceptionsIn } from "./study-session.ts";
import { getToursOf, type TourSummary } from "./tours.ts";

/** A question as lists show it. */
export interface ItemSummary {
  id: string;
  kind: Kind;
  difficulty: number;
  title: Text;
  memory: CardMemory;
}

export interface ConceptPage {
  id: string;
  areaId: string;
  title: Text;
  summary: Text;
  lesson: Text;
  diagram: string | null;
  /** Tours of the playground that show it. */
  tours: TourSummary[];
  sources: Source[];
  needs: { id: string; title: Text }[];
  neededBy: { id: string; title: Text }[];
  /** Its neighbours in teaching order. */
  previous: { id: string; title: Text } | null;
  next: { id: string; title: Text } | null;
  readiness: Readiness;
  /** What the viewer did with the lesson. */
  mark: LessonMark | null;
  items: ItemSummary[];
  misconceptions: MisconceptionText[];
}

/** A concept with its lesson, its place in the curriculum, and its questions. `null` if there is none. */
export async function getConcept(
  viewer: Viewer,
  conceptId: string,
  now: number,
): Promise<ConceptPage | null> {
  const concept = await db().concept.findFirst({
    where: { id: conceptId, retiredAt: null },
    include: {
      needs: { select: { needs: { select: { id: true, title: true } } } },
      neededBy: { select: { concept: { select: { id: true, title: true } } } },
      lessonReads: isPerson(viewer) ? { where: { userId: viewer.userId } } : false,
    },
  });
  if (!concept) return null;
  const [items, tours, previous, next] = await Promise.all([
    itemsOf(viewer, { conceptId }),
    getToursOf([conceptId]),
    neighbour({ position: { lt: concept.position } }, "desc"),
    neighbour({ position: { gt: concept.position } }, "asc"),
  ]);
  const misconceptions = await misconceptionsIn(items);
  return {
    id: concept.id,
    areaId: concept.areaId,
    title: concept.title as Text,
    summary: concept.summary as Text,
    lesson: concept.lesson as Text,
    diagram: concept.diagram,
    tours: tours.get(conceptId) ?? [],
    sources: concept.sources as unknown as Source[],
    needs: concept.needs.map(({ needs }) => ({ id: needs.id, title: needs.title as Text })),
    neededBy: concept.neededBy.map(({ concept: next }) => ({ id: next.id, title: next.title as Text })),
    previous,
    next,
    readiness: conceptReadiness(
      items.map(({ memory }) => memory),
      createScheduler(studySettings(viewer)),
      now,
    ),
    mark: concept.lessonReads?.map(markOf)[0] ?? null,
    items: items.map(summarize),
    misconceptions: [...new Set(items.flatMap(({ item }) => misconceptionsOf(item)))].flatMap(
      (slug) => misconceptions[slug] ?? [],
    ),
  };
}

async function neighbour(
  where: Prisma.ConceptWhereInput,
  position: "asc" | "desc",
): Promise<ConceptPage["next"]> {
  const concept = await db().concept.findFirst({
    where: { ...where, retiredAt: null },
    orderBy: { position },
    select: { id: true, title: true },
  });
  return concept && { id: concept.id, title: concept.title as Text };
}

export interface BankPage {
  id: string;
  title: Text;
  description: Text;
  enrolled: boolean;
  concepts: { id: string; title: Text; items: ItemSummary[] }[];
}

/** A bank with its questions by concept. `null` if there is none. */
export async function getBank(viewer: Viewer, bankId: string): Promise<BankPage | null> {
  const bank = await db().bank.findFirst({
    where: { id: bankId, retiredAt: null },
    include: { enrollments: isPerson(viewer) ? { where: { userId: viewer.userId } } : false },
  });
  if (!bank) return null;
  const items = await itemsOf(viewer, { bankId });
  const concepts = await db().concept.findMany({
    where: { id: { in: [...new Set(items.map(({ conceptId }) => conceptId))] } },
    orderBy: { position: "asc" },
    select: { id: true, title: true },
  });
  return {
    id: bank.id,
    title: bank.title as Text,
    description: bank.description as Text,
    enrolled: !isPerson(viewer) || bank.enrollments.length > 0,
    concepts: concepts.map(({ id, title }) => ({
      id,
      title: title as Text,
      items: items.filter(({ conceptId }) => conceptId === id).map(summarize),
    })),
  };
}

interface CardRow {
  conceptId: string;
  item: PublishedItem;
  memory: CardMemory;
}

async function itemsOf(
  viewer: Viewer,
  where: { conceptId: string } | { bankId: string },
): Promise<CardRow[]> {
  const items = await db().item.findMany({
    where: { ...where, retiredAt: null },
    orderBy: { position: "asc" },
    include: { cardStates: isPerson(viewer) ? { where: { userId: viewer.userId } } : false },
  });
  const payloads = await currentPayloads(items);
  return items.flatMap(({ id, conceptId, cardStates = [] }) => {
    const item = payloads.get(id);
    const [state] = cardStates;
    return item ? [{ conceptId, item, memory: state ? memoryOf(state) : NEW_MEMORY }] : [];
  });
}

/** The current revision of each item, by item. */
export async function currentPayloads(
  items: readonly { id: string; revision: number }[],
): Promise<Map<string, PublishedItem>> {
  const rows = await db().itemRevision.findMany({
    where: { OR: items.map(({ id, revision }) => ({ itemId: id, revision })) },
  });
  return new Map(rows.map(({ itemId, payload }) => [itemId, payload as unknown as PublishedItem]));
}

const summarize = ({ item, memory }: CardRow): ItemSummary => ({
  id: item.id,
  kind: item.kind,
  difficulty: item.difficulty,
  title: { ja: titleOf(item, "ja"), en: titleOf(item, "en") },
  memory,
});
