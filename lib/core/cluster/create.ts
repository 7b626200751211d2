import { addressAt } from "./ip.ts";
import type { Azure, Cluster, Namespace, Network, Node } from "./objects.ts";
import { fold, put } from "./store.ts";

export interface ClusterOptions
  extends Partial<Network>,
    Partial<Omit<Azure, "interfaces" | "loadBalancers">> {
  /** Their names, or how many. */
  nodes?: number | readonly string[];
  controllers?: Cluster["controllers"];
  images?: Cluster["images"];
}

/** Pods a node may run unless told otherwise (AKS: concepts-network-ip-address-planning). */
const MAX_PODS = { overlay: 250, podSubnet: 110, nodeSubnet: 30, kubenet: 110 } as const;

const NO_OBJECTS: Cluster["objects"] = {
  Namespace: [],
  Node: [],
  Pod: [],
  ReplicaSet: [],
  Deployment: [],
  StatefulSet: [],
  Service: [],
  EndpointSlice: [],
  IngressClass: [],
  Ingress: [],
  GatewayClass: [],
  Gateway: [],
  HTTPRoute: [],
  ReferenceGrant: [],
  NetworkPolicy: [],
};

/** A cluster of some nodes, with ranges as AKS has them where nothing is said. No step was taken yet: nodes are to join. */
export function createCluster(options: ClusterOptions = {}): Cluster {
  const { mode = "overlay", dataPlane = "iptables", serviceCidr = "10.0.0.0/16", nodes = 3 } = options;
  const vnet = options.vnet ?? "aks-vnet";
  const empty: Cluster = {
    objects: NO_OBJECTS,
    network: {
      mode,
      dataPlane,
      policyEngine: options.policyEngine ?? (dataPlane === "cilium" ? "cilium" : "calico"),
      podCidr: options.podCidr ?? "10.244.0.0/16",
      serviceCidr,
      dnsServiceIP: options.dnsServiceIP ?? addressAt(serviceCidr, 10),
      maxPods: options.maxPods ?? MAX_PODS[mode],
      vnet,
      nodeSubnet: options.nodeSubnet ?? "nodes",
      podSubnet: options.podSubnet ?? "pods",
    },
    azure: {
      vnets: options.vnets ?? [
        {
          name: vnet,
          addressSpace: ["10.224.0.0/12"],
          subnets: [
            { name: "nodes", cidr: "10.224.0.0/16" },
            { name: "pods", cidr: "10.225.0.0/16" },
            { name: "agc", cidr: "10.226.0.0/24" },
          ],
        },
      ],
      peerings: options.peerings ?? [],
      onPremises: options.onPremises,
      securityGroups: options.securityGroups ?? [],
      machines: options.machines ?? [],
      interfaces: [],
      loadBalancers: [],
      outboundAddress: options.outboundAddress ?? "203.0.113.1",
    },
    controllers: options.controllers ?? [],
    images: options.images ?? {},
    down: {},
    unhealthy: [],
    leases: [],
    events: [],
    time: 0,
    tick: 0,
    serial: 0,
  };
  const names = typeof nodes === "number" ? Array.from({ length: nodes }, (_, n) => `node-${n + 1}`) : nodes;
  const started = fold(empty, ["default", "kube-system"], (cluster, name) =>
    put(cluster, newNamespace(name)),
  );
  return fold(started, names, (cluster, name) => put(cluster, newNode(name, 0)));
}

const newNamespace = (name: string): Namespace => ({
  kind: "Namespace",
  metadata: { name, labels: { "kubernetes.io/metadata.name": name }, creationTimestamp: 0 },
});

/** A node as its kubelet registers it. */
export const newNode = (name: string, creationTimestamp: number): Node => ({
  kind: "Node",
  metadata: {
    name,
    labels: { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux" },
    creationTimestamp,
  },
});
