import { hash } from "../questions/random.ts";
import { resolve, serviceAt } from "./dns.ts";
import { controllersOf, type Entry, ingressesOf, routeRequest } from "./http.ts";
import { addressAt, parseAddress } from "./ip.ts";
import type {
  Address,
  Cluster,
  FrontEnd,
  Machine,
  Pod,
  Protocol,
  ProxyController,
  Service,
  ServicePort,
} from "./objects.ts";
import type { Deed, Flow, Hop, HttpRequest, Packet, Path, Place, Trace, Verdict } from "./packet.ts";
import { askPolicies, securityRule } from "./policy.ts";
import { subnetOf } from "./reconcile/addresses.ts";
import { targetsOf } from "./reconcile/endpoints.ts";
import { controllerOf } from "./reconcile/gateways.ts";
import { RULES, type Rules } from "./rules.ts";
import { all, find, keyOf, matches, namespaceOf } from "./store.ts";
import {
  addressOf,
  areConnected,
  nodeAddress,
  nodeAt,
  nodeOf,
  placeOf,
  podAt,
  subnetOfPlace,
  zoneOf,
} from "./topology.ts";

/** A packet on its way. */
interface Walk {
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
}

/**
 * Follows the first packet of a connection, and says how it ends: one path for each node and endpoint that may be picked. What
 * is done to it on the way is told by hops, in order.
 */
