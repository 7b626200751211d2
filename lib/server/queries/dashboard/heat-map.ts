import "server-only";
import { z } from "zod";
import type { Readiness } from "#lib/core/mastery/index.ts";
import type { Text } from "#lib/core/questions/index.ts";
import { parseSort, type Sort } from "#lib/core/sorting.ts";
import { can } from "#lib/server/auth/policy.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { type HeatRow, heatRows } from "#lib/server/db/sql/dashboards.ts";
import { countedPairs } from "#lib/server/db/sql/pairs.ts";
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
  { page, sort, all = false }: HeatOptions = { page: 1 },
): Promise<HeatMap | null> {
  const frame = await getFrame(viewer, teamId, filter, now);
  if (!frame || !can(frame.role, "dashboards.see")) return null;
  const by = frame.filter.area ? "concept" : "area";
  const columns = await columnsOf(frame);
  const ids = columns.map(({ id }) => id);
  const order = parseSort(sort, ["need", "name", ...ids], { by: "need", descending: false });
  const [first, ...rows] = await heatRows(db(), countedPairs(viewer, { teamId, ...frame.filter }), {
    at: new Date(now),
    by,
    columns: ids,
    order,
    limit: all ? null : PAGE_SIZE,
    offset: all ? 0 : (page - 1) * PAGE_SIZE,
  });
  const everyone = first && first.people > 0 ? toLine(first) : null;
  // Columns that nothing was assigned of are left out; of the rest, what is known least comes first.
  const shown = columns
    .map((column, index) => ({ ...column, index, chance: everyone?.cells[index]?.chance ?? null }))
    .filter(({ chance }) => chance !== null)
    .sort((a, b) => (a.chance ?? 0) - (b.chance ?? 0));
  const arranged = <T extends HeatLine>(line: T): T => ({
    ...line,
    cells: shown.map(({ index }) => line.cells[index] ?? null),
  });
  const total = first?.people ?? 0;
  return {
    frame,
    by,
    columns: shown.map(({ id, title }) => ({ id, title })),
    everyone: everyone && arranged(everyone),
    people: rows.map((row) =>
      arranged({ ...toLine(row), userId: row.userId ?? "", name: row.name, email: row.email }),
    ),
    page,
    pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
    total,
    sort: order,
  };
}

async function columnsOf({ areas, filter }: Frame): Promise<HeatMap["columns"]> {
  if (!filter.area) return areas;
  const concepts = await db().concept.findMany({
    where: { areaId: filter.area, retiredAt: null },
    orderBy: { position: "asc" },
    select: { id: true, title: true },
  });
  return concepts.map(({ id, title }) => ({ id, title: title as Text }));
}

const toLine = ({ chance, coverage, chances, coverages }: HeatRow): HeatLine => ({
  chance,
  coverage,
  cells: chances.map((value, index) =>
    value === null ? null : { chance: value, coverage: coverages[index] ?? 0 },
  ),
});
