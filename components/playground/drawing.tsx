"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Code, Mark, Name, Note, Shape } from "#components/diagrams/grammar.tsx";
import type { Flow } from "#lib/core/cluster/index.ts";
import {
  type Card,
  type Drawing,
  elide,
  type Item,
  type Line,
  type NodeBox,
  type PodBox,
  type Zone,
} from "./layout.ts";
import type { Point, Way } from "./way.ts";

/** A packet in the drawing. */
export interface PacketView {
  way: Way;
  /** At which point of its way it is. */
  at: number;
  /** What it says on it. */
  flow: Flow;
  /** Source and destination before what was just done to it. */
  before: Flow;
  ended: boolean;
  /** Which request it is: another one does not come from where the last one was. */
  request: number;
}

const SETTLE = "cubic-bezier(0.2, 0.8, 0.2, 1)";
const MOVE_MS = 550;

export const movesLess = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A cluster drawn in the grammar of the diagrams. What changes its place moves there, and a packet goes its way. */
export function ClusterDrawing({
  drawing,
  label,
  describedBy,
  dataPlane,
  focus,
  applied,
  packet,
  onPick,
}: {
  drawing: Drawing;
  label: string;
  /** The id of the text that says the same. */
  describedBy: string;
  dataPlane: string;
  /** Ids of what to look at. */
  focus: readonly string[];
  /** Ids of rules that were just applied. */
  applied: readonly string[];
  packet?: PacketView | undefined;
  /** Called with the id of what was clicked: a short cut for who points; the form beside it offers the same. */
  onPick: (id: string) => void;
}) {
  const svg = useRef<SVGSVGElement>(null);
  const [shown, setShown] = useState<{ drawing: Drawing; before: Drawing | null }>({ drawing, before: null });
  if (shown.drawing !== drawing) setShown({ drawing, before: shown.drawing });
  const before = shown.before?.width === drawing.width ? shown.before : null;
  const present = new Set(drawing.items.map(({ id }) => id));
  const gone = before?.items.filter(({ id, type }) => type !== "zone" && !present.has(id)) ?? [];

  useLayoutEffect(() => {
    if (!svg.current || !before || movesLess()) return;
    const was = new Map(before.items.map((item) => [item.id, item]));
    for (const [n, item] of drawing.items.entries()) {
      const old = was.get(item.id);
      const element = svg.current.querySelector(`[data-n="${n}"]`);
      if (old && (old.x !== item.x || old.y !== item.y)) {
        const from = `translate(${old.x - item.x}px, ${old.y - item.y}px)`;
        element?.animate([{ transform: from }, { transform: "none" }], { duration: MOVE_MS, easing: SETTLE });
      } else if (!old)
        element?.animate([{ opacity: 0 }, { opacity: 1 }], { duration: MOVE_MS, easing: SETTLE });
    }
    for (const element of svg.current.querySelectorAll("[data-gone]"))
      element.animate([{ opacity: 1 }, { opacity: 0 }], { duration: MOVE_MS, fill: "forwards" });
  }, [drawing, before]);

  useEffect(() => {
    const element = svg.current;
    const pick = ({ target }: MouseEvent) => {
      const id = (target as Element).closest("[data-id]")?.getAttribute("data-id");
      if (id) onPick(id);
    };
    element?.addEventListener("click", pick);
    return () => element?.removeEventListener("click", pick);
  }, [onPick]);

  return (
    <svg
      ref={svg}
      role="img"
      aria-label={label}
      aria-describedby={describedBy}
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      className="w-full [&_[data-id]]:cursor-pointer"
    >
      {drawing.items.map((item, n) => (
        <g key={item.id} data-n={n} data-id={item.type === "zone" ? undefined : item.id}>
          <ItemView item={item} dataPlane={dataPlane} />
        </g>
      ))}
      {gone.map((item) => (
        <g key={`gone ${item.id}`} data-gone="" className="motion-reduce:hidden">
          <ItemView item={item} dataPlane={dataPlane} />
        </g>
      ))}
      {drawing.items.flatMap((item) => [
        applied.includes(item.id) ? <Ring key={`applied ${item.id}`} item={item} look="applied" /> : null,
        focus.includes(item.id) ? <Ring key={`focus ${item.id}`} item={item} look="focus" /> : null,
      ])}
      {packet ? <PacketOnItsWay key={packet.request} packet={packet} width={drawing.width} /> : null}
    </svg>
  );
}

