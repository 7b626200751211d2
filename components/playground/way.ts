import type { Cluster, Hop, Path, Place, Verdict } from "#lib/core/cluster/index.ts";
import { addressOf, all, find } from "#lib/core/cluster/index.ts";
import { boxOf, type Drawing, type Item, idOf } from "./layout.ts";

/** The way of a packet through a drawing. Pure. */

export interface Point {
  x: number;
  y: number;
}

/** How a packet ended, where it did. */
export type End = "arrived" | "stopped";

export interface Way {
  /** Where the packet was at each of its moments: with the sender, after each hop, and where it ended. */
  points: readonly Point[];
  end: End;
}

/** @param from who sends the packet */
export function wayIn(drawing: Drawing, cluster: Cluster, from: Place, { hops, verdict }: Path): Way {
  const start = pointOf(boxOf(drawing, idOf(from)) ?? drawing.items[0]);
  const points = [start];
  for (const hop of hops) {
    const box = boxOf(drawing, stationOf(cluster, hop));
    points.push(box ? pointOf(box) : (points.at(-1) ?? start));
  }
  const last = points.at(-1) ?? start;
  const { box, reached } = endOf(drawing, cluster, hops.at(-1), verdict);
  const target = box ? pointOf(box) : { x: last.x, y: last.y + 26 };
  points.push(reached ? target : short(last, target));
  return { points, end: verdict.kind === "delivered" ? "arrived" : "stopped" };
}

/** Where something is done to a packet. What a node's rules do is done on the node, whoever asked for it. */
function stationOf(cluster: Cluster, { at, deed }: Hop): string {
  switch (deed.kind) {
    case "service":
      return at.kind === "Pod" ? `Node/${find(cluster, "Pod", at.key)?.spec.nodeName}` : idOf(at);
    case "masquerade":
      return `Node/${deed.node}`;
    case "loadBalancer": {
      const balancer = cluster.azure.loadBalancers.find(({ frontEnds }) =>
        frontEnds.some(({ service }) => service === deed.service),
      );
      return `LoadBalancer/${balancer?.name}`;
    }
    case "networkPolicy":
      return `Pod/${deed.pod}`;
    default:
      return idOf(at);
  }
}

/** Where a packet ended, and whether it got there or was lost on the way. */
function endOf(drawing: Drawing, cluster: Cluster, last: Hop | undefined, verdict: Verdict) {
  const at = (place: Place) => ({ box: boxOf(drawing, idOf(place)), reached: true });
  switch (verdict.kind) {
    case "delivered":
      return at(verdict.to);
    case "refused":
    case "http":
      return at(verdict.by);
    case "denied":
      return verdict.by === "networkPolicy"
        ? { box: boxOf(drawing, `Pod/${verdict.pod}`), reached: verdict.direction === "Egress" }
        : { box: undefined, reached: true };
    case "timedOut": {
      const target = last && holderOf(cluster, last.after.destination);
      return { box: target && boxOf(drawing, target), reached: target === undefined };
    }
    default:
      return { box: undefined, reached: true };
  }
}

/** Who has an address; undefined where nobody has it. */
function holderOf(cluster: Cluster, address: string): string | undefined {
  const pod = all(cluster, "Pod").find(({ status }) => status?.podIP === address);
  if (pod) return `Pod/${pod.metadata.namespace}/${pod.metadata.name}`;
  const node = all(cluster, "Node").find(
    ({ metadata: { name } }) => addressOf(cluster, { kind: "Node", name }) === address,
  );
  return node && `Node/${node.metadata.name}`;
}

/**
 * Packets are drawn on the edge of what they are at, so that its name can be read: at a node, by its rules; below what stands
 * above the cluster, and above what stands in it.
 */
const pointOf = (item: Item | undefined): Point => {
  if (!item) return { x: 0, y: 0 };
  if (item.type === "node") return { x: item.x + item.width - 24, y: item.y + 16 };
  return { x: item.x + item.width / 2, y: item.type === "card" ? item.y + item.height : item.y };
};

/** Two thirds of the way. */
const short = (from: Point, to: Point): Point => ({
  x: from.x + ((to.x - from.x) * 2) / 3,
  y: from.y + ((to.y - from.y) * 2) / 3,
});

/** The objects whose rules a hop applied, to be marked in the drawing. */
export function rulesOf({ deed }: Hop): string[] {
  switch (deed.kind) {
    case "service":
      return [`Service/${deed.service}`];
    case "loadBalancer":
      return [`Service/${deed.service}`];
    case "networkPolicy":
      return deed.policies.map((key) => `NetworkPolicy/${key}`);
    case "proxy":
      return [`${deed.route.kind}/${deed.route.key}`, `Service/${deed.service}`];
    default:
      return [];
  }
}
