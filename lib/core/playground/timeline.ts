import {
  type Cluster,
  type Event,
  type Path,
  pathTaken,
  RULES,
  type Rules,
  step,
  trace,
} from "#lib/core/cluster/index.ts";
import {
  buildScene,
  comeToRest,
  makeChange,
  type Problem,
  packetOf,
  type Scene,
} from "#lib/core/scene/index.ts";
import { hash } from "../questions/random.ts";
import type { Deed, Play } from "./play.ts";

/** A packet on its way: one path of those that it might have taken. */
export interface Journey {
  path: Path;
  /** Hops that lie behind it; all of them once it has ended. */
  hops: number;
  ended: boolean;
  /** How many paths there were to choose from. */
  paths: number;
}

/** One moment of a play. */
export interface Frame {
  cluster: Cluster;
  /** Which deed it belongs to, from 0; -1 for the cluster before any. */
  deed: number;
  /** What the cluster told in the step before. */
  events: readonly Event[];
  /** Why the deed was not done, or what about it changes nothing. */
  problems: readonly Problem[];
  journey?: Journey;
}

/** Steps that are shown of one deed; what comes after them is shown as one. */
const STEPS_SHOWN = 60;

/** The moments of a play from its beginning. The last is where it is at rest. */
export function timeline({ scene, deeds }: Play): Frame[] {
  const frames = [begin(scene)];
  for (let done = 1; done <= deeds.length; done++)
    frames.push(...perform({ scene, deeds: deeds.slice(0, done) }, frames));
  return frames;
}

/** The moment before anything is done. */
export function begin(scene: Scene): Frame {
  const { cluster, problems } = buildScene(scene);
  return { cluster, deed: -1, events: [], problems };
}

/**
 * The moments of the last deed of a play.
 * @param frames those of the deeds before it
 */
export function perform({ scene, deeds }: Play, frames: readonly Frame[]): Frame[] {
  const deed = deeds.length - 1;
  const [last, before] = [deeds[deed], frames.at(-1)?.cluster];
  if (!last || !before) return [];
  if (last.do === "send") return journeys(before, last, deed);
  const { cluster, problems } = make({ scene, deeds: deeds.slice(0, deed) }, before, last, RULES);
  const first: Frame = { cluster, deed, events: [], problems };
  return [first, ...steps(cluster, deed)];
}

/** What a deed makes of a cluster, before any controller has acted on it; of another network, the cluster at rest. */
function make(
  { scene, deeds }: Play,
  before: Cluster,
  deed: Deed,
  rules: Rules,
): { cluster: Cluster; problems: readonly Problem[] } {
  switch (deed.do) {
    case "send":
      return { cluster: before, problems: [] };
    case "switchNetwork": {
      const changes = deeds.flatMap((one) => (one.do === "send" || one.do === "switchNetwork" ? [] : [one]));
      const { mode, dataPlane } = deed;
      return buildScene({ ...scene, mode, dataPlane, changes: [...scene.changes, ...changes] }, rules);
    }
    default:
      return makeChange(before, deed, rules);
  }
}

/** The cluster at rest after the last deed of a play, as whoever goes by some rules expects it. */
export const outcome = (play: Play, before: Cluster, deed: Deed, rules: Rules): Cluster =>
  comeToRest(make(play, before, deed, rules).cluster, rules).cluster;

function steps(from: Cluster, deed: number): Frame[] {
  const frames: Frame[] = [];
  let now = from;
  for (let shown = 0; shown < STEPS_SHOWN; shown++) {
    const { cluster, events } = step(now);
    if (cluster === now) return frames;
    // Steps in which nothing but time goes by are no moments of their own.
    if (cluster.objects !== now.objects || cluster.azure !== now.azure)
      frames.push({ cluster, deed, events, problems: [] });
    now = cluster;
  }
  const { cluster, problems } = comeToRest(now);
  if (cluster === now) return frames;
  const seen = new Set(now.events);
  const events = cluster.events.filter((event) => !seen.has(event));
  return [...frames, { cluster, deed, events, problems }];
}

function journeys(cluster: Cluster, { connection }: Extract<Deed, { do: "send" }>, deed: number): Frame[] {
  const packet = packetOf(cluster, connection);
  const base = { cluster, deed, events: [] };
  const { paths } = packet ? trace(cluster, packet) : { paths: [] };
  const path = packet && pathTaken(cluster, packet, paths, chance(deed, cluster));
  if (!path)
    return [{ ...base, problems: [{ severity: "error", message: `${connection.to} has no address (yet)` }] }];
  const at = (hops: number, ended = false): Frame => ({
    ...base,
    problems: [],
    journey: { path, hops, ended, paths: paths.length },
  });
  return [...path.hops.map((_, n) => at(n)), at(path.hops.length), at(path.hops.length, true)];
}

/** The same request sent again may go elsewhere, and the same play goes the same way again. */
const chance = (deed: number, { tick }: Cluster): number => hash(`${deed} ${tick}`) / 2 ** 32;
