import "server-only";
import { z } from "zod";
import { groupBy } from "#lib/core/collections.ts";
import { meanReadiness, NO_MEMORY, type Readiness, readinessByConcept } from "#lib/core/mastery/index.ts";
import type { Text } from "#lib/core/questions/index.ts";
import { parseSort, type Sort, sortRows } from "#lib/core/sorting.ts";
import { can } from "#lib/server/auth/policy.ts";
import { localeOf, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { readTeamMemory } from "#lib/server/db/sql/member-figures.ts";
import { countedMembers, narrowedMembers } from "#lib/server/db/sql/pairs.ts";
import { type DashboardFilter, type Frame, getFrame } from "./filters.ts";

/** People on a page of the heat map. */
const PAGE_SIZE = 100;

/** Which page, and in which order: `need`, `name`, or a column's id; they live in the URL. */
export const heatOptionsSchema = z.object({
  /** 1 for the first. */
  page: z.coerce.number().int().min(1).max(10_000).default(1).catch(1),
  sort: z.string().max(100).optional().catch(undefined),
});
export type HeatOptions = z.infer<typeof heatOptionsSchema> & {
  /** Every person instead of a page of them. */
  all?: boolean;
};

/** A row of the heat map: a person, or everyone together. */
export interface HeatLine extends Readiness {
  /** Of each column, in order; null where nothing of it was assigned. */
  cells: (Readiness | null)[];
}

export interface HeatMap {
  frame: Frame;
  /** Areas; within one that was asked for, its concepts. What needs help most comes first. */
  by: "area" | "concept";
  columns: { id: string; title: Text }[];
  /** Everyone together, not only those on the page; null where nothing was assigned to anybody. */
  everyone: HeatLine | null;
  people: (HeatLine & { userId: string; name: string | null; email: string | null })[];
  page: number;
  pages: number;
  total: number;
  sort: Sort;
}

/** Readiness of people by area or concept, for those who see the dashboards of a team; null for everyone else. */
export async function getHeatMap(
  viewer: Viewer,
  teamId: string,
  filter: DashboardFilter,
  now: number,
  { page, sort: asked, all: unpaged = false }: HeatOptions = { page: 1 },
): Promise<HeatMap | null> {
  const frame = await getFrame(viewer, teamId, filter, now);
  if (!frame || !can(frame.role, "dashboards.see")) return null;
  const by = frame.filter.area ? "concept" : "area";
  const narrowing = { teamId, ...frame.filter };
  const [columns, counted, { catalogue, memories }] = await Promise.all([
    columnsOf(frame),
    countedMembers(viewer, narrowing),
    readTeamMemory({ teamId, members: narrowedMembers(viewer, narrowing) }),
  ]);
  const placeOf = new Map(catalogue.concepts.map((id, place) => [id, place]));
  const lines = counted.flatMap(({ userId, name, email, concepts }) => {
    const cells = readinessByConcept(catalogue, memories.get(userId) ?? NO_MEMORY, now);
    const own = (ids: readonly string[]) =>
      ids.flatMap((id) => (concepts.has(id) ? (cells[placeOf.get(id) ?? -1] ?? []) : []));
    const all = own([...concepts]);
    if (all.length === 0) return [];
    const ofColumns = columns.map(({ concepts: ids }) => {
      const parts = own(ids);
      return parts.length > 0 ? meanReadiness(parts) : null;
    });
    return [{ userId, name, email, ...meanReadiness(all), cells: ofColumns }];
  });
  const everyone = lines.length > 0 ? together(lines, columns.length) : null;
  const sort = parseSort(asked, ["need", "name", ...columns.map(({ id }) => id)], {
    by: "need",
    descending: false,
  });
  const inNeed = lines.sort((a, b) => a.chance - b.chance || (a.userId < b.userId ? -1 : 1));
  const column = columns.findIndex(({ id }) => id === sort.by);
  const sorted = sortRows(
    inNeed,
    ({ name, email, chance, cells }) =>
      sort.by === "need" ? chance : sort.by === "name" ? (name ?? email) : (cells[column]?.chance ?? null),
    sort,
    localeOf(viewer),
  );
  // Columns that nothing was assigned of are left out; of the rest, what is known least comes first.
  const shown = columns
    .map((one, index) => ({ ...one, index, chance: everyone?.cells[index]?.chance ?? null }))
    .filter(({ chance }) => chance !== null)
    .sort((a, b) => (a.chance ?? 0) - (b.chance ?? 0));
  const arranged = <T extends HeatLine>(line: T): T => ({
    ...line,
    cells: shown.map(({ index }) => line.cells[index] ?? null),
  });
  return {
    frame,
    by,
    columns: shown.map(({ id, title }) => ({ id, title })),
    everyone: everyone && arranged(everyone),
    people: (unpaged ? sorted : sorted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)).map(arranged),
    page,
    pages: Math.max(1, Math.ceil(lines.length / PAGE_SIZE)),
    total: lines.length,
    sort,
  };
}

/** Of several people: the mean over people, in each column over those to whom something of it was assigned. */
function together(lines: readonly HeatLine[], columns: number): HeatLine {
  const cells = Array.from({ length: columns }, (_, index) => {
    const parts = lines.flatMap((line) => line.cells[index] ?? []);
    return parts.length > 0 ? meanReadiness(parts) : null;
  });
  return { ...meanReadiness(lines), cells };
}

/** What a column is, and the concepts that it is the mean of. */
interface Column {
  id: string;
  title: Text;
  concepts: string[];
}

async function columnsOf({ filter }: Frame): Promise<Column[]> {
  const concepts = await db().concept.findMany({
    where: { retiredAt: null, ...(filter.area ? { areaId: filter.area } : {}) },
    orderBy: [{ area: { position: "asc" } }, { position: "asc" }],
    include: { area: true },
  });
  if (filter.area) return concepts.map(({ id, title }) => ({ id, title: title as Text, concepts: [id] }));
  return [...groupBy(concepts, ({ area }) => area.id)].map(([id, own]) => ({
    id,
    title: own[0]?.area.title as Text,
    concepts: own.map((concept) => concept.id),
  }));
}
