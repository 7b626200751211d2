import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Replay } from "./replay.tsx";

/**
 * The visual grammar of the diagrams. A solid box runs somewhere; a dashed one is only rules or a record. Indigo
 * belongs to the cluster; terracotta to the VM world: the name of a twin there, or what is the very same. Arrows carry
 * packets; dotted ones, knowledge.
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

/** What a thing belongs to: the cluster, the VM world (what Azure has without Kubernetes), or neither. */
type World = "cluster" | "vm" | "none";

const SHAPES: Record<World, string> = {
  cluster: "fill-pod-soft stroke-pod",
  vm: "fill-vm-soft stroke-vm",
  none: "fill-raised stroke-line-strong",
};

const INKS: Record<World, string> = { cluster: "fill-pod-ink", vm: "fill-vm-ink", none: "fill-ink" };

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface ShapeProps extends Place {
  world?: World;
  /** Only rules or a record: nothing runs there. */
  dashed?: boolean;
}

/** A box without anything in it. */
export function Shape({ x, y, width, height, world = "cluster", dashed = false }: ShapeProps) {
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={height}
      rx="8"
      strokeWidth="1.5"
      strokeDasharray={dashed ? "5 4" : undefined}
      className={SHAPES[world]}
    />
  );
}

interface BoxProps extends ShapeProps {
  label: string;
  /** Addresses or rules, a line each: set in the code face. */
  code?: string | string[];
  /** Where the addresses come from. */
  codeWorld?: World;
  /** A word on what it is. */
  remark?: string | string[];
  className?: string;
}

/** Something with a name, and with lines below it. */
export function Box({
  x,
  y,
  width,
  height,
  world = "cluster",
  dashed = false,
  label,
  code,
  codeWorld = "none",
  remark,
  className,
}: BoxProps) {
  const middle = x + width / 2;
  const lines = [code ?? remark ?? []].flat();
  const firstLine = y + height / 2 + 5 - 9 * lines.length;
  return (
    <g className={className}>
      <Shape x={x} y={y} width={width} height={height} world={world} dashed={dashed} />
      <Name x={middle} y={firstLine} world={world}>
        {label}
      </Name>
      {lines.map((line, index) => (
        <text
          key={line}
          x={middle}
          y={firstLine + 18 * (index + 1)}
          textAnchor="middle"
          fontSize="12"
          className={code ? `${INKS[codeWorld]} font-mono` : "fill-ink-muted"}
        >
          {line}
        </text>
      ))}
    </g>
  );
}

/** The record or the rules that a controller keeps: a name above whatever it lists or encloses. */
export function Sheet({
  x,
  y,
  width,
  height,
  label,
  children,
}: Place & { label: string; children?: ReactNode }) {
  return (
    <>
      <Shape x={x} y={y} width={width} height={height} dashed />
      <Name x={x + width / 2} y={y + 19} world="cluster">
        {label}
      </Name>
      {children}
    </>
  );
}

/** A machine around what runs on it, with its address if that matters. */
export function Machine({
  x,
  y,
  width,
  height,
  label,
  children,
}: Place & { label: string; children?: ReactNode }) {
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
      {children}
    </>
  );
}

/** A border around what lies within: a cluster, a subnet, a pool. */
export function Border({ x, y, width, height, world }: Place & { world: "cluster" | "vm" }) {
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={height}
      rx="14"
      fill="none"
      className={world === "vm" ? "stroke-vm" : "stroke-pod"}
    />
  );
}

/** A way in on the edge of something; its middle is given. */
export function Gate({
  x,
  y,
  width,
  world = "cluster",
  label,
  code,
}: {
  x: number;
  y: number;
  width: number;
  world?: "cluster" | "vm";
  label?: string;
  code?: string;
}) {
  return (
    <>
      <rect
        x={x - width / 2}
        y={y - 13}
        width={width}
        height="26"
        rx="13"
        strokeWidth="1.5"
        className={`fill-raised ${world === "vm" ? "stroke-vm" : "stroke-pod"}`}
      />
      {label ? (
        <Name x={x} y={y + 5} world={world}>
          {label}
        </Name>
      ) : null}
      {code ? (
        <Code x={x} y={y + 4} anchor="middle">
          {code}
        </Code>
      ) : null}
    </>
  );
}

/** Yes or no, in shape as in colour; its middle is given. */
export function Mark({
  x,
  y,
  yes = false,
  className,
}: {
  x: number;
  y: number;
  yes?: boolean;
  className?: string;
}) {
  return (
    <g className={className}>
      <circle
        cx={x}
        cy={y}
        r="8"
        strokeWidth="1.5"
        className={yes ? "fill-good-soft stroke-good" : "fill-wrong-soft stroke-wrong"}
      />
      <path
        d={yes ? `M${x - 3.5} ${y + 0.5} l2.5 2.5 l4.5 -5.5` : `M${x - 3} ${y - 3} l6 6 m0 -6 l-6 6`}
        fill="none"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        className={yes ? "stroke-good" : "stroke-wrong"}
      />
    </g>
  );
}

/** A line between two parts of a drawing. */
export function Divider({ y }: { y: number }) {
  return <line x1="4" x2={WIDTH - 4} y1={y} y2={y} className="stroke-line" />;
}

/** The way of a packet, or with `dotted` of knowledge. One that is `stopped` has no head: a mark stands at its end. */
export function Arrow({
  path,
  dotted = false,
  stopped = false,
}: {
  path: string;
  dotted?: boolean;
  stopped?: boolean;
}) {
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
        markerEnd={stopped ? undefined : `url(#${id})`}
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

/** An address or a rule in the drawing; an address has the colour of where it comes from. */
export function Code({
  x,
  y,
  anchor = "start",
  world = "none",
  className = "",
  children,
}: Lettering & { world?: World }) {
  return (
    <text x={x} y={y} fontSize="12" textAnchor={anchor} className={`font-mono ${INKS[world]} ${className}`}>
      {children}
    </text>
  );
}

/** The name of a thing or of a part of the drawing. A line break in it is one in the drawing. */
export function Name({ x, y, anchor = "middle", world = "none", children }: Lettering & { world?: World }) {
  return (
    <text x={x} y={y} fontSize="13.5" fontWeight="600" textAnchor={anchor} className={INKS[world]}>
      {children.split("\n").map((line, index) => (
        <tspan key={line} x={x} dy={index === 0 ? 0 : 17}>
          {line}
        </tspan>
      ))}
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
