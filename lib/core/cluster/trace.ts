import { hash } from "../questions/random.ts";
import { resolve, serviceAt } from "./dns.ts";
import { parseAddress } from "./ip.ts";
import type { Cluster, FrontEnd, Machine, Pod, Protocol, Service, ServicePort } from "./objects.ts";
import type { Deed, Packet, Path, Place, Trace, Verdict } from "./packet.ts";
import { hostedAt, proxyIn, throughProxy } from "./proxies.ts";
import { type Target, targetsOf } from "./reconcile/endpoints.ts";
import { RULES, type Rules } from "./rules.ts";
import { all, find, keyOf, namespaceOf } from "./store.ts";
import {
  addressOf,
  areConnected,
  nodeAddress,
  nodeAt,
  nodeOf,
  placeOf,
  podAt,
  vnetAddress,
  zoneOf,
} from "./topology.ts";
import { end, enter, guard, hop, leave, masked, podOf, stop, through, type Walk } from "./walk.ts";

/**
 * Follows the first packet of a connection, and says how it ends: one path for each node and endpoint that may be picked. What
 * is done to it on the way is told by hops, in order.
 */
export function trace(cluster: Cluster, packet: Packet, rules: Rules = RULES): Trace {
  const { from, to, port, protocol = "TCP", http } = packet;
  const source = addressOf(cluster, from) ?? "";
  const flow = { source, destination: to, port };
  const walk: Walk = { cluster, rules, protocol, http, client: from, at: from, flow, hops: [] };
  const paths = (walks: readonly Walk[]) => ({
    paths: walks.flatMap(({ hops, verdict }) => (verdict ? [{ hops, verdict }] : [])),
  });
  if (source === "") return paths(end(walk, { kind: "noRoute", from, to }));
  if (parseAddress(to) !== null) return paths(send(walk));
  const answer = resolve(cluster, from, to, rules);
  if (answer.kind === "noName") return paths(end(walk, { kind: "noName", name: to }));
  const { addresses } = answer;
  return paths(
    addresses.flatMap((destination) =>
      send(hop(walk, { kind: "lookUp", name: to, addresses }, { destination })),
    ),
  );
}

/** What the client sees of a verdict. */
export function symptom(verdict: Verdict, rules: Rules = RULES): string {
  switch (verdict.kind) {
    case "delivered":
      return "answered";
    case "refused":
      return "refused";
    case "timedOut":
    case "noRoute":
      return "timed out";
    case "denied":
      return rules.blockedLooksLike();
    case "noName":
      return "unknown host";
    case "http":
      return `HTTP ${verdict.status}`;
  }
}

/**
 * The path that one connection takes, of those that it may. Where a Service with session affinity is passed, the client's
 * address decides.
 * @param draw 0 to 1, 1 excluded: the chance of this connection
 */
export function pathTaken(
  cluster: Cluster,
  packet: Packet,
  paths: readonly Path[],
  draw: number,
  rules: Rules = RULES,
): Path | undefined {
  const source = addressOf(cluster, packet.from) ?? "";
  const passed = paths[0]?.hops.find(({ deed }) => deed.kind === "service")?.deed;
  const service = passed?.kind === "service" ? find(cluster, "Service", passed.service) : undefined;
  const sticky =
    service?.spec.sessionAffinity === "ClientIP"
      ? rules.sticksBy(source, packet.http?.headers?.cookie)
      : undefined;
  return paths[sticky === undefined ? Math.floor(draw * paths.length) : hash(sticky) % paths.length];
}

