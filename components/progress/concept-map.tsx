import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { Meter } from "#components/ui/surface.tsx";
import type { Readiness } from "#lib/core/mastery/index.ts";
import type { Text } from "#lib/core/questions/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { BOX, layOut, type Point } from "./map-layout.ts";

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

/**
 * The concepts with what they need, left to right, a lane for each area; pointing at one, or reaching it by keyboard, shows
 * its needs. On a phone, a list says the same.
 */
export function ConceptMap({ areas }: { areas: MapArea[] }) {
  const t = useTranslations("progress");
  const locale = useLocale();
  const format = useFormatter();
  const list = (names: string[]) => format.list(names, { type: "conjunction" });
  const { boxes, heads, crowded, edges, width, height } = layOut(areas);
  const concepts = areas.flatMap((area) => area.concepts);
  const titles = new Map(concepts.map(({ id, title }) => [id, title[locale]]));
  const hidden = new Set(areas.filter((_, i) => crowded[i]).map(({ id }) => id));
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  return (
    <>
      <ScrollArea label={t("map")} className="hidden md:block">
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing that holds links is a group of them, not an image */}
        <svg
          role="group"
          aria-label={t("map")}
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
        >
          {areas.map(({ id, title }, i) => (
            <text key={id} {...heads[i]} fontSize="14" fontWeight="650" className="fill-ink">
              {title[locale]}
              {crowded[i] ? (
                <tspan dx="12" fontSize="12" fontWeight="400" className="fill-ink-muted">
                  {t("mapCrowded")}
                </tspan>
              ) : null}
            </text>
          ))}
          {concepts.map(({ id, areaId, title, needs, readiness }) => {
            const place = boxes.get(id);
            if (!place) return null;
            const names = needs.flatMap((need) => titles.get(need) ?? []);
            const label = t("conceptReadiness", {
              concept: title[locale],
              percent: percent(readiness.chance),
            });
            return (
              <g key={id} className="group">
                {edges
                  .filter(({ to }) => to === id)
                  .map(({ from, points, betweenLanes }) => (
                    <path
                      key={from}
                      d={rounded(points)}
                      fill="none"
                      strokeWidth="1.5"
                      strokeDasharray={betweenLanes ? "4 3" : undefined}
                      className={`${betweenLanes && hidden.has(areaId) ? "invisible group-focus-within:visible group-hover:visible" : ""} stroke-line-strong group-focus-within:stroke-[2.5] group-focus-within:stroke-pod group-hover:stroke-[2.5] group-hover:stroke-pod`}
                    />
                  ))}
                <Link
                  href={`/concepts/${id}`}
                  aria-label={names.length > 0 ? t("conceptNeeds", { label, needs: list(names) }) : label}
                >
                  <rect
                    {...place}
                    {...BOX}
                    rx="8"
                    strokeWidth="1.5"
                    className={`fill-raised group-hover:stroke-pod ${readiness.coverage > 0 ? "stroke-pod" : "stroke-line"}`}
                  />
                  <foreignObject x={place.x + 10} y={place.y + 6} width={BOX.width - 20} height="34">
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
              </g>
            );
          })}
        </svg>
      </ScrollArea>
      <div className="grid gap-6 md:hidden">
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

/** Where the readiness of a box is drawn. */
const meter = ({ x, y }: Point) => ({
  x: x + 10,
  y: y + BOX.height - 10,
  width: BOX.width - 20,
  height: 4,
});

const RADIUS = 6;

/** A polyline with its corners rounded: where lines meet, one that turns is told from one that passes. */
function rounded(points: readonly Point[]): string {
  return points
    .map((point, i) => {
      const [before, after] = [points[i - 1], points[i + 1]];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const [a, b] = [towards(point, before), towards(point, after)];
      return `L${a.x} ${a.y} Q${point.x} ${point.y} ${b.x} ${b.y}`;
    })
    .join(" ");
}

/** A little from one point towards another, never more than half the way. */
function towards(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const share = distance === 0 ? 0 : Math.min(RADIUS, distance / 2) / distance;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
