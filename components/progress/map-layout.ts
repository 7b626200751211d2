/**
 * Where the map of the concepts draws what: a lane for each area, in it a column for each depth of prerequisites, between
 * the columns gutters, aligned over all lanes, in which edges run. An edge never crosses a box.
 */
interface MapConcept {
  id: string;
  needs: readonly string[];
}

export interface Point {
  x: number;
  y: number;
}

export interface MapLayout {
  /** The top left corner of each concept's box. */
  boxes: ReadonlyMap<string, Point>;
  /** Where each area's name stands, in order. */
  heads: Point[];
  /** For each area, whether so much comes in from other areas that only one concept's needs can be read at a time. */
  crowded: boolean[];
  /** What each concept needs, as polylines from there to its box. */
  edges: { from: string; to: string; points: Point[]; betweenLanes: boolean }[];
  width: number;
  height: number;
}

export const BOX = { width: 168, height: 54 };
const GUTTER = 42;
const ROW_GAP = 14;
const COLUMN = BOX.width + GUTTER;
const ROW = BOX.height + ROW_GAP;
/** Left of the first column is a gutter too, for edges that come from other lanes. */
const MARGIN = GUTTER;
/** Room for the name of an area above its concepts. */
const HEAD = 28;
/** Room above each lane for the edges that come from others, and below the last. */
const LANE_GAP = 34;
/** More edges than this into one lane from others are a tangle. */
const MANY = 4;
/** Between lines that run side by side. */
const SPACING = 5;

interface Place extends Point {
  lane: number;
  column: number;
}

export function layOut(areas: readonly { concepts: readonly MapConcept[] }[]): MapLayout {
  const places = new Map<string, Place>();
  const tops: number[] = [];
  // Nothing enters the first lane from another, unless areas are told out of order.
  const first = new Set(areas[0]?.concepts.map(({ id }) => id));
  const entered = areas[0]?.concepts.some(({ needs }) => needs.some((need) => !first.has(need)));
  let top = entered ? 0 : 8 - LANE_GAP;
  for (const [lane, { concepts }] of areas.entries()) {
    tops.push(top);
    const columns = toColumns(concepts);
    for (const [column, ids] of columns.entries()) {
      for (const [row, id] of ids.entries()) {
        const [x, y] = [MARGIN + column * COLUMN, top + LANE_GAP + HEAD + row * ROW];
        places.set(id, { x, y, lane, column });
      }
    }
    top += LANE_GAP + HEAD + Math.max(0, ...columns.map(({ length }) => length)) * ROW;
  }
  const edges = route(
    areas.flatMap(({ concepts }) => concepts),
    places,
    tops,
  );
  // With room for the ring around a focused box.
  const rights = [...places.values()].map(({ x }) => x + BOX.width + 4);
  const bends = edges.flatMap(({ points }) => points.map(({ x }) => x));
  return {
    boxes: places,
    crowded: areas.map(
      (_, lane) =>
        edges.filter(({ to, betweenLanes }) => betweenLanes && places.get(to)?.lane === lane).length > MANY,
    ),
    heads: tops.map((y) => ({ x: MARGIN, y: y + LANE_GAP + 14 })),
    edges,
    width: Math.max(0, ...rights, ...bends) + 2,
    height: top + LANE_GAP / 2,
  };
}

/** The concepts of a lane by depth, those of a column near what they need. */
function toColumns(concepts: readonly MapConcept[]): string[][] {
  const depthOf = depths(concepts);
  const columns: string[][] = [];
  const rows = new Map<string, number>();
  for (let depth = 0; rows.size < concepts.length; depth++) {
    const height = ({ needs }: MapConcept) => {
      const above = needs.flatMap((need) => rows.get(need) ?? []);
      return above.length === 0 ? 0 : above.reduce((a, b) => a + b) / above.length;
    };
    const column = concepts
      .filter(({ id }) => depthOf(id) === depth)
      .sort((a, b) => height(a) - height(b))
      .map(({ id }) => id);
    for (const [row, id] of column.entries()) rows.set(id, row);
    columns.push(column);
  }
  return columns;
}

/** How many of the given concepts come before one, along the longest way. */
function depths(concepts: readonly MapConcept[]): (id: string) => number {
  const known = new Map(concepts.map((concept) => [concept.id, concept]));
  const found = new Map<string, number>();
  const depthOf = (id: string): number => {
    const before = found.get(id);
    if (before !== undefined) return before;
    const needs = (known.get(id)?.needs ?? []).filter((need) => known.has(need));
    const depth = needs.length === 0 ? 0 : 1 + Math.max(...needs.map(depthOf));
    found.set(id, depth);
    return depth;
  };
  return depthOf;
}

/**
 * Routes the edges: out of a box to the right, along the gutter behind it, and straight in where the next column is the
 * goal; otherwise along a gap between rows or lanes to the gutter before the goal. What comes from one box shares a line
 * until it parts.
 */
function route(
  concepts: readonly MapConcept[],
  places: ReadonlyMap<string, Place>,
  tops: readonly number[],
): MapLayout["edges"] {
  const direct = concepts.flatMap(({ id, needs }) =>
    essential(needs, concepts).flatMap((need) => {
      const [from, to] = [places.get(need), places.get(id)];
      return from && to ? [{ from: need, to: id, a: from, b: to }] : [];
    }),
  );
  const slots = { gutter: slotter(), gap: slotter(), entry: slotter() };
  const gutterX = (column: number, source: string) =>
    MARGIN + column * COLUMN - GUTTER + 10 + slots.gutter(column, source, 5) * SPACING;
  return direct.map(({ from, to, a, b }) => {
    const betweenLanes = a.lane !== b.lane;
    const start = { x: a.x + BOX.width, y: a.y + BOX.height / 2 };
    const end = { x: b.x, y: b.y + BOX.height / 2 + [0, -7, 7, -14, 14][slots.entry(to, from, 5)]! };
    const out = gutterX(a.column + 1, from);
    const points = [start, { x: out, y: start.y }];
    if (!betweenLanes && b.column === a.column + 1) points.push({ x: out, y: end.y });
    else {
      const y = betweenLanes
        ? (tops[b.lane] ?? 0) + 8 + slots.gap(b.lane, from, 5) * SPACING
        : a.y + BOX.height + ROW_GAP / 2;
      const into = gutterX(b.column, from);
      points.push({ x: out, y }, { x: into, y }, { x: into, y: end.y });
    }
    return { from, to, points: [...points, end], betweenLanes };
  });
}

/** Gives each line that runs in a place a slot of its own, in order of appearance, and starts over when they are full. */
function slotter(): (place: string | number, line: string, size: number) => number {
  const lines = new Map<string | number, string[]>();
  return (place, line, size) => {
    const there = lines.get(place) ?? [];
    lines.set(place, there);
    if (!there.includes(line)) there.push(line);
    return there.indexOf(line) % size;
  };
}

/** The needs that no other need implies: the rest would only draw the same way twice. */
function essential(needs: readonly string[], concepts: readonly MapConcept[]): string[] {
  const byId = new Map(concepts.map((concept) => [concept.id, concept.needs]));
  const implied = new Set<string>();
  const waiting = needs.flatMap((need) => byId.get(need) ?? []);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (implied.has(id)) continue;
    implied.add(id);
    waiting.push(...(byId.get(id) ?? []));
  }
  return needs.filter((need) => !implied.has(need));
}