function ItemView({ item, dataPlane }: { item: Item; dataPlane: string }) {
  switch (item.type) {
    case "zone":
      return <ZoneView zone={item} />;
    case "card":
      return <CardView card={item} />;
    case "node":
      return <NodeView node={item} dataPlane={dataPlane} />;
    case "pod":
      return <PodView pod={item} />;
  }
}

function ZoneView({ zone }: { zone: Zone }) {
  const t = useTranslations("playground.zones");
  const { x, y, width, height, notes, stacked } = zone;
  const title = t(zone.zone);
  // A Japanese letter is about twice as wide as a Latin one.
  const titleWidth = [...title].reduce((sum, letter) => sum + (letter > "ÿ" ? 13.5 : 7.8), 0);
  return (
    <>
      <rect
        {...{ x, y, width, height }}
        rx="14"
        fill="none"
        className={
          zone.zone === "cluster" ? "stroke-pod" : zone.zone === "vnet" ? "stroke-vm" : "stroke-line-strong"
        }
      />
      <Name x={x + 12} y={y + 20} anchor="start" world={zone.zone === "cluster" ? "cluster" : "vm"}>
        {title}
      </Name>
      {stacked ? (
        notes.map((note, n) => (
          <Code key={note} x={x + 12} y={y + 38 + 17 * n} className="fill-ink-muted">
            {note}
          </Code>
        ))
      ) : (
        <Code x={x + 12 + titleWidth + 12} y={y + 20} className="fill-ink-muted">
          {notes.join(" · ")}
        </Code>
      )}
    </>
  );
}

function CardView({ card }: { card: Card }) {
  const { x, y, width, height, world, dashed, token, lines } = card;
  return (
    <>
      <Shape {...{ x, y, width, height, world, dashed }} />
      {token ? <Token x={x + 17} y={y + 16} letter={token} ready /> : null}
      {lines.map((line, n) => {
        const indent = (token && n === 0 ? 32 : 10) + (line.mark ? 16 : 0);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
          <g key={n}>
            {line.mark ? <Tick x={x + 17} y={y + 16 + 17 * n} yes={line.mark === "yes"} /> : null}
            <LineView line={line} card={card} x={x + indent} y={y + 20 + 17 * n} width={width - indent - 8} />
          </g>
        );
      })}
    </>
  );
}

function LineView({
  line,
  card,
  x,
  y,
  width,
}: {
  line: Line;
  card: Card;
  x: number;
  y: number;
  width: number;
}) {
  const t = useTranslations("playground.lines");
  const { text, face, world } = line;
  const words =
    typeof text === "string" ? elide(text, width) : t(text.say, { count: text.count, of: text.of ?? 0 });
  if (face === "name")
    return (
      <>
        <Name {...{ x, y }} anchor="start" world={world ?? card.world}>
          {words}
        </Name>
        {line.aside ? (
          <Code x={card.x + card.width - 10} y={y} anchor="end">
            {line.aside}
          </Code>
        ) : null}
      </>
    );
  return face === "code" ? (
    <Code {...{ x, y, world: world ?? "none" }}>{words}</Code>
  ) : (
    <Note {...{ x, y }}>{words}</Note>
  );
}

