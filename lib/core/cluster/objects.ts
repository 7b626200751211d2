/**
 * What a cluster is made of: the objects of the Kubernetes API with the field names it has, as far as they are modelled, and
 * around them the Azure side. A `Cluster` is a plain value: never changed in place, and the same before and after JSON. What
 * manifests say is described once, in schema.ts; here is what the cluster adds.
 */
import type {
  container,
  ingressBackend,
  KINDS,
  labelSelector,
  parentReference,
  podSpec,
  podTemplate,
  policyPeer,
  policyPort,
  routeMatch,
  ValueOf,
} from "./schema.ts";

export type Labels = Readonly<Record<string, string>>;
/** "namespace/name", or the name alone of what belongs to no namespace. */
export type Key = string;
/** An IPv4 address, dotted. */
export type Address = string;
/** An IPv4 range, as 10.0.0.0/16. */
export type Cidr = string;
export type Protocol = "TCP" | "UDP" | "ICMP";

export interface Metadata {
  name: string;
  /** Absent on kinds that belong to no namespace. */
  namespace?: string;
  labels?: Labels;
  annotations?: Labels;
  ownerReferences?: readonly { kind: Kind; name: string }[];
  /** Moments are seconds of the model's own time; the API has date and time. */
  creationTimestamp?: number;
  deletionTimestamp?: number;
  /** 0 once the kubelet has told its containers to stop. */
  deletionGracePeriodSeconds?: number;
}

type Spec<K extends keyof typeof KINDS> =
  ValueOf<(typeof KINDS)[K]["fields"]> extends { spec: infer S } ? S : never;
type ItemOf<L> = NonNullable<L> extends readonly (infer Item)[] ? Item : never;

interface Base<K extends string> {
  kind: K;
  metadata: Metadata;
}
interface Plain<K extends keyof typeof KINDS> extends Base<K> {
  spec: Spec<K>;
}

export interface Condition {
  type: string;
  status: "True" | "False" | "Unknown";
  reason?: string;
  message?: string;
}

export type LabelSelector = ValueOf<typeof labelSelector>;
export type Container = ValueOf<typeof container>;
export type PodSpec = ValueOf<typeof podSpec>;
export type PodTemplate = ValueOf<typeof podTemplate>;
export type Probe = NonNullable<Container["readinessProbe"]>;
export type Toleration = ItemOf<PodSpec["tolerations"]>;

export type Namespace = Base<"Namespace">;
export interface Taint {
  key: string;
  value?: string;
  effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  timeAdded?: number;
}
export interface Node extends Base<"Node"> {
  spec?: { unschedulable?: boolean; taints?: readonly Taint[]; podCIDR?: Cidr };
  status?: {
    addresses?: readonly { type: "InternalIP"; address: Address }[];
    conditions?: readonly Condition[];
  };
}
export interface Pod extends Plain<"Pod"> {
  status?: {
    phase: "Pending" | "Running";
    podIP?: Address;
    hostIP?: Address;
    conditions?: readonly Condition[];
    restartCount?: number;
  };
}
interface Replicas {
  replicas: number;
  readyReplicas: number;
}
export interface ReplicaSet extends Plain<"ReplicaSet"> {
  status?: Replicas;
}
export interface Deployment extends Plain<"Deployment"> {
  status?: Replicas & { updatedReplicas: number };
}
export interface StatefulSet extends Plain<"StatefulSet"> {
  status?: Replicas;
}

interface Balanced {
  loadBalancer?: { ingress?: readonly { ip: Address }[] };
}
export interface Service extends Plain<"Service"> {
  status?: Balanced;
}
export type ServicePort = ItemOf<Service["spec"]["ports"]>;
export type EndpointSlice = Base<"EndpointSlice"> &
  Omit<ValueOf<(typeof KINDS)["EndpointSlice"]["fields"]>, "metadata">;
export type Endpoint = ItemOf<EndpointSlice["endpoints"]>;

export type IngressClass = Plain<"IngressClass">;
export interface Ingress extends Plain<"Ingress"> {
  status?: Balanced;
}
export type IngressBackend = ValueOf<typeof ingressBackend>;

export interface GatewayClass extends Plain<"GatewayClass"> {
  status?: { conditions: readonly Condition[] };
}
export interface Gateway extends Plain<"Gateway"> {
  status?: {
    addresses?: readonly { type: "IPAddress"; value: Address }[];
    conditions?: readonly Condition[];
  };
}
export type Listener = ItemOf<Gateway["spec"]["listeners"]>;
export interface HTTPRoute extends Plain<"HTTPRoute"> {
  status?: { parents: readonly { parentRef: ParentReference; conditions: readonly Condition[] }[] };
}
export type ParentReference = ValueOf<typeof parentReference>;
export type HTTPRouteMatch = ValueOf<typeof routeMatch>;
export type BackendRef = ItemOf<ItemOf<HTTPRoute["spec"]["rules"]>["backendRefs"]>;
export type ReferenceGrant = Plain<"ReferenceGrant">;

export type NetworkPolicy = Plain<"NetworkPolicy">;
export type NetworkPolicyPeer = ValueOf<typeof policyPeer>;
export type NetworkPolicyPort = ValueOf<typeof policyPort>;

/** Every modelled kind. */
export interface Objects {
  Namespace: Namespace;
  Node: Node;
  Pod: Pod;
  ReplicaSet: ReplicaSet;
  Deployment: Deployment;
  StatefulSet: StatefulSet;
  Service: Service;
  EndpointSlice: EndpointSlice;
  IngressClass: IngressClass;
  Ingress: Ingress;
  GatewayClass: GatewayClass;
  Gateway: Gateway;
  HTTPRoute: HTTPRoute;
  ReferenceGrant: ReferenceGrant;
  NetworkPolicy: NetworkPolicy;
}
export type Kind = keyof Objects;
export type KubeObject = Objects[Kind];