/** Sends a packet from where it is. On nodes the rules of Services are asked first. */
function send(walk: Walk): Walk[] {
  const { cluster, rules, flow, at, protocol } = walk;
  const { source, destination, port } = flow;
  const node = nodeOf(cluster, at);
  if (node !== undefined && node in cluster.down) return end(walk, { kind: "timedOut", why: "node is down" });
  const service = serviceAt(cluster, destination);
  if (!service) {
    const outer = node === undefined ? undefined : outerService(walk, node);
    return outer && node !== undefined ? throughService(walk, node, outer) : carry(walk);
  }
  if (!rules.knowsClusterIP(node === undefined ? zoneOf(cluster, source) : "cluster"))
    return end(walk, { kind: "noRoute", from: at, to: destination });
  if (protocol === "ICMP" && rules.clusterIPAnswersPing())
    return end(walk, { kind: "delivered", to: { kind: "Service", key: keyOf(service) }, port, source });
  if (protocol === "ICMP") return end(walk, { kind: "timedOut", why: "no ping" });
  const servicePort = portOf(service, port, protocol);
  if (!servicePort) return end(walk, { kind: "timedOut", why: "no such port" });
  // Who is outside is on no node; in the belief that it gets through, any will do.
  const name = node ?? cluster.azure.interfaces[0]?.node ?? "";
  const there: Walk = node === undefined ? { ...walk, at: { kind: "Node", name } } : walk;
  return throughService(there, name, { service, port: servicePort, via: "clusterIP" });
}

const portOf = ({ spec }: Service, port: number, protocol: Protocol): ServicePort | undefined =>
  spec.ports?.find((one) => one.port === port && (one.protocol ?? "TCP") === protocol);

/** A Service by the way in which a packet came to it. */
interface Entrance {
  service: Service;
  port: ServicePort;
  via: Extract<Deed, { kind: "service" }>["via"];
}

/** The Service whose external address or node port a packet on a node is for. */
function outerService({ cluster, flow, protocol }: Walk, node: string): Entrance | undefined {
  const isNode = flow.destination === nodeAddress(cluster, node);
  for (const service of all(cluster, "Service")) {
    const isFrontEnd = service.status?.loadBalancer?.ingress?.some(({ ip }) => ip === flow.destination);
    const port = isFrontEnd ? portOf(service, flow.port, protocol) : undefined;
    if (port) return { service, port, via: "loadBalancer" };
    const opened = isNode
      ? service.spec.ports?.find((one) => one.nodePort === flow.port && (one.protocol ?? "TCP") === protocol)
      : undefined;
    if (opened) return { service, port: opened, via: "nodePort" };
  }
  return undefined;
}

/** On a node a Service's address becomes that of one of its endpoints. */
function throughService(walk: Walk, node: string, { service, port, via }: Entrance): Walk[] {
  const { cluster, rules, flow, client } = walk;
  const { externalTrafficPolicy = "Cluster", internalTrafficPolicy = "Cluster" } = service.spec;
  // From the node itself and its Pods an external address leads to all endpoints, whatever the policy (K8s: Virtual IPs).
  const outer = nodeOf(cluster, client) === node ? "Cluster" : externalTrafficPolicy;
  const targets = targetsOf(cluster, service, port.name);
  const by: Place = { kind: "Node", name: node };
  const nodes = targets.map(({ nodeName = "" }) => nodeName);
  if (via === "nodePort" && !rules.nodePortOpen(node, nodes))
    return end(walk, { kind: "refused", by, why: "nothing listens" });
  if (targets.length === 0) return end(walk, { kind: "refused", by, why: "no endpoints" });
  const usable: readonly Target[] = rules.endpointsFor(
    via === "clusterIP" ? internalTrafficPolicy : outer,
    node,
    targets,
  );
  if (usable.length === 0) return end(walk, { kind: "timedOut", why: "no endpoints on node" });
  const deed: Deed = { kind: "service", service: keyOf(service), by: rules.servicesBy(cluster.network), via };
  const hides = via !== "clusterIP" && rules.hidesClient(externalTrafficPolicy);
  return usable.flatMap(({ addresses: [destination = ""], port: targetPort }) => {
    const next = hop(walk, deed, { destination, port: targetPort });
    const why = hides ? "service" : destination === flow.source ? "hairpin" : undefined;
    return carry(
      why ? hop(next, { kind: "masquerade", node, why }, { source: nodeAddress(cluster, node) }) : next,
    );
  });
}

