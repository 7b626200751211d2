import "server-only";
import { conceptReadiness, type Readiness } from "#lib/core/mastery/index.ts";
import type { Kind, PublishedItem, Source, Text } from "#lib/core/questions/index.ts";
import { misconceptionsOf } from "#lib/core/questions/index.ts";
import { type CardMemory, createScheduler, NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import type { MisconceptionText } from "#lib/core/study/index.ts";
import type { LessonMark } from "#lib/core/study/lesson.ts";
import { studySettings } from "#lib/server/auth/defaults.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { markOf } from "#lib/server/commands/mark-lessons.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";
import { misconceptionsIn } from "./study-session.ts";

/** A question as lists show it. */
export interface ItemSummary {
  id: string;
  kind: Kind;
  difficulty: number;
  prompt: Text;
  memory: CardMemory;
}

export interface ConceptPage {
  id: string;
  areaId: string;
  title: Text;
  summary: Text;
  lesson: Text;
  diagram: string | null;
  sources: Source[];
  needs: { id: string; title: Text }[];
  neededBy: { id: string; title: Text }[];
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
  const items = await itemsOf(viewer, { conceptId });
  const misconceptions = await misconceptionsIn(items);
  return {
    id: concept.id,
    areaId: concept.areaId,
    title: concept.title as Text,
    summary: concept.summary as Text,
    lesson: concept.lesson as Text,
    diagram: concept.diagram,
    sources: concept.sources as unknown as Source[],
    needs: concept.needs.map(({ needs }) => ({ id: needs.id, title: needs.title as Text })),
    neededBy: concept.neededBy.map(({ concept: next }) => ({ id: next.id, title: next.title as Text })),
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

export interface SearchHit {
  kind: "concept" | "item";
  conceptId: string;
  title: Text;
  /** What of it matches, in the language searched. */
  text: Text;
}

/** A search gives at most this many of each. */
const MAX_HITS = 30;

/** Concepts and questions whose text, in either language, contains every word of the query. */
export async function search(_viewer: Viewer, query: string): Promise<SearchHit[]> {
  const words = foldForSearch(query).split(" ").filter(Boolean).slice(0, 8);
  if (words.length === 0) return [];
  const matches = (...texts: Text[]) => {
    const folded = foldForSearch(texts.flatMap(({ ja, en }) => [ja, en]).join(" "));
    return words.every((word) => folded.includes(word));
  };
  const [concepts, items] = await Promise.all([
    db().concept.findMany({ where: { retiredAt: null }, orderBy: { position: "asc" } }),
    db().item.findMany({
      where: { retiredAt: null },
      orderBy: { position: "asc" },
      include: { concept: true },
    }),
  ]);
  const payloads = await currentPayloads(items);
  return [
    ...concepts
      .filter(({ title, summary, lesson }) => matches(title as Text, summary as Text, lesson as Text))
      .slice(0, MAX_HITS)
      .map(
        ({ id, title, summary }): SearchHit => ({
          kind: "concept",
          conceptId: id,
          title: title as Text,
          text: summary as Text,
        }),
      ),
    ...items
      .flatMap(({ id, concept }) => {
        const item = payloads.get(id);
        return item && matches(item.prompt, item.explanation) ? [{ item, concept }] : [];
      })
      .slice(0, MAX_HITS)
      .map(
        ({ item, concept }): SearchHit => ({
          kind: "item",
          conceptId: concept.id,
          title: concept.title as Text,
          text: item.prompt,
        }),
      ),
  ];
}

/** Search finds サーバ and サーバー, full and half width, whatever the case. */
const foldForSearch = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replaceAll("ー", "").replace(/\s+/g, " ");

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

async function currentPayloads(
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
  prompt: item.prompt,
  memory,
});
