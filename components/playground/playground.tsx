import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Card } from "#components/ui/surface.tsx";
import {
  type Deed,
  encodeMoment,
  type Moment,
  type Prediction,
  predict,
} from "#lib/core/playground/index.ts";
import { DeedForm } from "./deed-form.tsx";
import { Outcome, Predict } from "./predict.tsx";
import { Share } from "./share.tsx";
import { Stage } from "./stage.tsx";
import { useTelling } from "./telling.ts";
import { usePlay } from "./use-play.ts";

/** A cluster to do things to: say what you expect, do it, and watch. */
export function Playground({ moment }: { moment: Moment }) {
  const t = useTranslations("playground");
  const player = usePlay(moment);
  const { play, frames, frame, at, base } = player;
  const { deed: tell } = useTelling();
  const [picked, setPicked] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ deed: Deed; prediction: Prediction } | null>(null);
  const [expected, setExpected] = useState<{ of: number; prediction: Prediction; option: string } | null>(
    null,
  );
  const dropped = play.deeds.length - base.play.deeds.length;
  const isOver = expected?.of === frame.deed && frames[at + 1]?.deed !== frame.deed;

  const heading = useRef<HTMLHeadingElement>(null);
  const stepOn = useRef<HTMLButtonElement>(null);
  const act = (deed: Deed, watch: typeof expected) => {
    setAsked(null);
    setExpected(watch);
    player.act(deed, base);
    // What was pressed may be gone; what comes next is to watch.
    stepOn.current?.focus({ preventScroll: true });
  };
  const intend = (deed: Deed) => {
    const prediction = predict(base.play, base.cluster, deed);
    if (prediction) setAsked({ deed, prediction });
    else act(deed, null);
  };
  return (
    <Stage
      player={player}
      onPick={setPicked}
      stepOn={stepOn}
      panel={
        <>
          <Card className="grid gap-3">
            <h2 ref={heading} tabIndex={-1} className="font-semibold outline-none">
              {t(asked ? "predict.title" : "act.title")}
            </h2>
            {dropped > 0 && !asked ? (
              <p className="text-sm text-warn">{t("act.drops", { count: dropped })}</p>
            ) : null}
            {asked ? (
              <Predict
                prediction={asked.prediction}
                deed={tell(asked.deed)}
                takesFocus
                onExpect={(option) =>
                  act(
                    asked.deed,
                    option ? { of: base.play.deeds.length, prediction: asked.prediction, option } : null,
                  )
                }
                onCancel={() => {
                  setAsked(null);
                  heading.current?.focus();
                }}
              />
            ) : null}
            {/* It keeps what was filled in: the same is often sent again. */}
            <div hidden={asked !== null}>
              <DeedForm cluster={base.cluster} picked={picked} onDeed={intend} />
            </div>
          </Card>
          {isOver ? <Outcome prediction={expected.prediction} option={expected.option} /> : null}
        </>
      }
      below={<Share link={async () => `/playground?play=${await encodeMoment({ play, at })}`} />}
    />
  );
}
