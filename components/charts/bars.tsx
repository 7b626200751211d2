import { useTranslations } from "next-intl";
import { useId } from "react";

export interface Bar {
  label: string;
  value: number;
  /** What the value says in words. */
  text: string;
}

const HEIGHT = 72;

/** Counts side by side, with the same as a table for whoever wants numbers. */
export function Bars({
  title,
  bars,
  line,
}: {
  title: string;
  bars: readonly Bar[];
  line?: { value: number; label: string };
}) {
  const t = useTranslations("charts");
  const id = useId();
  const top = Math.max(1, line?.value ?? 0, ...bars.map(({ value }) => value));
  const width = 100 / Math.max(1, bars.length);
  const y = (value: number) => HEIGHT - (value / top) * (HEIGHT - 4);
  return (
    <figure className="grid gap-1">
      <svg
        role="img"
        aria-labelledby={id}
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-24 w-full"
      >
        <title id={id}>{title}</title>
        <line x1="0" x2="100" y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} strokeWidth="1" className="stroke-line" />
        {bars.map(({ label, value, text }, index) => (
          <rect
            key={label}
            x={index * width + width * 0.14}
            width={width * 0.72}
            y={y(value)}
            height={HEIGHT - y(value)}
            className={index === 0 && !line ? "fill-pod" : "fill-pod/60"}
          >
            <title>{text}</title>
          </rect>
        ))}
        {line ? (
          <line
            x1="0"
            x2="100"
            y1={y(line.value)}
            y2={y(line.value)}
            strokeWidth="1.5"
            strokeDasharray="3 2"
            vectorEffect="non-scaling-stroke"
            className="stroke-vm"
          />
        ) : null}
      </svg>
      <div className="flex justify-between text-ink-muted text-xs">
        <span>{bars[0]?.label}</span>
        {line ? <span className="text-vm-ink">{line.label}</span> : null}
        <span>{bars.at(-1)?.label}</span>
      </div>
      <details className="text-ink-muted text-sm">
        <summary className="w-fit">{t("asTable")}</summary>
        <ul className="mt-1 grid max-h-60 gap-0.5 overflow-y-auto tabular-nums">
          {bars.map(({ label, text }) => (
            <li key={label}>{text}</li>
          ))}
        </ul>
      </details>
    </figure>
  );
}