/** The letter of a Service; hollow where it sends nothing. */
function Token({ x, y, letter, ready }: { x: number; y: number; letter: string; ready: boolean }) {
  return (
    <>
      <circle
        cx={x}
        cy={y}
        r="8"
        strokeWidth="1.5"
        strokeDasharray={ready ? undefined : "3 2.5"}
        className={ready ? "fill-pod stroke-pod" : "fill-raised stroke-line-strong"}
      />
      <text
        x={x}
        y={y + 4}
        fontSize="11"
        fontWeight="600"
        textAnchor="middle"
        className={ready ? "fill-on-pod" : "fill-ink-muted"}
      >
        {letter}
      </text>
    </>
  );
}

/** Listed and ready, or listed and not. */
function Tick({ x, y, yes }: { x: number; y: number; yes: boolean }) {
  return (
    <path
      d={yes ? `M${x - 4} ${y} l3 3 l5 -6` : `M${x - 3.5} ${y - 3.5} l7 7 m0 -7 l-7 7`}
      fill="none"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={yes ? "stroke-good" : "stroke-wrong"}
    />
  );
}

function NodeView({ node, dataPlane }: { node: NodeBox; dataPlane: string }) {
  const { x, y, width, height, name, address, status, down } = node;
  const pill = dataPlane.length * 7.2 + 16;
  const nameEnd = 10 + name.length * 8 + (down ? 22 : 0);
  return (
    <>
      <rect
        {...{ x, y, width, height }}
        rx="12"
        strokeWidth="1.5"
        strokeDasharray={down ? "2 4" : undefined}
        className="fill-sunken stroke-line-strong"
      />
      <Name x={x + 10} y={y + 18} anchor="start">
        {name}
      </Name>
      {down ? <Mark x={x + 10 + name.length * 8 + 12} y={y + 13} /> : null}
      {width - pill - 8 > nameEnd ? (
        <>
          <rect
            x={x + width - pill - 8}
            y={y + 6}
            width={pill}
            height="19"
            rx="9.5"
            strokeDasharray="4 3"
            className="fill-raised stroke-line-strong"
          />
          <Code x={x + width - 8 - pill / 2} y={y + 19.5} anchor="middle" className="fill-ink-muted">
            {dataPlane}
          </Code>
        </>
      ) : null}
      <Code x={x + 10} y={y + 36} world="vm">
        {address}
      </Code>
      {status === "Ready" ? null : (
        <text
          x={x + width - 10}
          y={y + 36}
          fontSize="12"
          textAnchor="end"
          fontWeight="600"
          className="fill-wrong"
        >
          {elide(status, width - address.length * 7.2 - 30)}
        </text>
      )}
    </>
  );
}

function PodView({ pod }: { pod: PodBox }) {
  const { x, y, width, height, name, address, addressWorld, state, tokens } = pod;
  return (
    <g opacity={state === "Terminating" ? 0.65 : undefined}>
      <Shape {...{ x, y, width, height, world: state === "Ready" ? "cluster" : "none" }} />
      <Code x={x + 8} y={y + 17} className="font-semibold">
        {elide(name, width - 14)}
      </Code>
      <Code
        x={x + 8}
        y={y + 34}
        world={addressWorld}
        className={state === "Terminating" ? "line-through" : ""}
      >
        {address}
      </Code>
      {tokens.map(({ letter, ready }, n) => (
        <Token key={letter} x={x + 16 + n * 18} y={y + 47} letter={letter} ready={ready} />
      ))}
      {state === "Ready" ? null : (
        <text
          x={x + width - 8}
          y={y + 51}
          fontSize="11.5"
          textAnchor="end"
          fontWeight="600"
          className={state === "Pending" ? "fill-warn" : "fill-wrong"}
        >
          {state}
        </text>
      )}
    </g>
  );
}

