import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { Meter } from "#components/ui/surface.tsx";
import type { Readiness } from "#lib/core/mastery/index.ts";
import type { Text } from "#lib/core/questions/index.ts";
import { Link } from "#lib/i18n/navigation.ts";

interface MapConcept {
  id: string;
  areaId: string;
  title: Text;
  needs: string[];
  readiness: Readiness;
}

interface MapArea {
  id: string;
  title: Text;
  concepts: MapConcept[];
}

const COLUMN = 178;
const ROW = 66;
const BOX = { width: 152, height: 54 };
/** Room for the name of an area above its concepts, and between areas. */
const LANE_HEAD = 26;
const LANE_GAP = 18;

/** The concepts with what they need, left to right, a lane for each area; on a phone, a list says the same. */
export function ConceptMap({ areas }: { areas: MapArea[] }) {
  const t = useTranslations("progress");
  const locale = useLocale();
  const format = useFormatter();
  const concepts = areas.flatMap((area) => area.concepts);
  const { places, lanes, width, height } = layOut(areas);
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  return (
    <>
      <ScrollArea label={t("map")} className="hidden md:block">
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
          <title>{t("map")}</title>
          {areas.map(({ id, title }) => (
            <text key={id} x="2" y={lanes.get(id)} fontSize="13" fontWeight="600" className="fill-ink-muted">
              {title[locale]}
            </text>
          ))}
          {concepts.flatMap((concept) =>
            concept.needs.map((need) => {
              const from = places.get(need);
              const to = places.get(concept.id);
              return from && to ? (
                <path
                  key={`${need}-${concept.id}`}
                  d={edge(from, to)}
                  fill="none"
                  strokeWidth="1.25"
                  className="stroke-line-strong/60"
                />
              ) : null;
            }),
          )}
          {concepts.map(({ id, title, readiness }) => {
            const place = places.get(id);
            if (!place) return null;
            return (
              <Link
                key={id}
                href={`/concepts/${id}`}
                aria-label={t("conceptReadiness", {
                  concept: title[locale],
                  percent: percent(readiness.chance),
                })}
              >
                <rect
                  x={place.x}
                  y={place.y}
                  {...BOX}
                  rx="8"
                  strokeWidth="1.25"
                  className={readiness.coverage > 0 ? "fill-raised stroke-pod" : "fill-raised stroke-line"}
                />
                <foreignObject x={place.x + 10} y={place.y + 5} width={BOX.width - 20} height="34">
                  <div className="line-clamp-2 font-medium text-ink text-xs leading-snug">
                    {title[locale]}
                  </div>
                </foreignObject>
                <rect {...meter(place)} rx="2" className="fill-vm/25" />
                <rect
                  {...meter(place)}
                  width={meter(place).width * readiness.chance}
                  rx="2"
                  className="fill-pod"
                />
              </Link>
            );
          })}
        </svg>
      </ScrollArea>
      <div className="grid gap-5 md:hidden">
        {areas.map((area) => (
          <section key={area.id}>
            <h3 className="mb-2 font-semibold">{area.title[locale]}</h3>
            <ul className="grid gap-2">
              {area.concepts.map(({ id, title, readiness }) => (
                <li key={id}>
                  <Link href={`/concepts/${id}`} className="grid min-h-11 content-center gap-1">
                    <span className="flex justify-between gap-2">
                      {title[locale]}
                      <span className="text-ink-muted tabular-nums">{percent(readiness.chance)}</span>
                    </span>
                    <Meter value={readiness.chance} label={percent(readiness.chance)} />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

interface Place {
  x: number;
  y: number;
  areaId: string;
}

/** Where the readiness of a box is drawn. */
const meter = ({ x, y }: Place) => ({
  x: x + 10,
  y: y + BOX.height - 10,
  width: BOX.width - 20,
  height: 4,
});

/** From a concept to the one that needs it: onwards within a lane, downwards into another. */
function edge(from: Place, to: Place): string {
  if (from.areaId === to.areaId) {
    const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + BOX.height / 2, to.x, to.y + BOX.height / 2];
    return `M${x1} ${y1} C${x1 + 14} ${y1} ${x2 - 14} ${y2} ${x2} ${y2}`;
  }
  const [x1, y1, x2, y2] = [from.x + BOX.width / 2, from.y + BOX.height, to.x + BOX.width / 2, to.y];
  return `M${x1} ${y1} C${x1} ${y1 + 40} ${x2} ${y2 - 40} ${x2} ${y2}`;
}

/** In each lane a column for each depth of prerequisites within the area; in a column, teaching order. */
function layOut(areas: readonly MapArea[]) {
  const places = new Map<string, Place>();
  const lanes = new Map<string, number>();
  let top = 0;
  for (const { id: areaId, concepts } of areas) {
    lanes.set(areaId, top + 14);
    const depthOf = depths(concepts);
    const filled = new Map<number, number>();
    for (const { id } of concepts) {
      const depth = depthOf(id);
      const row = filled.get(depth) ?? 0;
      filled.set(depth, row + 1);
      places.set(id, { x: 2 + depth * COLUMN, y: top + LANE_HEAD + row * ROW, areaId });
    }
    top += LANE_HEAD + Math.max(...filled.values()) * ROW + LANE_GAP;
  }
  const width = Math.max(0, ...[...places.values()].map(({ x }) => x)) + BOX.width + 2;
  return { places, lanes, width, height: top };
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
