/**
 * What a cluster is made of: the objects of the Kubernetes API with the field names it has, as far as they are modelled, and
 * around them the Azure side. A `Cluster` is a plain value: never changed in place, and the same before and after JSON.
 */

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
}

export interface LabelSelector {
  matchLabels?: Labels;
  matchExpressions?: readonly {
    key: string;
    operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
    values?: readonly string[];
  }[];
}

interface Base<K extends string> {
  kind: K;
  metadata: Metadata;
}

export type Namespace = Base<"Namespace">;

export interface Condition {
  type: string;
  status: "True" | "False" | "Unknown";
  reason?: string;
  message?: string;
}

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

export interface Toleration {
  key?: string;
  operator?: "Exists" | "Equal";
  value?: string;
  effect?: Taint["effect"];
  tolerationSeconds?: number;
}

export interface Probe {
  httpGet?: { path?: string; port: number | string };
  tcpSocket?: { port: number | string };
}

export interface Container {
  name: string;
  image: string;
  /** What is declared, which opens nothing: see `Image.listens`. */
  ports?: readonly { name?: string; containerPort: number; protocol?: "TCP" | "UDP" }[];
  readinessProbe?: Probe;
}

export interface PodSpec {
  containers: readonly Container[];
  nodeName?: string;
  nodeSelector?: Labels;
  tolerations?: readonly Toleration[];
  hostname?: string;
  subdomain?: string;
}

export interface Pod extends Base<"Pod"> {
  spec: PodSpec;
  status?: {
    phase: "Pending" | "Running";
    podIP?: Address;
    hostIP?: Address;
    conditions?: readonly Condition[];
    restartCount?: number;
  };
}

export interface PodTemplate {
  metadata?: { labels?: Labels; annotations?: Labels };
  spec: PodSpec;
}

export interface ReplicaSet extends Base<"ReplicaSet"> {
  spec: { replicas?: number; selector: LabelSelector; template: PodTemplate };
  status?: { replicas: number; readyReplicas: number };
}

export interface Deployment extends Base<"Deployment"> {
  spec: {
    replicas?: number;
    selector: LabelSelector;
    strategy?: {
      type?: "RollingUpdate" | "Recreate";
      rollingUpdate?: { maxSurge?: number | string; maxUnavailable?: number | string };
    };
    template: PodTemplate;
  };
  status?: { replicas: number; updatedReplicas: number; readyReplicas: number };
}

export interface StatefulSet extends Base<"StatefulSet"> {
  spec: {
    replicas?: number;
    serviceName: string;
    podManagementPolicy?: "OrderedReady" | "Parallel";
    selector: LabelSelector;
    template: PodTemplate;
  };
  status?: { replicas: number; readyReplicas: number };
}

export interface ServicePort {
  name?: string;
  protocol?: "TCP" | "UDP";
  port: number;
  targetPort?: number | string;
  nodePort?: number;
}

export interface Service extends Base<"Service"> {
  spec: {
    type?: "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalName";
    selector?: Labels;
    ports?: readonly ServicePort[];
    /** "None" makes it headless. */
    clusterIP?: Address | "None";
    externalName?: string;
    sessionAffinity?: "None" | "ClientIP";
    externalTrafficPolicy?: "Cluster" | "Local";
    internalTrafficPolicy?: "Cluster" | "Local";
    healthCheckNodePort?: number;
    publishNotReadyAddresses?: boolean;
  };
  status?: { loadBalancer?: { ingress?: readonly { ip: Address }[] } };
}

export interface Endpoint {
  addresses: readonly Address[];
  conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean };
  hostname?: string;
  nodeName?: string;
  targetRef?: { kind: "Pod"; namespace: string; name: string };
}

export interface EndpointSlice extends Base<"EndpointSlice"> {
  addressType: "IPv4";
  endpoints: readonly Endpoint[];
  ports?: readonly { name?: string; port: number; protocol?: "TCP" | "UDP" }[];
}

export interface IngressBackend {
  service: { name: string; port: { number?: number; name?: string } };
}

export interface IngressPath {
  path?: string;
  pathType: "Exact" | "Prefix" | "ImplementationSpecific";
  backend: IngressBackend;
}

export interface Ingress extends Base<"Ingress"> {
  spec: {
    ingressClassName?: string;
    defaultBackend?: IngressBackend;
    rules?: readonly { host?: string; http?: { paths: readonly IngressPath[] } }[];
  };
  status?: { loadBalancer?: { ingress?: readonly { ip: Address }[] } };
}

export interface IngressClass extends Base<"IngressClass"> {
  spec: { controller: string };
}

export interface GatewayClass extends Base<"GatewayClass"> {
  spec: { controllerName: string };
  status?: { conditions: readonly Condition[] };
}

export interface Listener {
  name: string;
  hostname?: string;
  port: number;
  protocol: "HTTP" | "HTTPS";
  allowedRoutes?: { namespaces?: { from?: "Same" | "All" | "Selector"; selector?: LabelSelector } };
}

export interface Gateway extends Base<"Gateway"> {
  spec: {
    gatewayClassName: string;
    listeners: readonly Listener[];
    /** What the Service of the Gateway is to carry. */
    infrastructure?: { annotations?: Labels };
  };
  status?: {
    addresses?: readonly { type: "IPAddress"; value: Address }[];
    conditions?: readonly Condition[];
  };
}

export interface ParentReference {
  kind?: "Gateway";
  name: string;
  namespace?: string;
  sectionName?: string;
  port?: number;
}

export interface HTTPRouteMatch {
  path?: { type?: "Exact" | "PathPrefix"; value?: string };
  method?: string;
  headers?: readonly { type?: "Exact"; name: string; value: string }[];
}

export interface BackendRef {
  kind?: "Service";
  name: string;
  namespace?: string;
  port: number;
  weight?: number;
}

export interface HTTPRoute extends Base<"HTTPRoute"> {
  spec: {
    parentRefs?: readonly ParentReference[];
    hostnames?: readonly string[];
    rules?: readonly { matches?: readonly HTTPRouteMatch[]; backendRefs?: readonly BackendRef[] }[];
  };
  status?: { parents: readonly { parentRef: ParentReference; conditions: readonly Condition[] }[] };
}

export interface ReferenceGrant extends Base<"ReferenceGrant"> {
  spec: {
    from: readonly { group: string; kind: string; namespace: string }[];
    to: readonly { group: string; kind: string; name?: string }[];
  };
}

export interface NetworkPolicyPeer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: Cidr; except?: readonly Cidr[] };
}

export interface NetworkPolicyPort {
  protocol?: "TCP" | "UDP";
  port?: number | string;
  endPort?: number;
}

export interface NetworkPolicy extends Base<"NetworkPolicy"> {
  spec: {
    podSelector: LabelSelector;
    policyTypes?: readonly ("Ingress" | "Egress")[];
    ingress?: readonly { from?: readonly NetworkPolicyPeer[]; ports?: readonly NetworkPolicyPort[] }[];
    egress?: readonly { to?: readonly NetworkPolicyPeer[]; ports?: readonly NetworkPolicyPort[] }[];
  };
}

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
  probe: { protocol: "TCP" | "HTTP"; port: number };
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
