import { inRange } from "./ip.ts";
import type {
  Address,
  Cidr,
  Cluster,
  Key,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  Pod,
  Protocol,
  SecurityRule,
} from "./objects.ts";
import type { Flow } from "./packet.ts";
import { RULES, type Rules } from "./rules.ts";
import { all, find, keyOf, matches, namespaceOf } from "./store.ts";

type Direction = "Ingress" | "Egress";

/** The other end of a connection, as a policy sees it. */
export interface Peer {
  address: Address;
  /** Where the address is still a Pod's own. */
  pod?: Pod;
}

/** What the policies that select a Pod say to a connection. */
export interface PolicyDecision {
  allowed: boolean;
  /** Those that select it in that direction. */
  policies: readonly Key[];
}

/** A connection, as it is put to the policies of the Pod at one end of it. */
export interface PolicyQuestion {
  pod: Pod;
  direction: Direction;
  peer: Peer;
  /** The destination's. */
  port: number;
  protocol: Protocol;
}

/**
 * Asks the policies of one end of a connection. A Pod that none selects is open; what one allows, none takes away (K8s:
 * Network Policies).
 */
export function askPolicies(
  cluster: Cluster,
  question: PolicyQuestion,
  rules: Rules = RULES,
): PolicyDecision {
  const { pod, direction, peer, port, protocol } = question;
  if (cluster.network.policyEngine === "none") return { allowed: true, policies: [] };
  const selecting = all(cluster, "NetworkPolicy").filter(
    (policy) =>
      namespaceOf(policy) === namespaceOf(pod) &&
      directionsOf(policy).includes(direction) &&
      rules.selects(policy.spec.podSelector, pod.metadata.labels),
  );
  const target = direction === "Ingress" ? pod : peer.pod;
  const allowing = selecting.map((policy) =>
    entriesOf(policy, direction).some(
      ({ peers, ports }) =>
        (peers === undefined ||
          peers.length === 0 ||
          peers.some((one) => isPeer(cluster, policy, one, peer, rules))) &&
        (ports === undefined ||
          ports.length === 0 ||
          ports.some((one) => isPort(one, port, protocol, target))),
    ),
  );
  return { allowed: rules.policiesAllow(allowing), policies: selecting.map(keyOf) };
}

/** The directions in which a policy counts; where it does not say, egress only if it has rules for it. */
const directionsOf = ({ spec }: NetworkPolicy): readonly Direction[] =>
  spec.policyTypes?.length ? spec.policyTypes : spec.egress?.length ? ["Ingress", "Egress"] : ["Ingress"];

const entriesOf = (
  { spec }: NetworkPolicy,
  direction: Direction,
): readonly { peers?: readonly NetworkPolicyPeer[]; ports?: readonly NetworkPolicyPort[] }[] =>
  direction === "Ingress"
    ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
    : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));

function isPeer(
  cluster: Cluster,
  policy: NetworkPolicy,
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
  { address, pod }: Peer,
  rules: Rules,
): boolean {
  if (ipBlock) {
    // Cilium knows Pods and nodes by what they are, so that ranges are for what is outside (AKS: azure-cni-powered-by-cilium).
    if (cluster.network.policyEngine === "cilium" && (pod || isNode(cluster, address))) return false;
    return inRange(address, ipBlock.cidr) && !ipBlock.except?.some((cidr) => inRange(address, cidr));
  }
  if (!pod) return false;
  const namespace = find(cluster, "Namespace", namespaceOf(pod));
  const inNamespace = namespaceSelector
    ? matches(namespaceSelector, namespace?.metadata.labels)
    : rules.podSelectorReaches(namespaceOf(policy), namespaceOf(pod));
  return inNamespace && (podSelector === undefined || rules.selects(podSelector, pod.metadata.labels));
}

const isNode = (cluster: Cluster, address: Address): boolean =>
  cluster.azure.interfaces.some((one) => one.address === address);

function isPort(
  { protocol = "TCP", port, endPort }: NetworkPolicyPort,
  given: number,
  by: Protocol,
  target: Pod | undefined,
): boolean {
  if (protocol !== by) return false;
  if (port === undefined) return true;
  if (typeof port === "number") return given >= port && given <= (endPort ?? port);
  return (
    target?.spec.containers.some(({ ports = [] }) =>
      ports.some(({ name, containerPort }) => name === port && containerPort === given),
    ) ?? false
  );
}

/** What every security group ends with (Azure: Network security groups, default rules). */
const DEFAULT_RULES: readonly SecurityRule[] = [
  defaultRule("AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
  defaultRule("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"),
  defaultRule("DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"),
  defaultRule("AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
  defaultRule("AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"),
  defaultRule("DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"),
];

function defaultRule(
  name: string,
  priority: number,
  direction: SecurityRule["direction"],
  access: SecurityRule["access"],
  source: SecurityRule["source"],
  destination: SecurityRule["source"],
): SecurityRule {
  return { name, priority, direction, access, protocol: "*", source, destination, destinationPort: "*" };
}

/** A packet, as it is put to a security group. */
export interface SecurityQuestion {
  nsg: string;
  direction: SecurityRule["direction"];
  flow: Flow;
  protocol: Protocol;
}

/** The rule of a security group that decides on a packet: of those that match the one with the lowest priority. */
export function securityRule(
  cluster: Cluster,
  { nsg, direction, flow, protocol }: SecurityQuestion,
): SecurityRule | undefined {
  const { source, destination, port } = flow;
  const own = cluster.azure.securityGroups.find(({ name }) => name === nsg)?.rules ?? [];
  return [...own, ...DEFAULT_RULES]
    .filter((rule) => rule.direction === direction)
    .toSorted((a, b) => a.priority - b.priority)
    .find(
      (rule) =>
        (rule.protocol === "*" || rule.protocol.toUpperCase() === protocol) &&
        isUnder(cluster, source, rule.source) &&
        isUnder(cluster, destination, rule.destination) &&
        coversPort(rule.destinationPort, port),
    );
}

function coversPort(written: string, port: number): boolean {
  if (written === "*") return true;
  const [from = 0, to = from] = written.split("-").map(Number);
  return port >= from && port <= to;
}

/** Whether an address is of a range or service tag. Pods of the cluster count as of its network. */
function isUnder(cluster: Cluster, address: Address, of: SecurityRule["source"]): boolean {
  const { azure, network } = cluster;
  const known: readonly Cidr[] = [
    ...azure.vnets.flatMap(({ addressSpace }) => addressSpace),
    ...(azure.onPremises?.addressSpace ?? []),
    network.podCidr,
  ];
  switch (of) {
    case "*":
      return true;
    case "VirtualNetwork":
      return known.some((cidr) => inRange(address, cidr));
    case "Internet":
      return !known.some((cidr) => inRange(address, cidr));
    case "AzureLoadBalancer":
      return address === "168.63.129.16";
    default:
      return inRange(address, of);
  }
}
