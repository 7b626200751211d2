import { useCallback, useEffect, useState } from "react";
import { type Deed, type Frame, type Moment, type Play, perform, timeline } from "#lib/core/playground/index.ts";
import { movesLess } from "./drawing.tsx";

interface State {
  play: Play;
  frames: readonly Frame[];
  /** Which frame is shown. */
  at: number;
  /** Whether time goes by itself. */
  running: boolean;
}

/** A play that is watched, stepped through and carried on. */
export interface Player extends State {
  frame: Frame;
  /** What a deed that is done now follows on: the play up to the deed on screen, and the cluster at rest after it. */
  base: { play: Play; frames: readonly Frame[]; cluster: Frame["cluster"] };
  /** Does something after the deed on screen. Deeds that came later are dropped: from here it is another story. */
  act: (deed: Deed) => void;
  /** Goes to a frame, and stays there. */
  goTo: (frame: number) => void;
  /** Lets time go by itself, from the beginning of the last deed if it had come to its end; or stops it. */
  toggle: () => void;
  /** Starts another play, or this one over. */
  restart: (moment: Moment) => void;
}

/** A moment is on screen for as long as its change takes to be seen and its line to be read. */
const MOMENT_MS = 1600;

const begun = ({ play, at }: Moment): State => {
  const frames = timeline(play);
  return { play, frames, at: Math.min(at, frames.length - 1), running: false };
};

export function usePlay(start: Moment): Player {
  const [state, setState] = useState(() => begun(start));
  const { play, frames, at, running } = state;
  const frame = frames[at]!;
  const last = frames.length - 1;

  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(
      () => setState((now) => ({ ...now, at: now.at + 1, running: now.at + 1 < now.frames.length - 1 })),
      MOMENT_MS,
    );
    return () => clearTimeout(timer);
    // Each moment has its own time.
    // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  }, [running, at]);

  const kept = frames.filter(({ deed }) => deed <= frame.deed);
  const base = {
    play: { ...play, deeds: play.deeds.slice(0, frame.deed + 1) },
    frames: kept,
    cluster: kept.at(-1)!.cluster,
  };
  return {
    ...state,
    frame,
    base,
    act: (deed) => {
      const next = { ...base.play, deeds: [...base.play.deeds, deed] };
      const more = perform(next, base.frames);
      setState({
        play: next,
        frames: [...base.frames, ...more],
        at: base.frames.length,
        running: more.length > 1 && !movesLess(),
      });
    },
    goTo: useCallback(
      (to: number) =>
        setState((now) => ({ ...now, at: Math.min(Math.max(to, 0), now.frames.length - 1), running: false })),
      [],
    ),
    toggle: () =>
      setState((now) => {
        if (now.running) return { ...now, running: false };
        const from = at < last ? at : frames.findIndex(({ deed }) => deed === frame.deed);
        return { ...now, at: from, running: from < last };
      }),
    restart: useCallback((moment: Moment) => setState(begun(moment)), []),
  };
}
