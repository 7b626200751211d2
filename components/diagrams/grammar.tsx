import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Replay } from "./replay.tsx";

/**
 * The visual grammar of the diagrams. A solid box runs somewhere; a dashed one is only rules or a record. Indigo
 * belongs to the cluster; terracotta names the twin in the VM world. Arrows carry packets; dotted ones, knowledge.
 * Sizes are in the units of a drawing 324 wide, which a phone shows about one to one.
 */

const WIDTH = 324;

/** The frame of a diagram: its drawing, and on demand the same in words. */
export function Figure({
  title,
  steps,
  height,
  moving = false,
  children,
}: {
  title: string;
  steps: string[];
  height: number;
  /** Whether something moves once when the drawing appears; it can then be shown again. */
  moving?: boolean;
  children: ReactNode;
}) {
  const t = useTranslations("diagrams");
  const id = useId();
  const drawing = (
    <svg
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-steps`}
      viewBox={`0 0 ${WIDTH} ${height}`}
      className="mx-auto w-full max-w-md"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-steps`}>{steps.join(" ")}</desc>
      {children}
    </svg>
  );
  return (
    <figure className="grid content-start gap-3 rounded-card border border-line bg-surface p-3 sm:p-5">
      <figcaption className="font-semibold text-sm">{title}</figcaption>
      {moving ? <Replay label={t("replay")}>{drawing}</Replay> : drawing}
      <details className="text-ink-muted text-sm">
        <summary className="w-fit py-1">{t("inWords")}</summary>
        <ol className="mt-1 grid list-decimal gap-1 pl-5">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </details>
    </figure>
  );
}

interface BoxProps {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Not of the cluster. */
  outside?: boolean;
  /** Only rules or a record: nothing runs there. */
  dashed?: boolean;
  label: string;
  /** An address or a rule: set in the code face. */
  code?: string;
  /** A word on what it is. */
  remark?: string;
  className?: string;
}

/** Something with a name, and with up to one line below it. */
export function Box({
  x,
  y,
  width,
  height,
  outside = false,
  dashed = false,
  label,
  code,
  remark,
  className,
}: BoxProps) {
  const middle = x + width / 2;
  const second = code ?? remark;
  const firstLine = y + height / 2 + (second ? -4 : 5);
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
        className={outside ? "fill-raised stroke-line-strong" : "fill-pod-soft stroke-pod"}
      />
      <text
        x={middle}
        y={firstLine}
        textAnchor="middle"
        fontSize="13.5"
        fontWeight="600"
        className={outside ? "fill-ink" : "fill-pod-ink"}
      >
        {label}
      </text>
      {second ? (
        <text
          x={middle}
          y={firstLine + 18}
          textAnchor="middle"
          fontSize="12"
          className={code ? "fill-ink font-mono" : "fill-ink-muted"}
        >
          {second}
        </text>
      ) : null}
    </g>
  );
}

/** A machine around what runs on it. */
export function Machine({
  x,
  y,
  width,
  height,
  label,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
  label: string;
}) {
  return (
    <>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx="12"
        strokeWidth="1.5"
        className="fill-sunken stroke-line-strong"
      />
      <Note x={x + 10} y={y + 18}>
        {label}
      </Note>
    </>
  );
}

/** The way of a packet, or with `dotted` of knowledge. */
export function Arrow({ path, dotted = false }: { path: string; dotted?: boolean }) {
  const id = useId();
  return (
    <>
      <marker
        id={id}
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="9"
        markerHeight="9"
        markerUnits="userSpaceOnUse"
        orient="auto"
      >
        <path d="M0 0 L8 4 L0 8 z" className="fill-ink-muted" />
      </marker>
      <path
        d={path}
        fill="none"
        strokeWidth="1.5"
        strokeDasharray={dotted ? "1.5 4" : undefined}
        strokeLinecap={dotted ? "round" : undefined}
        markerEnd={`url(#${id})`}
        className="stroke-ink-muted"
      />
    </>
  );
}

/** A packet that goes its way once. Under reduced motion there is none: the arrow says the same. */
export function Packet({ path, begin, seconds }: { path: string; begin: number; seconds: number }) {
  return (
    <circle r="5" strokeWidth="1.5" opacity="0" className="fill-pod stroke-surface motion-reduce:hidden">
      <set attributeName="opacity" to="1" begin={`${begin}s`} dur={`${seconds}s`} />
      <animateMotion path={path} begin={`${begin}s`} dur={`${seconds}s`} />
    </circle>
  );
}

interface Lettering {
  x: number;
  y: number;
  anchor?: "start" | "middle" | "end";
  className?: string;
  children: string;
}

/** A remark in the drawing. */
export function Note({ x, y, anchor = "start", className = "", children }: Lettering) {
  return (
    <text x={x} y={y} fontSize="12" textAnchor={anchor} className={`fill-ink-muted ${className}`}>
      {children}
    </text>
  );
}

/** An address or a rule in the drawing. */
export function Code({ x, y, anchor = "start", className = "", children }: Lettering) {
  return (
    <text x={x} y={y} fontSize="12" textAnchor={anchor} className={`fill-ink font-mono ${className}`}>
      {children}
    </text>
  );
}

/** What the thing above is about the same as in the VM world. */
export function Twin({ x, y, anchor = "start", children }: Lettering) {
  return (
    <text x={x} y={y} fontSize="12" fontWeight="500" textAnchor={anchor} className="fill-vm-ink">
      ≈ {children}
    </text>
  );
}
