import { useCallback, useEffect, useState } from "react";
import {
  type Deed,
  type Frame,
  type Moment,
  type Play,
  perform,
  timeline,
} from "#lib/core/playground/index.ts";
import { movesLess } from "./drawing.tsx";

interface State {
  play: Play;
  frames: readonly Frame[];
  /** Which frame is shown. */
  at: number;
  /** Whether time goes by itself. */
  running: boolean;
}

/** What a deed that is done next follows on. */
export interface Base {
  play: Play;
  frames: readonly Frame[];
  /** The cluster at rest. */
  cluster: Frame["cluster"];
}

/** A play that is watched, stepped through and carried on. */
export interface Player extends State {
  frame: Frame;
  /** The play up to and with the deed on screen: what is done now follows on that. */
  base: Base;
  /** Does something after what comes before it. Deeds that came later are dropped: from here it is another story. */
  act: (deed: Deed, after: Base) => void;
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

/** What follows on a deed of a play, by its number. */
export function baseAfter({ play, frames }: Pick<State, "play" | "frames">, deed: number): Base {
  const kept = frames.filter((frame) => frame.deed <= deed);
  return {
    play: { ...play, deeds: play.deeds.slice(0, deed + 1) },
    frames: kept,
    cluster: kept.at(-1)!.cluster,
  };
}

export function usePlay(start: Moment): Player {
  const [state, setState] = useState(() => begun(start));
  const { frames, at, running } = state;
  const frame = frames[at]!;
  const last = frames.length - 1;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each moment has its own time
  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(
      () => setState((now) => ({ ...now, at: now.at + 1, running: now.at + 1 < now.frames.length - 1 })),
      MOMENT_MS,
    );
    return () => clearTimeout(timer);
  }, [running, at]);

  return {
    ...state,
    frame,
    base: baseAfter(state, frame.deed),
    act: (deed, after) => {
      const next = { ...after.play, deeds: [...after.play.deeds, deed] };
      const more = perform(next, after.frames);
      setState({
        play: next,
        frames: [...after.frames, ...more],
        at: after.frames.length,
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
