import { useFormatter } from "next-intl";
import { useId } from "react";
import { daysBetween } from "#lib/core/scheduling/day.ts";
import { AsList } from "./as-list.tsx";

export interface Point {
  /** `YYYY-MM-DD`. */
  day: string;
  /** A share, 0 to 1. */
  value: number;
  /** The day, written out. */
  label: string;
  /** What the value says in words. */
  text: string;
}

const WIDTH = 100;
const HEIGHT = 72;

/** A share over days, on an axis to 100 %, with the same as a list for whoever wants the numbers. */
export function Line({ title, points }: { title: string; points: readonly Point[] }) {
  const format = useFormatter();
  const id = useId();
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const days = Math.max(1, daysBetween(first.day, last.day));
  const place = ({ day, value }: Point) =>
    `${(daysBetween(first.day, day) / days) * WIDTH} ${HEIGHT - Math.min(1, Math.max(0, value)) * HEIGHT}`;
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  return (
    <figure className="grid gap-1">
      <div className="grid grid-cols-[auto_1fr] gap-x-2 text-ink-muted text-xs tabular-nums leading-none">
        <div aria-hidden="true" className="flex flex-col items-end justify-between">
          <span>{percent(1)}</span>
          <span>{percent(0)}</span>
        </div>
        <svg
          role="img"
          aria-labelledby={id}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-28 w-full border-line border-y"
        >
          <title id={id}>{`${title}: ${first.text} – ${last.text}`}</title>
          <line
            x1="0"
            x2={WIDTH}
            y1={HEIGHT / 2}
            y2={HEIGHT / 2}
            strokeWidth="1"
            strokeDasharray="2 4"
            vectorEffect="non-scaling-stroke"
            className="stroke-line"
          />
          <path
            d={
              points.length === 1
                ? `M0 ${place(first).split(" ")[1]}H${WIDTH}`
                : points.map((point, index) => `${index === 0 ? "M" : "L"}${place(point)}`).join("")
            }
            fill="none"
            strokeWidth="2.5"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
            className="stroke-pod"
          />
        </svg>
        <div aria-hidden="true" className="col-start-2 flex justify-between pt-1.5">
          <span>{first.label}</span>
          {points.length > 1 ? <span>{last.label}</span> : null}
        </div>
      </div>
      <AsList lines={points} />
    </figure>
  );
}