/** What to look at, with a pointer to it; or, dotted as knowledge is, the rule that was just applied. */
function Ring({ item, look }: { item: Item; look: "focus" | "applied" }): ReactNode {
  const { x, y, width, height } = item;
  return (
    <g className="pointer-events-none">
      <rect
        x={x - 4}
        y={y - 4}
        width={width + 8}
        height={height + 8}
        rx="12"
        fill="none"
        strokeWidth="2.5"
        strokeDasharray={look === "applied" ? "1.5 5" : undefined}
        strokeLinecap="round"
        className={look === "focus" ? "stroke-warn" : "stroke-ink"}
      />
      {look === "focus" ? (
        <path
          d={`M${x - 4} ${y + 10} l-6 -6 v12 z`}
          className="fill-warn stroke-warn"
          strokeLinejoin="round"
        />
      ) : null}
    </g>
  );
}

const TAG = { width: 190, height: 42 } as const;

function PacketOnItsWay({ packet, width }: { packet: PacketView; width: number }) {
  const t = useTranslations("playground.packet");
  const { way, at, flow, before, ended } = packet;
  const moving = useRef<SVGGElement>(null);
  const [step, setStep] = useState({ at, from: at });
  if (step.at !== at) setStep({ at, from: step.at });
  const here = way.points[at] ?? { x: 0, y: 0 };
  const there = way.points[step.from] ?? here;
  useLayoutEffect(() => {
    if (movesLess()) return;
    moving.current?.animate(
      [{ transform: `translate(${there.x - here.x}px, ${there.y - here.y}px)` }, { transform: "none" }],
      { duration: MOVE_MS, easing: "ease-in-out" },
    );
  }, [here.x, here.y, there.x, there.y]);
  const tagX = Math.min(Math.max(here.x - TAG.width / 2, 4), width - TAG.width - 4);
  const tagY = here.y - TAG.height - 14 < 2 ? here.y + 14 : here.y - TAG.height - 14;
  const bold = (changed: boolean) => (changed ? "font-semibold" : "");
  const changedTo = flow.destination !== before.destination || flow.port !== before.port;
  return (
    <g className="pointer-events-none">
      {way.points.slice(1, at + 1).map((point, n) => (
        <Leg
          // biome-ignore lint/suspicious/noArrayIndexKey: a way may pass a place twice
          key={n}
          from={way.points[n] ?? point}
          to={point}
          stopped={ended && n + 1 === at && way.end === "stopped"}
        />
      ))}
      <g ref={moving}>
        <rect
          x={tagX}
          y={tagY}
          width={TAG.width}
          height={TAG.height}
          rx="8"
          className="fill-raised stroke-ink-muted"
        />
        <Note x={tagX + 8} y={tagY + 17}>
          {t("from")}
        </Note>
        <Code x={tagX + 58} y={tagY + 17} className={bold(flow.source !== before.source)}>
          {elide(flow.source, TAG.width - 64)}
        </Code>
        <Note x={tagX + 8} y={tagY + 34}>
          {t("to")}
        </Note>
        <Code x={tagX + 58} y={tagY + 34} className={bold(changedTo)}>
          {elide(`${flow.destination}:${flow.port}`, TAG.width - 64)}
        </Code>
        {ended ? (
          <Mark x={here.x} y={here.y} yes={way.end === "arrived"} />
        ) : (
          <circle cx={here.x} cy={here.y} r="7" strokeWidth="2" className="fill-pod stroke-surface" />
        )}
      </g>
    </g>
  );
}

/** A part of a packet's way that lies behind it. */
function Leg({ from, to, stopped }: { from: Point; to: Point; stopped: boolean }) {
  const id = useId();
  if (from.x === to.x && from.y === to.y) return null;
  const line = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  return (
    <>
      <marker
        id={id}
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="10"
        markerHeight="10"
        markerUnits="userSpaceOnUse"
        orient="auto"
      >
        <path d="M0 0 L8 4 L0 8 z" className="fill-ink" />
      </marker>
      <line {...line} strokeWidth="5" className="stroke-surface/80" />
      <line
        {...line}
        strokeWidth="2"
        markerEnd={stopped ? undefined : `url(#${id})`}
        className="stroke-ink"
      />
    </>
  );
}
