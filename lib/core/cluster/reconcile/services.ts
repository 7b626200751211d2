import { hash } from "../../questions/random.ts";
import { addressAt, inRange, parseAddress, rangeOf } from "../ip.ts";
import type { Address, Cluster, FrontEnd, LoadBalancer, Service } from "../objects.ts";
import type { Rules } from "../rules.ts";
import { all, find, fold, isEqual, isTrue, keyOf, put } from "../store.ts";
import { findSubnet, freeAddresses, isFreeAddress } from "./addresses.ts";
import type { Controller, Turn } from "./controller.ts";
import { targetsOf } from "./endpoints.ts";

const ANNOTATION = "service.beta.kubernetes.io/azure-load-balancer";
const EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";
const NODE_PORTS = { first: 30_000, count: 2768 };
/** Public addresses are drawn from a range that is kept for documentation (RFC 5737). */
const PUBLIC = "203.0.113.0/24";

/** The first from a start that is free, round and round; drawn from a text, so that order says nothing. */
function drawFree(text: string, count: number, isFree: (place: number) => boolean): number | undefined {
  const start = hash(text) % count;
  for (let n = 0; n < count; n++) if (isFree((start + n) % count)) return (start + n) % count;
  return undefined;
}

/** Gives Services their virtual addresses and node ports. */
export const allocation: Controller = (cluster, { rules }) =>
  fold(cluster, all(cluster, "Service"), (now, service) => {
    const { spec } = service;
    const external = spec.type === "NodePort" || spec.type === "LoadBalancer";
    const needsAddress = rules.hasClusterIP(service) && (spec.clusterIP ?? "None") === "None";
    const needsPorts = external && spec.ports?.some(({ nodePort }) => nodePort === undefined);
    const probed = spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local";
    if (!needsAddress && !needsPorts && probed === (spec.healthCheckNodePort !== undefined)) return now;
    const taken = new Set(all(now, "Service").flatMap((other) => [other.spec.clusterIP, ...portsOf(other)]));
    const nodePort = (name: string) => {
      const place = drawFree(name, NODE_PORTS.count, (n) => !taken.has(NODE_PORTS.first + n)) ?? 0;
      taken.add(NODE_PORTS.first + place);
      return NODE_PORTS.first + place;
    };
    return put(now, {
      ...service,
      spec: {
        ...spec,
        clusterIP: needsAddress ? virtualAddress(now, service, taken) : spec.clusterIP,
        ports: spec.ports?.map((port) =>
          external
            ? { ...port, nodePort: port.nodePort ?? nodePort(`${keyOf(service)} ${port.port}`) }
            : port,
        ),
        healthCheckNodePort: probed
          ? (spec.healthCheckNodePort ?? nodePort(`${keyOf(service)} health`))
          : undefined,
      },
    });
  });

const portsOf = ({ spec }: Service) => [
  spec.healthCheckNodePort,
  ...(spec.ports ?? []).map(({ nodePort }) => nodePort),
];

function virtualAddress(
  { network }: Cluster,
  service: Service,
  taken: ReadonlySet<unknown>,
): Address | undefined {
  const { size } = rangeOf(network.serviceCidr);
  // The first is that of the range, the second the API server's, the last that of broadcasts.
  const isFree = (place: number) => {
    const address = addressAt(network.serviceCidr, place);
    return place > 1 && place < size - 1 && address !== network.dnsServiceIP && !taken.has(address);
  };
  // The lower band is left to addresses that people choose, while there are others (K8s: Virtual IPs).
  const band = Math.min(Math.max(16, Math.floor(size / 16)), 256);
  const text = `${keyOf(service)} ${service.metadata.creationTimestamp ?? 0}`;
  const upper = size > band ? drawFree(text, size - band, (place) => isFree(band + place)) : undefined;
  const place = upper === undefined ? drawFree(text, size, isFree) : band + upper;
  return place === undefined ? undefined : addressAt(network.serviceCidr, place);
}

/** The cloud controller: front-ends for Services of type LoadBalancer, with the nodes that answer the probe. */
export const loadBalancers: Controller = (cluster, turn) => {
  const wanted = all(cluster, "Service").filter(({ spec }) => spec.type === "LoadBalancer");
  const kept = keepFrontEnds(cluster, new Set(wanted.map(keyOf)));
  const done = fold(kept, wanted, (now, service) => serve(now, service, turn));
  const others = all(done, "Service").filter(
    ({ spec, status }) => spec.type !== "LoadBalancer" && status?.loadBalancer,
  );
  return fold(done, others, (now, service) => put(now, { ...service, status: undefined }));
};

function keepFrontEnds(cluster: Cluster, services: ReadonlySet<string>): Cluster {
  const { loadBalancers } = cluster.azure;
  if (loadBalancers.every(({ frontEnds }) => frontEnds.every(({ service }) => services.has(service))))
    return cluster;
  const left = loadBalancers
    .map(({ name, frontEnds }) => ({
      name,
      frontEnds: frontEnds.filter(({ service }) => services.has(service)),
    }))
    .filter(({ frontEnds }) => frontEnds.length > 0);
  return { ...cluster, azure: { ...cluster.azure, loadBalancers: left } };
}

