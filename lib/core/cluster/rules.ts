import { inRange } from "./ip.ts";
import type {
  Address,
  Cluster,
  Container,
  Endpoint,
  Image,
  IngressClass,
  LabelSelector,
  Labels,
  Lease,
  Network,
  Pod,
  PodSpec,
  ProxyController,
  Service,
  ServicePort,
} from "./objects.ts";
import { all, isTrue, matches, namespaceOf } from "./store.ts";

/** Where a packet may come from, or go to, as seen from the cluster. */
export type Zone = "cluster" | "vnet" | "peer" | "onPremises" | "internet";

/** What decides which of several matching HTTP rules counts. */
export interface Candidate {
  exact: boolean;
  /** Of the path, without a slash at its end. */
  length: number;
  /** Conditions beside path: a method, and how many headers. */
  method: boolean;
  headers: number;
  /** Seconds. */
  created: number;
  key: string;
  /** Place among the rules of its object. */
  place: number;
}

const elements = (path: string) => path.split("/").filter((element) => element !== "");
const byCreation = (a: Candidate, b: Candidate) =>
  a.created - b.created || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.place - b.place);

/**
 * The decisions that people get wrong, each as Kubernetes and AKS take it. Everything else in this folder asks these; a wrong
 * belief is the same set with one of them exchanged (variants.ts).
 */