/** An event, as `kubectl get events` shows it. */
export interface Event {
  /** Seconds. */
  time: number;
  type: "Normal" | "Warning";
  reason: string;
  /** What it is about. */
  kind: Kind;
  key: Key;
  message: string;
}

/** How Pods get addresses and packets are carried: what `az aks create` is told. */
export interface Network {
  mode: "overlay" | "podSubnet" | "nodeSubnet" | "kubenet";
  dataPlane: "iptables" | "cilium";
  /** What enforces NetworkPolicy objects; with none they are accepted and change nothing. */
  policyEngine: "none" | "azure" | "calico" | "cilium";
  /** Where Pods have their addresses in Overlay and kubenet. */
  podCidr: Cidr;
  serviceCidr: Cidr;
  dnsServiceIP: Address;
  maxPods: number;
  vnet: string;
  nodeSubnet: string;
  /** Where Pods have their addresses in Pod Subnet. */
  podSubnet?: string;
}

export interface Subnet {
  name: string;
  cidr: Cidr;
  /** The network security group that guards it. */
  nsg?: string;
}

export interface VNet {
  name: string;
  addressSpace: readonly Cidr[];
  subnets: readonly Subnet[];
}

/** A peering, connected from both sides. With gateway transit either side may use the other's way to on-premises. */
export interface Peering {
  between: readonly [string, string];
  gatewayTransit?: boolean;
}

/** A network that a VPN or ExpressRoute gateway in a VNet connects. */
export interface OnPremises {
  addressSpace: readonly Cidr[];
  gatewayIn: string;
}

/** A machine outside the cluster: a VM in a VNet, a server on-premises, or a host on the internet, by its address. */
export interface Machine {
  name: string;
  address: Address;
  /** TCP and UDP ports that answer. */
  listens?: readonly number[];
  /** The name by which DNS knows it, such as db.example.com. */
  hostname?: string;
}

export interface SecurityRule {
  name: string;
  /** The lowest is asked first. */
  priority: number;
  direction: "Inbound" | "Outbound";
  access: "Allow" | "Deny";
  protocol: "Tcp" | "Udp" | "Icmp" | "*";
  /** A range, an address, "*", or a service tag. */
  source: Cidr | Address | "*" | "VirtualNetwork" | "Internet" | "AzureLoadBalancer";
  destination: SecurityRule["source"];
  /** A port, a range as 8000-8080, or "*". */
  destinationPort: string;
}

export interface SecurityGroup {
  name: string;
  rules: readonly SecurityRule[];
}

/** A front-end of an Azure Load Balancer with its rules, pool and probe; made for a Service. */
export interface FrontEnd {
  service: Key;
  address: Address;
  /** What each rule hands on to: with floating IP the same port of the same address, and the node port is for the probe. */
  rules: readonly { protocol: "TCP" | "UDP"; port: number; nodePort: number }[];
  /** Absent where there is nothing but UDP to ask; then every node counts as healthy. */
  probe?: { protocol: "TCP" | "HTTP"; port: number };
  /** Names of the nodes in the backend pool, … */
  pool: readonly string[];
  /** … and of those that answer the probe, which alone get traffic. */
  healthy: readonly string[];
}

export interface LoadBalancer {
  name: string;
  frontEnds: readonly FrontEnd[];
}

/** The network interface of a node. */
export interface NetworkInterface {
  node: string;
  address: Address;
  /** Further addresses that Azure set aside for Pods on the node. */
  podAddresses: readonly Address[];
}

export interface Azure {
  vnets: readonly VNet[];
  peerings: readonly Peering[];
  onPremises?: OnPremises;
  securityGroups: readonly SecurityGroup[];
  machines: readonly Machine[];
  interfaces: readonly NetworkInterface[];
  loadBalancers: readonly LoadBalancer[];
  /** The public address that what leaves the cluster for the internet comes from. */
  outboundAddress: Address;
}

/**
 * A controller of Ingresses or Gateways that runs in the cluster. Its data plane is Pods of the cluster, or a proxy that Azure
 * hosts (Application Gateway for Containers), which then has its addresses in a subnet delegated to it.
 */
export type ProxyController =
  | {
      name: string;
      dataPlane: "pods";
      /** The Service in front of its proxy Pods; a Gateway gets one of its own instead. */ service?: Key;
    }
  | { name: string; dataPlane: "azure"; subnet: string };

/** What the program in an image does. */
export interface Image {
  /** Ports it listens on; without, those that its container declares. */
  listens?: readonly number[];
  /** False for a program that never becomes ready. */
  healthy?: boolean;
}

/** That a Pod had an address. The last one of a range tells where the next is looked for. */
export interface Lease {
  address: Address;
  pod: Key;
  /** The controller's object that the Pod was made by, as "ReplicaSet/default/web-5d4". */
  owner?: string;
}

export interface Cluster {
  /** Of each kind, in order of key. */
  objects: { readonly [K in Kind]: readonly Objects[K][] };
  network: Network;
  azure: Azure;
  controllers: readonly ProxyController[];
  images: Readonly<Record<string, Image>>;
  /** Names of nodes whose machine is down, whether Kubernetes knows it yet or not, and since when. */
  down: Readonly<Record<string, number>>;
  /** Keys of Pods whose program answers no readiness probe. */
  unhealthy: readonly Key[];
  leases: readonly Lease[];
  events: readonly Event[];
  /** Seconds since the cluster was made. A step takes one, unless there is nothing to do but wait. */
  time: number;
  /** Steps so far. */
  tick: number;
  /** How many Pods were ever made: what their names are drawn from. */
  serial: number;
}