export function trace(cluster: Cluster, packet: Packet, rules: Rules = RULES): Trace {
  const { from, to, port, protocol = "TCP", http } = packet;
  const source = addressOf(cluster, from);
  const walk: Walk = {
    cluster,
    rules,
    protocol,
    http,
    client: from,
    at: from,
    flow: { source: source ?? "", destination: to, port },
    hops: [],
  };
  if (source === undefined) return { paths: end(walk, { kind: "noRoute", from, to }) };
  if (parseAddress(to) !== null) return { paths: send(walk) };
  const answer = resolve(cluster, from, to, rules);
  if (answer.kind === "noName") return { paths: end(walk, { kind: "noName", name: to }) };
  const { addresses } = answer;
  return {
    paths: addresses.flatMap((destination) =>
      send(hop(walk, { kind: "lookUp", name: to, addresses }, { destination })),
    ),
  };
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

const end = ({ hops }: Walk, verdict: Verdict): Path[] => [{ hops, verdict }];

/** The walk after something was done to the packet. */
function hop(walk: Walk, deed: Deed, change: Partial<Flow> = {}, at: Place = walk.at): Walk {
  const after = { ...walk.flow, ...change };
  return { ...walk, at, flow: after, hops: [...walk.hops, { at, deed, before: walk.flow, after }] };
}

/** Sends a packet from where it is. On nodes the rules of Services are asked first. */
function send(walk: Walk): Path[] {
  const { cluster, rules, flow, at, protocol } = walk;
  const node = nodeOf(cluster, at);
  if (node !== undefined && node in cluster.down) return end(walk, { kind: "timedOut", why: "node is down" });
  const virtual = serviceAt(cluster, flow.destination);
  if (virtual) {
    if (!rules.knowsClusterIP(node === undefined ? zoneOf(cluster, flow.source) : "cluster"))
      return end(walk, { kind: "noRoute", from: at, to: flow.destination });
    if (protocol === "ICMP") {
      const answers = rules.clusterIPAnswersPing();
      return end(
        walk,
        answers
          ? {
              kind: "delivered",
              to: { kind: "Service", key: keyOf(virtual) },
              port: flow.port,
              source: flow.source,
            }
          : { kind: "timedOut", why: "no ping" },
      );
    }
    const port = portOf(virtual, flow.port, protocol);
    return port
      ? throughService(walk, node ?? anyNode(cluster), virtual, port, "clusterIP")
      : end(walk, { kind: "timedOut", why: "no such port" });
  }
  if (node === undefined) return carry(walk);
  const known = serviceFor(walk, node);
  return known ? throughService(walk, node, known.service, known.port, known.via) : carry(walk);
}

const anyNode = (cluster: Cluster): string => cluster.azure.interfaces[0]?.node ?? "";

const portOf = ({ spec }: Service, port: number, protocol: Protocol): ServicePort | undefined =>
  spec.ports?.find((one) => one.port === port && (one.protocol ?? "TCP") === protocol);

type Via = Extract<Deed, { kind: "service" }>["via"];

/** The Service whose external address or node port a packet on a node is for. */
function serviceFor(
  { cluster, flow, protocol }: Walk,
  node: string,
): { service: Service; port: ServicePort; via: Via } | undefined {
  const isNode = flow.destination === nodeAddress(cluster, node);
  for (const service of all(cluster, "Service")) {
    const isFrontEnd = service.status?.loadBalancer?.ingress?.some(({ ip }) => ip === flow.destination);
    const byPort = isFrontEnd ? portOf(service, flow.port, protocol) : undefined;
    if (byPort) return { service, port: byPort, via: "loadBalancer" };
    const byNodePort = isNode
      ? service.spec.ports?.find(
          ({ nodePort, protocol: own = "TCP" }) => nodePort === flow.port && own === protocol,
        )
      : undefined;
    if (byNodePort) return { service, port: byNodePort, via: "nodePort" };
  }
  return undefined;
}

/** On a node a Service's address becomes that of one of its endpoints. */
function throughService(walk: Walk, node: string, service: Service, port: ServicePort, via: Via): Path[] {
  const { cluster, rules, flow, client } = walk;
  const { externalTrafficPolicy = "Cluster", internalTrafficPolicy = "Cluster" } = service.spec;
  const inside = nodeOf(cluster, client) === node;
  // From the node itself and its Pods an external address leads to all endpoints, whatever the policy (K8s: Virtual IPs).
  const policy = via === "clusterIP" ? internalTrafficPolicy : inside ? "Cluster" : externalTrafficPolicy;
  const targets = targetsOf(cluster, service, port.name);
  const nodes = targets.map(({ nodeName = "" }) => nodeName);
  if (via === "nodePort" && !rules.nodePortOpen(node, nodes))
    return end(walk, { kind: "refused", by: { kind: "Node", name: node }, why: "nothing listens" });
  if (targets.length === 0)
    return end(walk, { kind: "refused", by: { kind: "Node", name: node }, why: "no endpoints" });
  const usable = targets.filter((target) => rules.endpointsFor(policy, node, targets).includes(target));
  if (usable.length === 0) return end(walk, { kind: "timedOut", why: "no endpoints on node" });
  const hides = via !== "clusterIP" && rules.hidesClient(externalTrafficPolicy);
  return usable.flatMap(({ addresses: [destination = ""], port: targetPort }) => {
    const deed: Deed = {
      kind: "service",
      service: keyOf(service),
      by: rules.servicesBy(cluster.network),
      via,
    };
    const next = hop(walk, deed, { destination, port: targetPort });
    const why = hides ? "service" : destination === flow.source ? "hairpin" : undefined;
    return carry(
      why ? hop(next, { kind: "masquerade", node, why }, { source: nodeAddress(cluster, node) }) : next,
    );
  });
}

/** Carries a packet to who has its destination. */
function carry(walk: Walk): Path[] {
  const { cluster, rules, flow, at } = walk;
  const { destination } = flow;
  const pod = podAt(cluster, destination);
  if (pod) return toPod(walk, pod);
  const node = nodeAt(cluster, destination);
  if (node !== undefined) return toNode(walk, node);
  for (const { frontEnds } of cluster.azure.loadBalancers) {
    const frontEnd = frontEnds.find(({ address }) => address === destination);
    if (frontEnd) return toFrontEnd(walk, frontEnd);
  }
  const hosted = hostedEntry(cluster, flow, rules);
  if (hosted)
    return throughProxy(
      walk,
      { kind: "AzureProxy", name: hosted.controller.name },
      hosted.controller,
      hosted.entry,
    );
  const isOwn = nodeOf(cluster, at) !== undefined && rules.staysInCluster(cluster.network, destination);
  const machine = isOwn ? undefined : cluster.azure.machines.find(({ address }) => address === destination);
  if (machine) return toMachine(walk, machine);
  return end(walk, { kind: "timedOut", why: "no such address" });
}

/** Goes on with a walk unless something stopped it. */
type Stage = { walk: Walk } | { stopped: Path[] };
const then = (stage: Stage, next: (walk: Walk) => Stage): Stage =>
  "stopped" in stage ? stage : next(stage.walk);
const finish = (stage: Stage, next: (walk: Walk) => Path[]): Path[] =>
  "stopped" in stage ? stage.stopped : next(stage.walk);

function toPod(walk: Walk, pod: Pod): Path[] {
  const { cluster, rules, flow, client, at } = walk;
  const target = placeOf(pod);
  const [here, there] = [nodeOf(cluster, at), pod.spec.nodeName ?? ""];
  if (here === undefined && !outsideReaches(walk))
    return end(walk, { kind: "noRoute", from: at, to: flow.destination });
  const clientPod = client.kind === "Pod" ? find(cluster, "Pod", client.key) : undefined;
  if (clientPod && !rules.namespacesTalk() && namespaceOf(clientPod) !== namespaceOf(pod))
    return end(walk, { kind: "noRoute", from: at, to: flow.destination });
  const left = then(leave(walk, pod), (one) => ({
    walk: masked(one, rules.sourceIn(cluster.network, "cluster", here !== there)),
  }));
  const guarded = then(left, (one) => (here === there ? { walk: one } : guard(one, target)));
  const admitted = then(guarded, (one) => {
    if (client.kind === "Node" && client.name === there) return { walk: one };
    return enter(one, pod);
  });
  return finish(admitted, (one) => {
    if (there in cluster.down) return end(one, { kind: "timedOut", why: "node is down" });
    return arrive({ ...one, at: target }, pod);
  });
}

/** Whether who is outside the cluster gets through to a Pod's address. */
function outsideReaches({ cluster, rules, flow, at }: Walk): boolean {
  const { network } = cluster;
  // Proxies that Azure hosts reach Pods in all modes but kubenet (AKS: concepts-network-cni-overview).
  if (at.kind === "AzureProxy") return network.mode !== "kubenet";
  const zone = zoneOf(cluster, flow.source);
  return (
    rules.reachesPods(network, zone) &&
    (zone === "vnet" || areConnected(cluster, flow.source, vnetAddress(cluster)))
  );
}

/** An address of the cluster's VNet: that of a node, or the first of its subnet. */
const vnetAddress = (cluster: Cluster): Address =>
  cluster.azure.interfaces[0]?.address ?? addressAt(subnetOf(cluster, cluster.network.nodeSubnet).cidr, 4);

/** A Pod's packet with the address of its node as source, where that is what others see. */
function masked(walk: Walk, source: "pod" | "node"): Walk {
  const { cluster, at, flow, client } = walk;
  const node = nodeOf(cluster, at);
  if (source === "pod" || at.kind !== "Pod" || client.kind !== "Pod" || node === undefined) return walk;
  const address = nodeAddress(cluster, node);
  return address === flow.source
    ? walk
    : hop(walk, { kind: "masquerade", node, why: "leaves Pods" }, { source: address });
}

/** Asks the policies of the Pod that opened the connection whether it may. */
function leave(walk: Walk, target: Pod | undefined): Stage {
  const { cluster, rules, at, flow, protocol } = walk;
  const pod = at.kind === "Pod" ? find(cluster, "Pod", at.key) : undefined;
  if (!pod) return { walk };
  return asked(
    walk,
    pod,
    "Egress",
    askPolicies(
      cluster,
      pod,
      "Egress",
      { address: flow.destination, pod: target },
      flow.port,
      protocol,
      rules,
    ),
  );
}

/** Asks the policies of the Pod that a connection is for; and those for the reply, in the belief that it needs to be asked for. */
function enter(walk: Walk, pod: Pod): Stage {
  const { cluster, rules, flow, protocol } = walk;
  const sender = podAt(cluster, flow.source);
  const decision = askPolicies(
    cluster,
    pod,
    "Ingress",
    { address: flow.source, pod: sender },
    flow.port,
    protocol,
    rules,
  );
  return then(asked(walk, pod, "Ingress", decision), (one) => {
    if (rules.repliesPass()) return { walk: one };
    const reply = askPolicies(
      cluster,
      pod,
      "Egress",
      { address: flow.source, pod: sender },
      flow.port,
      protocol,
      rules,
    );
    return then(reply.allowed ? { walk: one } : asked(one, pod, "Egress", reply), (replied) => {
      if (!sender) return { walk: replied };
      const back = askPolicies(
        cluster,
        sender,
        "Ingress",
        { address: flow.destination, pod },
        flow.port,
        protocol,
        rules,
      );
      return back.allowed ? { walk: replied } : asked(replied, sender, "Ingress", back);
    });
  });
}

function asked(
  walk: Walk,
  pod: Pod,
  direction: "Ingress" | "Egress",
  { allowed, policies }: ReturnType<typeof askPolicies>,
): Stage {
  if (policies.length === 0) return { walk };
  const after = hop(walk, { kind: "networkPolicy", pod: keyOf(pod), direction, policies });
  return allowed
    ? { walk: after }
    : { stopped: end(after, { kind: "denied", by: "networkPolicy", pod: keyOf(pod), direction, policies }) };
}

/** Asks the security groups of the subnets that a packet leaves and enters. */
function guard(walk: Walk, target: Place): Stage {
  const out = guardOne(walk, subnetOfPlace(walk.cluster, walk.at)?.nsg, "Outbound");
  return then(out, (one) => guardOne(one, subnetOfPlace(walk.cluster, target)?.nsg, "Inbound"));
}

function guardOne(walk: Walk, nsg: string | undefined, direction: "Inbound" | "Outbound"): Stage {
  const found =
    nsg === undefined ? undefined : securityRule(walk.cluster, nsg, direction, walk.flow, walk.protocol);
  if (nsg === undefined || !found) return { walk };
  const { name: rule, access } = found;
  const after = hop(walk, { kind: "nsg", nsg, rule, direction, access });
  return access === "Allow"
    ? { walk: after }
    : { stopped: end(after, { kind: "denied", by: "nsg", nsg, rule, direction }) };
}

/** A packet has come to a Pod: somebody listens, or nobody does. */
function arrive(walk: Walk, pod: Pod): Path[] {
  const { cluster, rules, flow, protocol, http, forwardedFor, at } = walk;
  const ports = pod.spec.containers.flatMap((container) =>
    rules.listens(container, cluster.images[container.image]),
  );
  if (protocol !== "ICMP" && !ports.includes(flow.port))
    return end(walk, { kind: "refused", by: at, why: "nothing listens" });
  const proxy = http && proxyIn(cluster, pod, flow.port);
  if (proxy) return throughProxy(walk, at, proxy.controller, proxy.entry);
  return end(walk, { kind: "delivered", to: at, port: flow.port, source: flow.source, forwardedFor });
}

function toNode(walk: Walk, name: string): Path[] {
  const { cluster, rules, flow, at } = walk;
  const target: Place = { kind: "Node", name };
  if (nodeOf(cluster, at) === undefined && !areConnected(cluster, flow.source, flow.destination))
    return end(walk, { kind: "noRoute", from: at, to: flow.destination });
  const left = then(leave(walk, undefined), (one) => ({
    walk: masked(one, rules.sourceIn(cluster.network, "vnet", true)),
  }));
  const guarded = then(left, (one) => (nodeOf(cluster, at) === name ? { walk: one } : guard(one, target)));
  return finish(guarded, (one) => {
    if (name in cluster.down) return end(one, { kind: "timedOut", why: "node is down" });
    const there = { ...one, at: target };
    const known = serviceFor(there, name);
    if (known) return throughService(there, name, known.service, known.port, known.via);
    if (walk.protocol === "ICMP")
      return end(there, { kind: "delivered", to: target, port: flow.port, source: one.flow.source });
    return end(there, { kind: "refused", by: target, why: "nothing listens" });
  });
}

/** The load balancer picks a node that answers the probe; there the packet is for the Service. */
function toFrontEnd(walk: Walk, frontEnd: FrontEnd): Path[] {
  const { cluster, rules, flow, at, protocol } = walk;
  if (!areConnected(cluster, flow.source, flow.destination))
    return end(walk, { kind: "noRoute", from: at, to: flow.destination });
  if (protocol === "ICMP") return end(walk, { kind: "timedOut", why: "no ping" });
  const rule = frontEnd.rules.find((one) => one.port === flow.port && one.protocol === protocol);
  const service = find(cluster, "Service", frontEnd.service);
  const port = service && portOf(service, flow.port, protocol);
  if (!rule || !port) return end(walk, { kind: "timedOut", why: "no such port" });
  if (frontEnd.healthy.length === 0) return end(walk, { kind: "timedOut", why: "no healthy node" });
  if (rules.poolHolds() === "Pods")
    return targetsOf(cluster, service, port.name).flatMap(
      ({ addresses: [destination = ""], port: targetPort, nodeName = "" }) =>
        carry(
          hop(
            walk,
            { kind: "loadBalancer", service: frontEnd.service, node: nodeName },
            { destination, port: targetPort },
            { kind: "Node", name: nodeName },
          ),
        ),
    );
  return frontEnd.healthy.flatMap((node) => {
    const change = rules.loadBalancerKeepsDestination()
      ? {}
      : { destination: nodeAddress(cluster, node), port: rule.nodePort };
    const target: Place = { kind: "Node", name: node };
    const picked = hop(walk, { kind: "loadBalancer", service: frontEnd.service, node }, change);
    return finish(guard(picked, target), (one) =>
      node in cluster.down
        ? end(one, { kind: "timedOut", why: "node is down" })
        : throughService({ ...one, at: target }, node, service, port, "loadBalancer"),
    );
  });
}

function toMachine(walk: Walk, machine: Machine): Path[] {
  const { cluster, rules, at, client, protocol } = walk;
  const target: Place = { kind: "Machine", name: machine.name };
  const zone = zoneOf(cluster, machine.address);
  const inside = nodeOf(cluster, at) !== undefined;
  const from = inside ? vnetAddress(cluster) : walk.flow.source;
  if (
    !areConnected(cluster, from, machine.address) ||
    (client.kind === "Pod" && !rules.podsReach(cluster.network, zone))
  )
    return end(walk, { kind: "noRoute", from: at, to: machine.address });
  const left = then(leave(walk, undefined), (one) => ({
    walk: masked(one, rules.sourceIn(cluster.network, zone, true)),
  }));
  const guarded = then(left, (one) => guard(one, target));
  return finish(guarded, (one) => {
    const isPodAddress = client.kind === "Pod" && one.flow.source === walk.flow.source;
    const pod = client.kind === "Pod" ? find(cluster, "Pod", client.key) : undefined;
    const address = rules.outboundAddress(pod, cluster);
    const out =
      inside && zone === "internet" && !isPodAddress
        ? hop(one, { kind: "outbound", address }, { source: address })
        : one;
    const { port, source } = out.flow;
    if (protocol !== "ICMP" && !machine.listens?.includes(port))
      return end(out, { kind: "refused", by: target, why: "nothing listens" });
    return end(
      { ...out, at: target },
      { kind: "delivered", to: target, port, source, forwardedFor: walk.forwardedFor },
    );
  });
}

interface Proxy {
  controller: ProxyController;
  entry: Entry;
}

/** What a Pod is a proxy for: the Ingresses of a controller, or a Gateway. */
function proxyIn(cluster: Cluster, pod: Pod, port: number): Proxy | undefined {
  for (const gateway of all(cluster, "Gateway")) {
    const controller = controllerOf(cluster, gateway);
    const isOwn = pod.metadata.labels?.["gateway.networking.k8s.io/gateway-name"] === gateway.metadata.name;
    if (isOwn && controller?.dataPlane === "pods" && namespaceOf(pod) === namespaceOf(gateway))
      return { controller, entry: { gateway: keyOf(gateway), port } };
  }
  for (const controller of cluster.controllers) {
    const service =
      controller.dataPlane === "pods" ? find(cluster, "Service", controller.service ?? "") : undefined;
    const isOwn =
      service &&
      namespaceOf(service) === namespaceOf(pod) &&
      matches({ matchLabels: service.spec.selector }, pod.metadata.labels);
    if (isOwn) return { controller, entry: { controller: controller.name } };
  }
  return undefined;
}

/** What is served at an address of a proxy that Azure hosts. */
function hostedEntry(cluster: Cluster, { destination, port }: Flow, rules: Rules): Proxy | undefined {
  for (const controller of controllersOf(cluster, rules)) {
    if (controller.dataPlane !== "azure") continue;
    const ingress = ingressesOf(cluster, controller.name, rules).find(({ status }) =>
      status?.loadBalancer?.ingress?.some(({ ip }) => ip === destination),
    );
    if (ingress) return { controller, entry: { controller: controller.name } };
    const gateway = all(cluster, "Gateway").find(
      (one) =>
        controllerOf(cluster, one) === controller &&
        one.status?.addresses?.some(({ value }) => value === destination),
    );
    if (gateway) return { controller, entry: { gateway: keyOf(gateway), port } };
  }
  return undefined;
}

/** A proxy reads the request, and opens a connection of its own to a Pod behind the Service that a rule names. */
function throughProxy(walk: Walk, place: Place, controller: ProxyController, entry: Entry): Path[] {
  const { cluster, rules, flow, http } = walk;
  const by: Place =
    rules.dataPlaneOf(controller) === "pods" && place.kind === "AzureProxy"
      ? { kind: "Pod", key: `kube-system/${controller.name}` }
      : place;
  const fail = (at: Walk, status: 404 | 500 | 503) => end(at, { kind: "http", status, by });
  if (!http) return end(walk, { kind: "delivered", to: by, port: flow.port, source: flow.source });
  const found = routeRequest(cluster, entry, http, rules);
  if (!found) return fail(walk, 404);
  if (found.backends.length === 0) return fail(walk, 500);
  const own =
    place.kind === "Pod"
      ? flow.destination
      : by.kind === "Pod" || controller.dataPlane === "pods"
        ? vnetAddress(cluster)
        : addressAt(subnetOf(cluster, controller.subnet).cidr, 4);
  return found.backends.flatMap(({ key, service, port }) => {
    const deed: Deed = { kind: "proxy", controller: controller.name, route: found.route, service: key };
    const opened: Walk = {
      ...hop(walk, deed, { source: own }, by),
      client: place,
      at: place,
      http: undefined,
      forwardedFor: flow.source,
    };
    if (!service || !port) return fail(opened, found.route.kind === "HTTPRoute" ? 500 : 503);
    const targets = targetsOf(cluster, service, port.name);
    if (targets.length === 0) return fail(opened, 503);
    return targets
      .flatMap(({ addresses: [destination = ""], port: targetPort }) =>
        carry({ ...opened, flow: { source: own, destination, port: targetPort } }),
      )
      .map((path) => ({ ...path, verdict: answered(path.verdict, by) }));
  });
}

/** What a proxy answers its client when its own connection ended so. */
function answered(verdict: Verdict, by: Place): Verdict {
  if (verdict.kind === "delivered" || verdict.kind === "http") return verdict;
  return { kind: "http", status: verdict.kind === "refused" ? 502 : 504, by, cause: verdict };
}