export const RULES = {
  // —— Pods and those who make them ——

  /** How many Pods a ReplicaSet makes. @param acted whether it has had its Pods before */
  podsToMake: (wanted: number, present: number, _acted: boolean): number => Math.max(0, wanted - present),

  /** What becomes of a Pod whose node is lost: it is deleted. A Pod is bound to a node once. */
  evict: (pod: Pod, time: number): Pod => ({
    ...pod,
    metadata: { ...pod.metadata, deletionTimestamp: time },
  }),

  /** An address that a new Pod gets for what was before it: none. @param earlier leases no longer in use, the latest first */
  formerAddress: (_pod: Pod, _owner: string | undefined, _earlier: readonly Lease[]): Address | undefined =>
    undefined,

  /** Whether a Pod keeps its address when one of its containers starts anew: the address is the Pod's. */
  restartKeepsAddress: (): boolean => true,

  /** The ports on which a container answers: where its program listens, whatever is declared. */
  listens: ({ ports = [] }: Container, image: Image | undefined): readonly number[] =>
    image?.listens ?? ports.map(({ containerPort }) => containerPort),

  // —— Addresses ——

  /** Addresses of each subnet that Azure keeps: the first four, and the last (AKS: concepts-network-azure-cni-overlay). */
  azureReserved: (): { first: number; last: number } => ({ first: 4, last: 1 }),

  /** Where Pods have their addresses from. */
  podRange: ({ mode }: Pick<Network, "mode" | "dataPlane">): "podCidr" | "podSubnet" | "nodeSubnet" =>
    mode === "podSubnet" || mode === "nodeSubnet" ? mode : "podCidr",

  /**
   * How many addresses Azure sets aside on a node for Pods, of which so many are in use: in Node Subnet as many as Pods may
   * run; in Pod Subnet batches of 16, the next when fewer than 8 are free (AKS: concepts-network-azure-cni-pod-subnet).
   */
  setAside: ({ mode, maxPods }: Pick<Network, "mode" | "maxPods">, used: number): number =>
    mode === "nodeSubnet" ? maxPods : mode === "podSubnet" ? Math.ceil((used + 8) / 16) * 16 : 0,

  /** Prefix length of the block of the pod CIDR that each node takes: fixed (AKS: concepts-network-azure-cni-overlay). */
  podBlock: (_network: Network): number => 24,

  /** Nodes that a subnet must have room for: an upgrade adds some before it takes any away. */
  nodesAtOnce: (nodes: number, surge: number): number => nodes + surge,

  // —— Services and their endpoints ——

  /** Whether the API accepts a Service that selects no Pod. */
  acceptsWithoutPods: (): boolean => true,

  /** Whether labels meet a selector: every condition counts. */
  selects: (selector: LabelSelector, labels: Labels | undefined): boolean => matches(selector, labels),

  /** Whether a Pod is an endpoint that gets traffic. */
  isEndpointReady: (pod: Pod, { spec }: Service): boolean =>
    spec.publishNotReadyAddresses === true ||
    (isTrue(pod, "Ready") && pod.metadata.deletionTimestamp === undefined),

  /** Whether endpoints are kept up with Pods that come and go. */
  endpointsFollow: (): boolean => true,

  /** The port of a Pod that a port of a Service leads to; undefined where it names a port that the Pod has not got. */
  targetPort: ({ port, targetPort = port }: ServicePort, { containers }: PodSpec): number | undefined =>
    typeof targetPort === "number"
      ? targetPort
      : containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === targetPort)?.containerPort,

  /** Whether a Service gets a virtual address. */
  hasClusterIP: ({ spec }: Service): boolean => spec.type !== "ExternalName" && spec.clusterIP !== "None",

  /** Whether who is in a zone gets through to a ClusterIP: only where the rules for it are, on nodes of the cluster. */
  knowsClusterIP: (zone: Zone): boolean => zone === "cluster",

  /** Whether a virtual address answers a ping: nothing has it, and rules are for the Service's ports. */
  clusterIPAnswersPing: (): boolean => false,

  /** Whether a node port is open on a node. @param endpointNodes nodes with an endpoint of the Service */
  nodePortOpen: (_node: string, _endpointNodes: readonly string[]): boolean => true,

  /** Who turns Service addresses into those of Pods. */
  servicesBy: ({ dataPlane }: Network): "kube-proxy" | "cilium" =>
    dataPlane === "cilium" ? "cilium" : "kube-proxy",

  /** The endpoints a node may use: with a policy of Local its own alone. */
  endpointsFor: <E extends Endpoint>(
    policy: "Cluster" | "Local",
    node: string,
    ready: readonly E[],
  ): readonly E[] => (policy === "Local" ? ready.filter(({ nodeName }) => nodeName === node) : ready),

  /** Whether a node puts its own address in place of the sender's when it hands on what came from outside. */
  hidesClient: (policy: "Cluster" | "Local"): boolean => policy === "Cluster",

  /** By what connections to a Service with session affinity stay with one endpoint: by the client's address. */
  sticksBy: (client: Address, _cookie: string | undefined): string | undefined => client,

  // —— Azure Load Balancer ——

  /** Whether a Service's front-end is inside the VNet (AKS: internal-lb). */
  isInternal: ({ metadata }: Service): boolean =>
    metadata.annotations?.["service.beta.kubernetes.io/azure-load-balancer-internal"] === "true",

  /** The load balancer that serves a Service: one for all public front-ends, one for all internal ones. */
  loadBalancerFor: (_service: Service, internal: boolean): string =>
    internal ? "kubernetes-internal" : "kubernetes",

  /** What is in a backend pool. */
  poolHolds: (): "nodes" | "Pods" => "nodes",

  /** Whether packets reach a node with the front-end's address and port as destination (floating IP). */
  loadBalancerKeepsDestination: (): boolean => true,

  // —— DNS ——

  /** What is appended to a short name, in order, for a Pod of a namespace. */
  searchDomains: (namespace: string, _cluster: Cluster): string[] => [
    `${namespace}.svc.cluster.local`,
    "svc.cluster.local",
    "cluster.local",
  ],

  /** Whether the name of a Service with a virtual address resolves while it has no ready endpoint. */
  resolvesWithoutEndpoints: (): boolean => true,

  /** Whether the name of a Pod alone is a name in DNS. */
  podNameResolves: (): boolean => false,

  // —— HTTP rules ——

  /** Whether a path matches, element by element for a prefix. What is left to the implementation is taken as a prefix. */
  pathMatches: (type: string, rule: string, path: string): boolean => {
    if (type === "Exact") return rule === path;
    const given = elements(path);
    return elements(rule).every((element, place) => element === given[place]);
  },

  /**
   * How closely a rule's host fits that of a request, 0 where it does not: any host, a wildcard, the very name. An asterisk
   * stands for one label in an Ingress, for one or more in Gateway API.
   */
  hostFits: (rule: string | undefined, host: string, wildcard: "one label" | "labels"): number => {
    if (rule === undefined) return 1;
    const [wanted, given] = [rule.toLowerCase(), host.toLowerCase()];
    if (!wanted.startsWith("*.")) return wanted === given ? 1000 : 0;
    const label = given.slice(0, -(wanted.length - 1));
    const fits =
      given.endsWith(wanted.slice(1)) && label !== "" && (wildcard === "labels" || !label.includes("."));
    return fits ? wanted.length : 0;
  },

  /**
   * Which of two rules that match comes first: the exact path, the longest one, then (Gateway API) a method, more headers, the
   * older object, the first by name.
   */
  compareRules: (a: Candidate, b: Candidate): number =>
    Number(b.exact) - Number(a.exact) ||
    b.length - a.length ||
    Number(b.method) - Number(a.method) ||
    b.headers - a.headers ||
    byCreation(a, b),

  /** Whether rules of a class are served though no controller of it runs. */
  servedWithoutController: (): boolean => false,

  /** Whether a controller takes up an Ingress that names a class, or none. @param classes those that are the controller's */
  takesUp: (className: string | undefined, classes: readonly string[]): boolean =>
    className !== undefined && classes.includes(className),

  /** The class of an Ingress that was made without one, though there is a default now: still none. */
  classWithout: (_usual: IngressClass | undefined): string | undefined => undefined,

  /** Which of a cluster's Ingresses count. */
  ingressesServed: <T>(ingresses: readonly T[]): readonly T[] => ingresses,

  /** The Service that an object of a namespace refers to by name alone: one of its own namespace. */
  serviceNamed: (name: string, namespace: string, cluster: Cluster): Service | undefined =>
    all(cluster, "Service").find(
      (service) => service.metadata.name === name && namespaceOf(service) === namespace,
    ),

  /** Whether a reference across namespaces takes a ReferenceGrant. */
  needsGrant: (): boolean => true,

  /** Where requests pass through. */
  dataPlaneOf: ({ dataPlane }: ProxyController): "pods" | "azure" => dataPlane,

  // —— The way of packets ——

  /** Whether who is in a zone gets through to the address of a Pod (AKS: concepts-network-cni-overview). */
  reachesPods: ({ mode }: Network, zone: Zone): boolean =>
    zone === "cluster" || ((mode === "nodeSubnet" || mode === "podSubnet") && zone !== "internet"),

  /** Whether what a Pod sends to a zone outside gets there. */
  podsReach: (_network: Network, _zone: Zone): boolean => true,

  /** Whose address a Pod's packets show in a zone (AKS: concepts-network-cni-overview). @param otherNode the other is elsewhere */
  sourceIn: ({ mode }: Network, zone: Zone, _otherNode: boolean): "pod" | "node" => {
    if (zone === "cluster") return "pod";
    if (mode === "nodeSubnet") return zone === "vnet" ? "pod" : "node";
    return mode === "podSubnet" && zone !== "internet" ? "pod" : "node";
  },

  /** Whether Pods take an address for one of the cluster's own, wherever else there may be such a range. */
  staysInCluster: ({ mode, podCidr, serviceCidr }: Network, address: Address): boolean =>
    inRange(address, serviceCidr) ||
    ((mode === "overlay" || mode === "kubenet") && inRange(address, podCidr)),

  /** The public address that a Pod's packets come from. */
  outboundAddress: (_pod: Pod | undefined, { azure }: Cluster): Address => azure.outboundAddress,

  /** What the sender sees of a packet that a policy or a security group stopped: nothing, until it gives up. */
  blockedLooksLike: (): "refused" | "timed out" => "timed out",

  // —— Network policies ——

  /** Whether a connection passes the policies that select a Pod. @param allowing of each, whether it allows it */
  policiesAllow: (allowing: readonly boolean[]): boolean => allowing.length === 0 || allowing.includes(true),

  /** Whether replies pass without a rule of their own. */
  repliesPass: (): boolean => true,

  /** Whether a podSelector alone picks a Pod. */
  podSelectorReaches: (policyNamespace: string, podNamespace: string): boolean =>
    policyNamespace === podNamespace,

  /** Whether Pods reach those of another namespace while no policy says otherwise. */
  namespacesTalk: (): boolean => true,
};

export type Rules = typeof RULES;
