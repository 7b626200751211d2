import { groupBy } from "#lib/core/collections.ts";
import type { PublishedItem, Text } from "#lib/core/questions/index.ts";
import type { Misconceptions } from "#lib/core/study/index.ts";
import { checkContent } from "./check/index.ts";
import { type Content, type Located, loadContent } from "./load.ts";
import type { Place, Problem } from "./place.ts";
import type { Concept } from "./schema.ts";

/** An item as learners would get it, where it is written, and what the linter says of it. */
export interface AuthorItem {
  item: PublishedItem;
  place: Place;
  problems: Problem[];
}

export interface AuthorConcept extends Pick<Concept, "id" | "title" | "lesson"> {
  items: AuthorItem[];
  /** Of the concept's own file. */
  problems: Problem[];
}

/** A fact that is to be checked again: late, or soon. */
export interface AuthorFact {
  item: string;
  concept: string;
  reviewBy: string;
  expired: boolean;
}

/** The content folder as it is now, for whoever writes it. What does not parse is a problem `elsewhere`, and not shown. */
export interface AuthorView {
  areas: { id: string; title: Text; concepts: AuthorConcept[] }[];
  misconceptions: Misconceptions;
  /** By day. */
  facts: AuthorFact[];
  /** Problems that are neither a concept's nor an item's. */
  elsewhere: Problem[];
}

/**
 * Reads the content folder for its authors: from the files, not from the database, so unfinished content shows too.
 * @param today `YYYY-MM-DD`
 */
export async function readForAuthors(root: string, today: string): Promise<AuthorView> {
  const content = await loadContent(root);
  const { errors, warnings } = checkContent(content, today);
  const problems = groupBy([...errors, ...warnings], ownerAmong([...content.items, ...content.concepts]));

  const items = content.items.map((written) => ({
    concept: written.value.concept,
    shown: {
      item: published(written.value, content),
      place: written.at("id"),
      problems: problems.get(written) ?? [],
    },
  }));
  const concepts = new Map(
    content.concepts.map((written): [string, AuthorConcept] => {
      const { id, title, lesson } = written.value;
      const own = items.filter(({ concept }) => concept === id).map(({ shown }) => shown);
      return [id, { id, title, lesson, items: own, problems: problems.get(written) ?? [] }];
    }),
  );
  return {
    areas: content.areas.map(({ value: { id, title, concepts: ids } }) => ({
      id,
      title,
      concepts: ids.flatMap((concept) => concepts.get(concept) ?? []),
    })),
    misconceptions: Object.fromEntries(content.misconceptions.map(({ value }) => [value.id, value])),
    facts: items
      .flatMap(({ concept, shown: { item, problems: said } }) =>
        said
          .filter(({ rule }) => rule === "expired-fact" || rule === "expiring-fact")
          .map(({ rule }) => ({
            item: item.id,
            concept,
            reviewBy: item.reviewBy ?? "",
            expired: rule === "expired-fact",
          })),
      )
      .sort((a, b) => (a.reviewBy < b.reviewBy ? -1 : 1)),
    elsewhere: problems.get(undefined) ?? [],
  };
}

type Piece = Located<{ id: string }>;

/** Finds the piece that a problem stands in: of those in its file, the last to begin before it. */
function ownerAmong(pieces: readonly Piece[]): (problem: Place) => Piece | undefined {
  const begun = pieces
    .map((piece) => ({ piece, ...piece.at("id") }))
    // The last first.
    .sort((a, b) => b.line - a.line);
  return ({ file, line }) => begun.find((one) => one.file === file && one.line <= line)?.piece;
}

/** As `publishContent` would, but for sources that are not there. */
function published(
  { bank: _, concept: __, ...item }: Content["items"][number]["value"],
  content: Content,
): PublishedItem {
  const sources = item.sources.flatMap(
    (id) => content.sources.find(({ value }) => value.id === id)?.value ?? [],
  );
  return { ...item, sources } as PublishedItem;
}
