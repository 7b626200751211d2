import { useFormatter } from "next-intl";
import { useId } from "react";
import { AsList } from "./as-list.tsx";

export interface Bar {
  label: string;
  value: number;
  /** What the value says in words. */
  text: string;
}

const HEIGHT = 72;

/**
 * Values side by side, with the same as a list for whoever wants the numbers. Counts stand on an axis of their own
 * size, with one of them set off; shares on one to 100 %, with a target.
 */
export function Bars({
  title,
  bars,
  marked = 0,
  target,
}: {
  title: string;
  bars: readonly Bar[];
  /** The one of today, by its place; null where there is none. */
  marked?: number | null;
  target?: { value: number; label: string };
}) {
  const format = useFormatter();
  const id = useId();
  const top = Math.max(1, ...bars.map(({ value }) => value));
  const step = 100 / Math.max(1, bars.length);
  const y = (value: number) => HEIGHT - (value / top) * HEIGHT;
  return (
    <figure className="grid gap-1">
      <div className="grid grid-cols-[auto_1fr] gap-x-2 text-ink-muted text-xs tabular-nums leading-none">
        <div aria-hidden="true" className="flex flex-col items-end justify-between">
          <span>{target ? format.number(top, { style: "percent" }) : format.number(top)}</span>
          <span>{format.number(0)}</span>
        </div>
        <svg
          role="img"
          aria-labelledby={id}
          viewBox={`0 0 100 ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-28 w-full border-line border-y"
        >
          <title id={id}>{title}</title>
          {bars.map(({ label, value, text }, index) => (
            <rect
              key={label}
              x={index * step + step * 0.14}
              width={step * 0.72}
              y={y(value)}
              height={HEIGHT - y(value)}
              className={index === marked && !target ? "fill-pod" : "fill-pod/75"}
            >
              <title>{text}</title>
            </rect>
          ))}
          {target ? (
            <line
              x1="0"
              x2="100"
              y1={y(target.value)}
              y2={y(target.value)}
              strokeWidth="2"
              strokeDasharray="6 4"
              vectorEffect="non-scaling-stroke"
              className="stroke-ink"
            />
          ) : null}
        </svg>
        <div aria-hidden="true" className="col-start-2 flex justify-between pt-1.5">
          <span>{bars[0]?.label}</span>
          {target ? <span className="font-medium text-ink">┄ {target.label}</span> : null}
          {bars.length > 1 ? <span>{bars.at(-1)?.label}</span> : null}
        </div>
      </div>
      <AsList lines={bars} />
    </figure>
  );
}
