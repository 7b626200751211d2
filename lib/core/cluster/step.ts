import type { Cluster, Event } from "./objects.ts";
import { addresses } from "./reconcile/addresses.ts";
import type { Controller, Turn } from "./reconcile/controller.ts";
import { deployments } from "./reconcile/deployments.ts";
import { endpointSlices } from "./reconcile/endpoints.ts";
import { garbage } from "./reconcile/garbage.ts";
import { gateways, ingresses } from "./reconcile/gateways.ts";
import { kubelet } from "./reconcile/kubelet.ts";
import { eviction, nextDeadline, nodes } from "./reconcile/nodes.ts";
import { replicaSets } from "./reconcile/replicasets.ts";
import { scheduler } from "./reconcile/scheduler.ts";
import { allocation, loadBalancers } from "./reconcile/services.ts";
import { statefulSets } from "./reconcile/statefulsets.ts";
import { RULES, type Rules } from "./rules.ts";

/**
 * Every controller, the last in the chain of causes first: what one does the next ones see in the step after, so that each
 * step shows one effect of what was before.
 */
const CONTROLLERS: readonly Controller[] = [
  ingresses,
  gateways,
  loadBalancers,
  endpointSlices,
  kubelet,
  addresses,
  scheduler,
  replicaSets,
  statefulSets,
  deployments,
  garbage,
  eviction,
  nodes,
  allocation,
];

/** Events that are kept; Kubernetes forgets them after an hour. */
const EVENTS_KEPT = 500;
/** Steps after which a cluster that still changes is taken for one that never settles. */
const STEPS_AT_MOST = 10_000;

/** A cluster that goes on changing for ever, or for longer than was waited for. */
export class UnsettledError extends Error {}

export interface Step {
  cluster: Cluster;
  /** Those of this step. */
  events: readonly Event[];
}

/**
 * Lets each controller act once, in a second. Where none has anything to do, time goes on to when something happens by
 * itself; if nothing ever will, the very same cluster comes back.
 */
export function step(cluster: Cluster, rules: Rules = RULES): Step {
  const events: Event[] = [];
  const turn: Turn = {
    rules,
    tell: (object, reason, message, type = "Normal") => {
      const { namespace, name } = object.metadata;
      const key = namespace === undefined ? name : `${namespace}/${name}`;
      events.push({ time: cluster.time, type, reason, kind: object.kind, key, message });
    },
  };
  const after = CONTROLLERS.reduce((now, controller) => controller(now, turn), cluster);
  if (after !== cluster) {
    const kept = [...cluster.events, ...events].slice(-EVENTS_KEPT);
    return { cluster: { ...after, events: kept, time: cluster.time + 1, tick: cluster.tick + 1 }, events };
  }
  const deadline = nextDeadline(cluster);
  return {
    cluster: deadline === undefined ? cluster : { ...cluster, time: deadline, tick: cluster.tick + 1 },
    events,
  };
}

/** What clusters have settled to without bounds, by the rules: the same is asked again and again of what never changes. */
const settled = new WeakMap<Cluster, WeakMap<Rules, Cluster>>();

function remember(cluster: Cluster, rules: Rules, after: Cluster): Cluster {
  settled.set(cluster, (settled.get(cluster) ?? new WeakMap<Rules, Cluster>()).set(rules, after));
  return after;
}

/**
 * Steps until nothing changes any more.
 * @param seconds how long it may wait for what happens by itself; 0 for not at all
 * @param steps after how many it is told not to settle, by an error
 */
export function settle(
  cluster: Cluster,
  {
    seconds = Number.POSITIVE_INFINITY,
    rules = RULES,
    steps = STEPS_AT_MOST,
  }: { seconds?: number; rules?: Rules; steps?: number } = {},
): Cluster {
  if (seconds < Number.POSITIVE_INFINITY || steps !== STEPS_AT_MOST)
    return settleWithin(cluster, rules, seconds, steps);
  const known = settled.get(cluster)?.get(rules);
  if (known) return known;
  const after = settleWithin(cluster, rules, seconds, steps);
  remember(after, rules, after);
  return remember(cluster, rules, after);
}

function settleWithin(cluster: Cluster, rules: Rules, seconds: number, steps: number): Cluster {
  let now = cluster;
  for (let taken = 0; taken < steps; taken++) {
    const { cluster: next } = step(now, rules);
    const waited = next.objects === now.objects && next.azure === now.azure;
    if (next === now || (waited && next.time > cluster.time + seconds)) return now;
    now = next;
  }
  throw new UnsettledError("The cluster does not settle");
}
