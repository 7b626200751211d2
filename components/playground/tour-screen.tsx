import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { Block } from "#components/questions/parts.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/surface.tsx";
import { playOf, predict, type Tour } from "#lib/core/playground/index.ts";
import type { Locale } from "#lib/core/questions/index.ts";
import { Playground } from "./playground.tsx";
import { Outcome, Predict } from "./predict.tsx";
import { Share } from "./share.tsx";
import { Stage } from "./stage.tsx";
import { sayId, useTelling } from "./telling.ts";
import { baseAfter, usePlay } from "./use-play.ts";

/** What of a tour is played. */
export type TourPlayed = Pick<Tour, "id" | "title" | "scene" | "steps">;

/** Where in a tour somebody is. */
export interface TourPlace {
  /** From 0. */
  step: number;
  /** Which frame; absent while the step's deed is still to be done. */
  at?: number | undefined;
}

const noPick = () => undefined;

/** A tour: what each step says, what it does, and before it does so, what you expect of it. */
export function TourScreen({
  tour,
  place,
  onPlace,
  onLeave,
}: {
  tour: TourPlayed;
  place: TourPlace;
  /** Told where somebody is now. */
  onPlace?: (place: TourPlace) => void;
  /** What to do at the end, where the tour is not a page of its own. */
  onLeave?: () => void;
}) {
  const t = useTranslations("playground.tour");
  const locale = useLocale() as Locale;
  const { deed: tell } = useTelling();
  const [index, setIndex] = useState(place.step);
  const { steps } = tour;
  const step = steps[index]!;
  const asksFirst = step.predict !== undefined;
  const [done, setDone] = useState(!asksFirst || place.at !== undefined);
  const [option, setOption] = useState<string | null>(null);
  const [free, setFree] = useState(false);
  const player = usePlay({
    play: playOf(tour, done ? index : index - 1),
    at: place.at ?? Number.POSITIVE_INFINITY,
  });
  const { play, frames, at } = player;
  const heading = useRef<HTMLHeadingElement>(null);
  const before = baseAfter(player, playOf(tour, index - 1).deeds.length - 1);
  // Beliefs are run against the cluster, which takes a moment; the same is asked as long as the step is the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes before a step is given by the step
  const prediction = useMemo(
    () => (step.deed && step.predict ? predict(before.play, before.cluster, step.deed, step.predict) : null),
    [tour, index],
  );

  const moved = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step and each answer is read from its top
  useEffect(() => {
    if (moved.current) heading.current?.focus();
    moved.current = true;
  }, [index, done]);
  useEffect(() => onPlace?.({ step: index, ...(done && { at }) }), [onPlace, index, done, at]);

  const go = (to: number) => {
    const next = steps[to];
    if (!next) return;
    setIndex(to);
    setOption(null);
    setDone(next.predict === undefined);
    const reached = baseAfter(player, play.deeds.length - 1);
    if (to > index && next.deed && next.predict === undefined) player.act(next.deed, reached);
    else if (to < index)
      player.restart({
        play: playOf(tour, next.predict === undefined ? to : to - 1),
        at: Number.POSITIVE_INFINITY,
      });
  };
  if (free) return <Playground moment={{ play, at }} />;
  const isLast = index === steps.length - 1;
  const isOver = at === frames.length - 1;
  return (
    <Stage
      player={player}
      focus={done ? step.focus : []}
      onPick={noPick}
      panel={
        <Card className="grid gap-3">
          <h2 ref={heading} tabIndex={-1} className="text-ink-muted text-sm outline-none" data-testid="step">
            {t("step", { step: index + 1, count: steps.length })}
          </h2>
          {done || !prediction || !step.deed ? (
            <>
              <Block text={step.narration} locale={locale} />
              {prediction && option !== null && isOver ? (
                <Outcome prediction={prediction} option={option} />
              ) : null}
              {step.focus.length > 0 ? (
                <p className="text-ink-muted text-sm">
                  <span aria-hidden="true" className="text-warn">
                    ▸{" "}
                  </span>
                  {t("look", {
                    things: step.focus
                      .map((one) => sayId(one.replace("*", "…")).replaceAll("`", ""))
                      .join(t("and")),
                  })}
                </p>
              ) : null}
            </>
          ) : (
            <Predict
              key={step.id}
              prediction={prediction}
              deed={tell(step.deed)}
              onExpect={(chosen) => {
                setOption(chosen);
                setDone(true);
                if (step.deed) player.act(step.deed, before);
              }}
            />
          )}
          <div className="flex flex-wrap items-center gap-2 border-line border-t pt-3">
            <Button pending={index === 0} onClick={() => go(index - 1)}>
              {t("back")}
            </Button>
            {isLast || !done ? null : (
              <Button variant="primary" data-tour-next="" onClick={() => go(index + 1)}>
                {t("next")}
              </Button>
            )}
            {isLast && onLeave ? (
              <Button variant="primary" data-tour-next="" onClick={onLeave}>
                {t("done")}
              </Button>
            ) : null}
            {isLast && !onLeave ? (
              <LinkButton variant="primary" data-tour-next="" href="/playground">
                {t("others")}
              </LinkButton>
            ) : null}
            <Button variant="quiet" size="sm" className="ms-auto" onClick={() => setFree(true)}>
              {t("free")}
            </Button>
          </div>
        </Card>
      }
      below={
        <Share link={async () => `/playground/${tour.id}?step=${index + 1}${done ? `&at=${at}` : ""}`} />
      }
    />
  );
}