function serve(cluster: Cluster, service: Service, { rules, tell }: Turn): Cluster {
  const key = keyOf(service);
  const internal = rules.isInternal(service);
  const name = rules.loadBalancerFor(service, internal);
  const before = cluster.azure.loadBalancers
    .filter((balancer) => balancer.name === name)
    .flatMap(({ frontEnds }) => frontEnds)
    .find((frontEnd) => frontEnd.service === key);
  if (!before) tell(service, "EnsuringLoadBalancer", "Ensuring load balancer");
  const address = internal
    ? internalAddress(cluster, service, before?.address, rules)
    : (chosenAddress(service) ?? before?.address ?? publicAddress(cluster, service));
  if (address === undefined) return cluster;
  const frontEnd = { service: key, address, ...behind(cluster, service, rules) };
  const after = withFrontEnd(cluster, name, frontEnd);
  if (!before) tell(service, "EnsuredLoadBalancer", "Ensured load balancer");
  return put(after, { ...service, status: { loadBalancer: { ingress: [{ ip: address }] } } });
}

/** The address that a Service asks for, where it is one. */
function chosenAddress(service: Service): Address | undefined {
  const chosen = service.metadata.annotations?.[`${ANNOTATION}-ipv4`];
  return chosen !== undefined && parseAddress(chosen) !== null ? chosen : undefined;
}

/** An address of the subnet that is named, or of the nodes'; none while there is no such subnet, or the chosen one is not to be had. */
function internalAddress(
  cluster: Cluster,
  service: Service,
  before: Address | undefined,
  rules: Rules,
): Address | undefined {
  const { nodeSubnet } = cluster.network;
  const name = service.metadata.annotations?.[`${ANNOTATION}-internal-subnet`] ?? nodeSubnet;
  const subnet = findSubnet(cluster, name);
  if (!subnet) return undefined;
  const chosen = chosenAddress(service);
  if (before !== undefined && inRange(before, subnet.cidr) && (chosen ?? before) === before) return before;
  if (chosen === undefined) return freeAddresses(cluster, name, 1, rules)[0];
  return isFreeAddress(cluster, name, chosen, rules) ? chosen : undefined;
}

function publicAddress(cluster: Cluster, service: Service): Address | undefined {
  const taken = new Set(
    cluster.azure.loadBalancers.flatMap(({ frontEnds }) => frontEnds.map((one) => one.address)),
  );
  const isFree = (place: number) => {
    const address = addressAt(PUBLIC, place);
    return place > 0 && place < 255 && address !== cluster.azure.outboundAddress && !taken.has(address);
  };
  const place = drawFree(keyOf(service), 256, isFree);
  return place === undefined ? undefined : addressAt(PUBLIC, place);
}

/** Rules, pool and probe of a front-end. The probe asks each node whether it has a way to a Pod of the Service. */
function behind(cluster: Cluster, service: Service, rules: Rules): Omit<FrontEnd, "service" | "address"> {
  const { ports = [], externalTrafficPolicy = "Cluster", healthCheckNodePort } = service.spec;
  const targets = ports.flatMap(({ name }) => targetsOf(cluster, service, name));
  const nodes = all(cluster, "Node")
    .filter((node) => isTrue(node, "Ready") && node.metadata.labels?.[EXCLUDED] === undefined)
    .map(keyOf);
  const pods = [...new Set(targets.map(({ targetRef, addresses }) => targetRef?.name ?? addresses[0] ?? ""))];
  const probed = ports.find(({ protocol }) => protocol !== "UDP")?.nodePort;
  const probe: FrontEnd["probe"] =
    healthCheckNodePort !== undefined
      ? { protocol: "HTTP", port: healthCheckNodePort }
      : probed === undefined
        ? undefined
        : { protocol: "TCP", port: probed };
  const answers = (node: string) =>
    !(node in cluster.down) && rules.endpointsFor(externalTrafficPolicy, node, targets).length > 0;
  const inPods = rules.poolHolds() === "Pods";
  return {
    rules: ports.map(({ protocol = "TCP", port, nodePort = 0 }) => ({ protocol, port, nodePort })),
    probe,
    pool: inPods ? pods : nodes,
    healthy: inPods ? pods : probe ? nodes.filter(answers) : nodes,
  };
}

function withFrontEnd(cluster: Cluster, name: string, frontEnd: FrontEnd): Cluster {
  const { loadBalancers } = cluster.azure;
  // A Service that is made internal, or public, moves to the other load balancer.
  const others = loadBalancers.map((balancer) => ({
    name: balancer.name,
    frontEnds: balancer.frontEnds.filter(({ service }) => service !== frontEnd.service),
  }));
  const own = others.find((balancer) => balancer.name === name) ?? { name, frontEnds: [] };
  const byService = (a: FrontEnd, b: FrontEnd) => (a.service < b.service ? -1 : 1);
  const changed: LoadBalancer[] = [
    ...others.filter((balancer) => balancer.name !== name && balancer.frontEnds.length > 0),
    { name, frontEnds: [...own.frontEnds, frontEnd].sort(byService) },
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  return isEqual(changed, loadBalancers)
    ? cluster
    : { ...cluster, azure: { ...cluster.azure, loadBalancers: changed } };
}

/** The address by which a Service is reached from outside, if it has one yet. */
export const externalAddress = (cluster: Cluster, key: string): Address | undefined =>
  find(cluster, "Service", key)?.status?.loadBalancer?.ingress?.[0]?.ip;
