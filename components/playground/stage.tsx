import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, type Ref, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { Inline } from "#components/questions/parts.tsx";
import { Callout } from "#components/ui/surface.tsx";
import { type Frame, vmTwinOf } from "#lib/core/playground/index.ts";
import type { Locale } from "#lib/core/questions/index.ts";
import { packetOf } from "#lib/core/scene/index.ts";
import { ClusterDrawing, type PacketView } from "./drawing.tsx";
import { type Drawing, layout } from "./layout.ts";
import { Route } from "./route.tsx";
import { useTelling } from "./telling.ts";
import { Transport } from "./transport.tsx";
import type { Player } from "./use-play.ts";
import { AsTables, AsText, Events } from "./views.tsx";
import { rulesOf, wayIn } from "./way.ts";

const VIEWS = ["drawing", "text", "tables"] as const;

/** A play on screen: the cluster at a moment, drawn or told, with time below it and what it says beside it. */
export function Stage({
  player,
  focus = [],
  panel,
  below,
  stepOn,
  onPick,
}: {
  player: Player;
  /** Ids of what to look at. */
  focus?: readonly string[];
  /** What to do, or to read, next. */
  panel: ReactNode;
  below?: ReactNode;
  /** The key that steps on in time. */
  stepOn?: Ref<HTMLButtonElement>;
  onPick: (id: string) => void;
}) {
  const t = useTranslations("playground");
  const locale = useLocale() as Locale;
  const { play, frames, frame, at } = player;
  const [view, setView] = useState<(typeof VIEWS)[number]>("drawing");
  const [width, measure] = useWidth();
  const { moment } = useTelling();
  const id = useId();
  const { cluster } = frame;
  const drawing = useMemo(() => layout(cluster, width), [cluster, width]);
  const done = play.deeds[frame.deed];
  const told = moment(frame, frames[at - 1], done);
  const packet = usePacket(player, drawing);
  const applied = useMemo(() => appliedIn(frame), [frame]);
  // What was just done is to be seen, where the form for it is as high as the screen.
  const seen = useRef<HTMLElement>(null);
  const deeds = useRef(play.deeds.length);
  useEffect(() => {
    if (play.deeds.length > deeds.current) seen.current?.scrollIntoView({ block: "nearest" });
    deeds.current = play.deeds.length;
  }, [play]);
  const known = focus.flatMap((name) => idsIn(drawing, name));

  return (
    <div className="@container">
      <div className="grid items-start gap-4 @4xl:grid-rows-[auto_1fr] @4xl:grid-cols-[minmax(0,1fr)_23rem]">
        <div className="grid gap-3 @4xl:col-start-2 @4xl:row-start-1">{panel}</div>
        <div className="grid gap-3 @4xl:col-start-1 @4xl:row-span-2 @4xl:row-start-1">
          <section
            ref={seen}
            aria-label={t("views.label")}
            className="grid gap-3 rounded-card border border-line bg-surface p-3"
          >
            <div
              className="flex flex-wrap items-center gap-1"
              role="radiogroup"
              aria-label={t("views.label")}
            >
              {VIEWS.map((one) => (
                <label
                  key={one}
                  className="relative inline-flex min-h-11 cursor-pointer items-center rounded-lg px-3 text-ink-muted text-sm hover:bg-sunken has-checked:bg-pod-soft has-checked:font-semibold has-checked:text-pod-ink has-focus-visible:outline-2 has-focus-visible:outline-focus"
                >
                  <input
                    type="radio"
                    name={`${id}-view`}
                    checked={view === one}
                    onChange={() => setView(one)}
                    className="sr-only"
                  />
                  {t(`views.${one}`)}
                </label>
              ))}
            </div>
            <div ref={measure}>
              {view === "drawing" ? (
                <>
                  <ClusterDrawing
                    drawing={drawing}
                    label={t("drawing.label")}
                    describedBy={`${id}-summary`}
                    dataPlane={cluster.network.dataPlane === "cilium" ? "Cilium" : "kube-proxy"}
                    focus={known}
                    applied={applied}
                    packet={packet}
                    onPick={onPick}
                  />
                  <p id={`${id}-summary`} className="mt-2 text-ink-muted text-xs">
                    {t("drawing.summary", {
                      nodes: cluster.objects.Node.length,
                      pods: cluster.objects.Pod.length,
                      services: cluster.objects.Service.length,
                    })}
                  </p>
                </>
              ) : null}
              {view === "text" ? <AsText drawing={drawing} id={`${id}-text`} /> : null}
              {view === "tables" ? <AsTables cluster={cluster} before={frames[at - 1]?.cluster} /> : null}
            </div>
          </section>
          <Transport player={player} told={told} stepOn={stepOn} />
          <Events cluster={cluster} fresh={frame.events} />
        </div>
        <div className="grid gap-3 @4xl:col-start-2 @4xl:row-start-2">
          {frame.journey ? <Route journey={frame.journey} /> : null}
          {done ? (
            <Callout tone="vm" title={t("vmTwin")}>
              <p className="text-sm">
                <Inline text={vmTwinOf(done)} locale={locale} />
              </p>
            </Callout>
          ) : null}
          {below}
        </div>
      </div>
    </div>
  );
}

/** Narrower than any phone: what is narrower still is scaled down. */
const LEAST = 260;

/** The width that an element has, in whole pixels, as it changes. */
function useWidth(): [number, (element: HTMLElement | null) => (() => void) | undefined] {
  const [width, setWidth] = useState(720);
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    // Nothing is drawn for an element that is not on screen yet.
    const take = (measured: number) => measured > 0 && setWidth(Math.max(LEAST, Math.floor(measured)));
    take(element.clientWidth);
    const observer = new ResizeObserver(([entry]) => take(entry?.contentRect.width ?? 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, measure];
}

/** The packet of a frame in its drawing. */
function usePacket({ play, frame }: Player, drawing: Drawing): PacketView | undefined {
  return useMemo(() => {
    const { journey, cluster, deed } = frame;
    const done = play.deeds[deed];
    if (!journey || done?.do !== "send") return undefined;
    const sent = packetOf(cluster, done.connection);
    if (!sent) return undefined;
    const { path, hops, ended } = journey;
    const hop = path.hops[hops - 1];
    const first = path.hops[0]?.before ?? { source: "", destination: sent.to, port: sent.port };
    const flow = hop?.after ?? first;
    return {
      way: wayIn(drawing, cluster, sent.from, path),
      at: ended ? hops + 1 : hops,
      flow,
      before: ended ? flow : (hop?.before ?? flow),
      ended,
      request: deed,
    };
  }, [play, frame, drawing]);
}

const appliedIn = ({ journey }: Frame): string[] => {
  const hop = journey && !journey.ended ? journey.path.hops[journey.hops - 1] : undefined;
  return hop ? rulesOf(hop) : [];
};

/** The ids that a name means in a drawing: `Kind/name` is one of the namespace `default`, and `*` stands for how a name ends. */
function idsIn({ items }: Drawing, name: string): string[] {
  const slash = name.indexOf("/");
  const short = `${name.slice(0, slash)}/default${name.slice(slash)}`;
  const fits = (id: string) =>
    [name, short].some((one) => (one.endsWith("*") ? id.startsWith(one.slice(0, -1)) : id === one));
  return items.map(({ id }) => id).filter(fits);
}