/** Carries a packet to who has its destination. */
function carry(walk: Walk): Walk[] {
  const { cluster, rules, flow, at } = walk;
  const { destination } = flow;
  const pod = podAt(cluster, destination);
  if (pod) return toPod(walk, pod);
  const node = nodeAt(cluster, destination);
  if (node !== undefined) return toNode(walk, node);
  const frontEnds = cluster.azure.loadBalancers.flatMap((balancer) => balancer.frontEnds);
  const frontEnd = frontEnds.find(({ address }) => address === destination);
  if (frontEnd) return toFrontEnd(walk, frontEnd);
  const hosted = hostedAt(cluster, flow, rules);
  if (hosted) return throughProxy(walk, { kind: "AzureProxy", name: hosted.controller.name }, hosted, carry);
  const isOwn = nodeOf(cluster, at) !== undefined && rules.staysInCluster(cluster.network, destination);
  const machine = isOwn ? undefined : cluster.azure.machines.find(({ address }) => address === destination);
  return machine ? toMachine(walk, machine) : end(walk, { kind: "timedOut", why: "no such address" });
}

function toPod(walk: Walk, pod: Pod): Walk[] {
  const { cluster, rules, flow, client, at } = walk;
  const target = placeOf(pod);
  const [here, there] = [nodeOf(cluster, at), pod.spec.nodeName ?? ""];
  const owner = podOf(cluster, client);
  const isSelf = owner === pod;
  const apart = owner && !rules.namespacesTalk() && namespaceOf(owner) !== namespaceOf(pod);
  if (apart || (here === undefined && !outsideReachesPods(walk)))
    return end(walk, { kind: "noRoute", from: at, to: flow.destination });
  const arrived = through(
    walk,
    (one) => (isSelf ? one : leave(one, pod)),
    (one) => masked(one, rules.sourceIn(cluster.network, "cluster", here !== there)),
    (one) => (here === there ? one : guard(one, target)),
    // What a node itself sends to its Pods, no policy stops (K8s: Network Policies).
    (one) => (isSelf || (client.kind === "Node" && client.name === there) ? one : enter(one, pod)),
    (one) =>
      there in cluster.down ? stop(one, { kind: "timedOut", why: "node is down" }) : { ...one, at: target },
  );
  return arrived.verdict ? [arrived] : receive(arrived, pod);
}

/** Whether who is outside the cluster gets through to a Pod's address. */
function outsideReachesPods({ cluster, rules, flow, at }: Walk): boolean {
  const { network } = cluster;
  // Proxies that Azure hosts reach Pods in all modes but kubenet (AKS: concepts-network-cni-overview).
  if (at.kind === "AzureProxy") return network.mode !== "kubenet";
  return (
    rules.reachesPods(network, zoneOf(cluster, flow.source)) &&
    areConnected(cluster, flow.source, vnetAddress(cluster))
  );
}

/** A packet has come to a Pod: somebody listens, or nobody does. */
function receive(walk: Walk, pod: Pod): Walk[] {
  const { cluster, rules, flow, protocol, http, forwardedFor, at } = walk;
  const { port, source } = flow;
  const ports = pod.spec.containers.flatMap((one) => rules.listens(one, cluster.images[one.image]));
  if (protocol !== "ICMP" && !ports.includes(port))
    return end(walk, { kind: "refused", by: at, why: "nothing listens" });
  const proxy = http && proxyIn(cluster, pod, port);
  return proxy
    ? throughProxy(walk, at, proxy, carry)
    : end(walk, { kind: "delivered", to: at, port, source, forwardedFor });
}

