import { type ReactNode, useId } from "react";

/**
 * The visual grammar of the diagrams. A solid box exists as a process or a machine; a dashed one is only rules or a
 * record. Terracotta belongs to the world outside, indigo to the cluster. Arrows carry packets; dotted lines, knowledge.
 */

/** The frame of a diagram: its drawing, and the same in words below it. */
export function Figure({
  title,
  steps,
  height,
  children,
}: {
  title: string;
  steps: string[];
  height: number;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <figure className="grid gap-2 rounded-card border border-line bg-surface p-3">
      <svg
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        viewBox={`0 0 360 ${height}`}
        className="mx-auto w-full max-w-md font-sans"
      >
        <title id={`${id}-title`}>{title}</title>
        {children}
      </svg>
      <figcaption id={`${id}-text`} className="text-ink-muted text-sm">
        <span className="font-medium text-ink">{title}</span>
        <ol className="mt-1 grid list-decimal gap-0.5 pl-5">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </figcaption>
    </figure>
  );
}

const WORLDS = {
  outside: { box: "fill-vm-soft stroke-vm", ink: "fill-vm-ink" },
  cluster: { box: "fill-pod-soft stroke-pod", ink: "fill-pod-ink" },
  plain: { box: "fill-raised stroke-line-strong", ink: "fill-ink" },
} as const;

interface BoxProps {
  x: number;
  y: number;
  width: number;
  height: number;
  world?: keyof typeof WORLDS;
  /** Only rules or a record: nothing runs there. */
  dashed?: boolean;
  label: string;
  /** An address, a rule: set in the code face. */
  detail?: string;
  className?: string;
}

/** Something with a name. */
export function Box({
  x,
  y,
  width,
  height,
  world = "plain",
  dashed = false,
  label,
  detail,
  className,
}: BoxProps) {
  const { box, ink } = WORLDS[world];
  const middle = x + width / 2;
  const textY = y + height / 2 + (detail ? -3 : 4);
  return (
    <g className={className}>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx="8"
        strokeWidth="1.5"
        strokeDasharray={dashed ? "5 4" : undefined}
        className={box}
      />
      <text x={middle} y={textY} textAnchor="middle" fontSize="12.5" fontWeight="600" className={ink}>
        {label}
      </text>
      {detail ? (
        <text
          x={middle}
          y={textY + 16}
          textAnchor="middle"
          fontSize="11"
          className="fill-ink-muted font-mono"
        >
          {detail}
        </text>
      ) : null}
    </g>
  );
}

/** The way of a packet, or with `dotted` of knowledge. */
export function Arrow({ path, dotted = false }: { path: string; dotted?: boolean }) {
  const id = useId();
  return (
    <>
      <defs>
        <marker id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path d="M0 0 L8 4 L0 8 z" className="fill-ink-muted" />
        </marker>
      </defs>
      <path
        d={path}
        fill="none"
        strokeWidth="1.75"
        strokeDasharray={dotted ? "2 4" : undefined}
        markerEnd={`url(#${id})`}
        className="stroke-ink-muted"
      />
    </>
  );
}

/** A remark in the drawing. */
export function Note({
  x,
  y,
  anchor = "start",
  children,
}: {
  x: number;
  y: number;
  anchor?: "start" | "middle" | "end";
  children: string;
}) {
  return (
    <text x={x} y={y} fontSize="11" textAnchor={anchor} className="fill-ink-muted">
      {children}
    </text>
  );
}
