import { useTranslations } from "next-intl";
import { useState } from "react";
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

  const intend = (deed: Deed) => {
    const prediction = predict(base.play, base.cluster, deed);
    setExpected(null);
    if (prediction) setAsked({ deed, prediction });
    else player.act(deed, base);
  };
  return (
    <Stage
      player={player}
      onPick={setPicked}
      panel={
        <>
          <Card className="grid gap-3">
            <h2 className="font-semibold">{t(asked ? "predict.title" : "act.title")}</h2>
            {dropped > 0 && !asked ? (
              <p className="text-sm text-warn">{t("act.drops", { count: dropped })}</p>
            ) : null}
            {asked ? (
              <Predict
                prediction={asked.prediction}
                deed={tell(asked.deed)}
                takesFocus
                onExpect={(option) => {
                  setExpected(
                    option ? { of: base.play.deeds.length, prediction: asked.prediction, option } : null,
                  );
                  player.act(asked.deed, base);
                  setAsked(null);
                }}
                onCancel={() => setAsked(null)}
              />
            ) : (
              <DeedForm cluster={base.cluster} picked={picked} onDeed={intend} />
            )}
          </Card>
          {isOver ? <Outcome prediction={expected.prediction} option={expected.option} /> : null}
        </>
      }
      below={<Share link={async () => `/playground?play=${await encodeMoment({ play, at })}`} />}
    />
  );
}