function toNode(walk: Walk, name: string): Walk[] {
  const { cluster, rules, flow, at, protocol } = walk;
  const target: Place = { kind: "Node", name };
  const here = nodeOf(cluster, at);
  if (here === undefined && !areConnected(cluster, flow.source, flow.destination))
    return end(walk, { kind: "noRoute", from: at, to: flow.destination });
  const arrived = through(
    walk,
    // A Pod reaches its own node, and itself, whatever policies say (K8s: Network Policies).
    (one) => (here === name ? one : leave(one)),
    (one) => masked(one, rules.sourceIn(cluster.network, "vnet", here !== name)),
    (one) => (here === name ? one : guard(one, target)),
    (one) =>
      name in cluster.down ? stop(one, { kind: "timedOut", why: "node is down" }) : { ...one, at: target },
  );
  if (arrived.verdict) return [arrived];
  const known = outerService(arrived, name);
  if (known) return throughService(arrived, name, known);
  const { source, port } = arrived.flow;
  return end(
    arrived,
    protocol === "ICMP"
      ? { kind: "delivered", to: target, port, source }
      : { kind: "refused", by: target, why: "nothing listens" },
  );
}

/** The load balancer picks a node that answers the probe; there the packet is for the Service. */
function toFrontEnd(walk: Walk, { service: key, rules: ports, healthy }: FrontEnd): Walk[] {
  const { cluster, rules, flow, at, protocol } = walk;
  if (!areConnected(cluster, flow.source, flow.destination))
    return end(walk, { kind: "noRoute", from: at, to: flow.destination });
  if (protocol === "ICMP") return end(walk, { kind: "timedOut", why: "no ping" });
  const service = find(cluster, "Service", key);
  const port = service && portOf(service, flow.port, protocol);
  if (!port) return end(walk, { kind: "timedOut", why: "no such port" });
  if (healthy.length === 0) return end(walk, { kind: "timedOut", why: "no healthy node" });
  if (rules.poolHolds() === "Pods")
    return targetsOf(cluster, service, port.name).flatMap(
      ({ addresses: [destination = ""], port: targetPort, nodeName: node = "" }) =>
        carry(hop(walk, { kind: "loadBalancer", service: key, node }, { destination, port: targetPort })),
    );
  const nodePort = ports.find((one) => one.port === flow.port && one.protocol === protocol)?.nodePort;
  return healthy.flatMap((node) => {
    const change = rules.loadBalancerKeepsDestination()
      ? {}
      : { destination: nodeAddress(cluster, node), port: nodePort };
    const target: Place = { kind: "Node", name: node };
    const arrived = through(
      hop(walk, { kind: "loadBalancer", service: key, node }, change),
      (one) => guard(one, target),
      (one) =>
        node in cluster.down ? stop(one, { kind: "timedOut", why: "node is down" }) : { ...one, at: target },
    );
    return arrived.verdict
      ? [arrived]
      : throughService(arrived, node, { service, port, via: "loadBalancer" });
  });
}

function toMachine(walk: Walk, machine: Machine): Walk[] {
  const { cluster, rules, at, client, protocol, forwardedFor } = walk;
  const target: Place = { kind: "Machine", name: machine.name };
  const zone = zoneOf(cluster, machine.address);
  const inside = nodeOf(cluster, at) !== undefined;
  const pod = podOf(cluster, client);
  const from = inside ? vnetAddress(cluster) : walk.flow.source;
  if (!areConnected(cluster, from, machine.address) || (pod && !rules.podsReach(cluster.network, zone)))
    return end(walk, { kind: "noRoute", from: at, to: machine.address });
  const arrived = through(
    walk,
    (one) => leave(one),
    (one) => masked(one, rules.sourceIn(cluster.network, zone, true)),
    (one) => guard(one, target),
    (one) => (inside && zone === "internet" ? outbound(one, pod) : one),
  );
  if (arrived.verdict) return [arrived];
  const { port, source } = arrived.flow;
  const answers = protocol === "ICMP" || machine.listens?.includes(port);
  return end(
    { ...arrived, at: target },
    answers
      ? { kind: "delivered", to: target, port, source, forwardedFor }
      : { kind: "refused", by: target, why: "nothing listens" },
  );
}

/** What leaves for the internet gets a public address; a Pod's own would get no reply. */
function outbound(walk: Walk, pod: Pod | undefined): Walk {
  const { cluster, rules, flow } = walk;
  if (pod && flow.source === pod.status?.podIP) return walk;
  const address = rules.outboundAddress(pod, cluster);
  return hop(walk, { kind: "outbound", address }, { source: address });
}
