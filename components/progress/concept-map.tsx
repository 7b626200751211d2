import { useFormatter, useLocale, useTranslations } from "next-intl";
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

const COLUMN = 186;
const ROW = 62;
const BOX = { width: 158, height: 46 };

/** The concepts with what they need, left to right; on a phone, a list by area says the same. */
export function ConceptMap({ areas }: { areas: { id: string; title: Text; concepts: MapConcept[] }[] }) {
  const t = useTranslations("progress");
  const locale = useLocale();
  const format = useFormatter();
  const concepts = areas.flatMap((area) => area.concepts);
  const places = layOut(concepts);
  const width = Math.max(...[...places.values()].map(({ x }) => x)) + BOX.width + 4;
  const height = Math.max(...[...places.values()].map(({ y }) => y)) + BOX.height + 4;
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={t("map")} className="hidden overflow-x-auto md:block">
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} className="font-sans">
          {concepts.flatMap(({ id, needs }) =>
            needs.map((need) => {
              const from = places.get(need);
              const to = places.get(id);
              if (!from || !to) return null;
              const [x1, y1, x2, y2] = [
                from.x + BOX.width,
                from.y + BOX.height / 2,
                to.x,
                to.y + BOX.height / 2,
              ];
              return (
                <path
                  key={`${need}-${id}`}
                  d={`M${x1} ${y1} C${x1 + 20} ${y1} ${x2 - 20} ${y2} ${x2} ${y2}`}
                  fill="none"
                  strokeWidth="1.25"
                  className="stroke-line-strong/50"
                />
              );
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
                <rect
                  x={place.x + 8}
                  y={place.y + BOX.height - 10}
                  width={BOX.width - 16}
                  height="4"
                  rx="2"
                  className="fill-sunken"
                />
                <rect
                  x={place.x + 8}
                  y={place.y + BOX.height - 10}
                  width={(BOX.width - 16) * readiness.chance}
                  height="4"
                  rx="2"
                  className="fill-pod"
                />
                <text x={place.x + 10} y={place.y + 22} fontSize="11.5" fontWeight="550" className="fill-ink">
                  {clip(title[locale], locale === "ja" ? 13 : 25)}
                </text>
              </Link>
            );
          })}
        </svg>
      </section>
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

/** A column for each depth of prerequisites; within it, in teaching order. */
function layOut(concepts: readonly MapConcept[]): Map<string, { x: number; y: number }> {
  const known = new Map(concepts.map((concept) => [concept.id, concept]));
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const done = depths.get(id);
    if (done !== undefined) return done;
    const needs = (known.get(id)?.needs ?? []).filter((need) => known.has(need));
    const depth = needs.length === 0 ? 0 : 1 + Math.max(...needs.map(depthOf));
    depths.set(id, depth);
    return depth;
  };
  const rows = new Map<number, number>();
  return new Map(
    concepts.map(({ id }) => {
      const depth = depthOf(id);
      const row = rows.get(depth) ?? 0;
      rows.set(depth, row + 1);
      return [id, { x: 2 + depth * COLUMN, y: 2 + row * ROW }];
    }),
  );
}

const clip = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;
