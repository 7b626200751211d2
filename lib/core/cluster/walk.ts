import type { Address, Cluster, Pod, Protocol } from "./objects.ts";
import type { Deed, Flow, Hop, HttpRequest, Place, Verdict } from "./packet.ts";
import { askPolicies, type PolicyDecision, type PolicyQuestion, securityRule } from "./policy.ts";
import type { Rules } from "./rules.ts";
import { find, keyOf } from "./store.ts";
import { nodeAddress, nodeOf, podAt, subnetOfPlace } from "./topology.ts";

/** A packet on its way, or where it ended. */
export interface Walk {
  cluster: Cluster;
  rules: Rules;
  protocol: Protocol;
  http?: HttpRequest;
  /** The client of the first connection, where a proxy has opened one of its own. */
  forwardedFor?: Address;
  /** Who opened this connection. */
  client: Place;
  at: Place;
  flow: Flow;
  hops: readonly Hop[];
  /** How it ended; absent while it goes on. */
  verdict?: Verdict;
}

export const stop = (walk: Walk, verdict: Verdict): Walk => ({ ...walk, verdict });
export const end = (walk: Walk, verdict: Verdict): Walk[] => [stop(walk, verdict)];

/** Takes a walk through stages, as far as it gets. */
export const through = (walk: Walk, ...stages: ((walk: Walk) => Walk)[]): Walk =>
  stages.reduce((now, stage) => (now.verdict ? now : stage(now)), walk);

/** The walk after something was done to the packet. */
export function hop(walk: Walk, deed: Deed, change: Partial<Flow> = {}, at: Place = walk.at): Walk {
  const after = { ...walk.flow, ...change };
  return { ...walk, at, flow: after, hops: [...walk.hops, { at, deed, before: walk.flow, after }] };
}

/** The Pod that a place is. */
export const podOf = (cluster: Cluster, place: Place): Pod | undefined =>
  place.kind === "Pod" ? find(cluster, "Pod", place.key) : undefined;

/** A Pod's packet with the address of its node as source, where that is what others see. */
export function masked(walk: Walk, source: "pod" | "node"): Walk {
  const { cluster, at, flow } = walk;
  const node = nodeOf(cluster, at);
  if (source === "pod" || at.kind !== "Pod" || node === undefined) return walk;
  const address = nodeAddress(cluster, node);
  return address === flow.source
    ? walk
    : hop(walk, { kind: "masquerade", node, why: "leaves Pods" }, { source: address });
}

/** Asks the policies of the Pod that a packet leaves. @param target the Pod it is for, if it is for one */
export function leave(walk: Walk, target?: Pod): Walk {
  const pod = podOf(walk.cluster, walk.at);
  return pod
    ? ask(walk, { pod, direction: "Egress", peer: { address: walk.flow.destination, pod: target } })
    : walk;
}

/** Asks the policies of the Pod that a packet is for; and those for the reply, in the belief that it needs to be asked for. */
export function enter(walk: Walk, pod: Pod): Walk {
  const { cluster, rules, flow } = walk;
  const sender = podAt(cluster, flow.source);
  const peer = { address: flow.source, pod: sender };
  const admitted = ask(walk, { pod, direction: "Ingress", peer });
  if (rules.repliesPass()) return admitted;
  return through(
    admitted,
    (one) => ask(one, { pod, direction: "Egress", peer }),
    (one) =>
      sender
        ? ask(one, { pod: sender, direction: "Ingress", peer: { address: flow.destination, pod } })
        : one,
  );
}

type Question = Pick<PolicyQuestion, "pod" | "direction" | "peer">;

function ask(walk: Walk, question: Question): Walk {
  const { cluster, rules, flow, protocol } = walk;
  const { allowed, policies }: PolicyDecision = askPolicies(
    cluster,
    { ...question, port: flow.port, protocol },
    rules,
  );
  if (policies.length === 0) return walk;
  const asked = { pod: keyOf(question.pod), direction: question.direction, policies };
  const after = hop(walk, { kind: "networkPolicy", ...asked });
  return allowed ? after : stop(after, { kind: "denied", by: "networkPolicy", ...asked });
}

/** Asks the security groups of the subnets that a packet leaves and enters. */
export const guard = (walk: Walk, target: Place): Walk =>
  through(
    walk,
    (one) => guardOne(one, one.at, "Outbound"),
    (one) => guardOne(one, target, "Inbound"),
  );

function guardOne(walk: Walk, place: Place, direction: "Inbound" | "Outbound"): Walk {
  const nsg = subnetOfPlace(walk.cluster, place)?.nsg;
  const found =
    nsg === undefined
      ? undefined
      : securityRule(walk.cluster, { nsg, direction, flow: walk.flow, protocol: walk.protocol });
  if (nsg === undefined || !found) return walk;
  const asked = { nsg, rule: found.name, direction };
  const after = hop(walk, { kind: "nsg", ...asked, access: found.access });
  return found.access === "Allow" ? after : stop(after, { kind: "denied", by: "nsg", ...asked });
}
