import type { Network } from "./objects.ts";
import { RULES, type Rules } from "./rules.ts";

/** What a node subnet is to have room for. */
export interface Plan extends Pick<Network, "mode" | "dataPlane" | "maxPods"> {
  nodes: number;
  /** Nodes that an upgrade adds at a time. */
  surge: number;
  /** Front-ends of internal load balancers. */
  frontEnds?: number;
}

/** How many addresses of the node subnet a cluster takes at most, those that Azure keeps included. */
export function addressesNeeded(
  { nodes, surge, frontEnds = 0, ...network }: Plan,
  rules: Rules = RULES,
): number {
  const { first, last } = rules.azureReserved();
  const perNode = 1 + (rules.podRange(network) === "nodeSubnet" ? rules.setAside(network, 0) : 0);
  return rules.nodesAtOnce(nodes, surge) * perNode + frontEnds + first + last;
}
