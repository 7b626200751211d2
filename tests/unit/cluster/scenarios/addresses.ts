import type { ClusterOptions } from "#lib/core/cluster/index.ts";
import { deployment, documents, pod, service } from "./manifests.ts";
import type { Scenario } from "./scenario.ts";

/** A VNet with a subnet for nodes, and one for Pods. */
const vnet = (nodes: string, pods = "10.241.0.0/16"): Pick<ClusterOptions, "vnets"> => ({
  vnets: [
    {
      name: "aks-vnet",
      addressSpace: ["10.240.0.0/15"],
      subnets: [
        { name: "nodes", cidr: nodes },
        { name: "pods", cidr: pods },
      ],
    },
  ],
});
const INTERNAL = { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" };

export const addresses: readonly Scenario[] = [
  {
    id: "overlay-only-nodes-take-vnet-addresses",
    source: "aksOverlay",
    says: "in Overlay only nodes take addresses of the VNet, and Pods have theirs from a range of their own",
    cluster: { mode: "overlay", podCidr: "192.168.0.0/16" },
    manifests: deployment("web", { replicas: 12 }),
    story: [
      { subnet: "nodes", taken: 3 },
      { pods: { app: "web" }, count: 12, ready: 12, inRange: "192.168.0.0/16" },
    ],
  },
  {
    id: "overlay-block-of-24",
    source: "aksOverlay",
    says: "in Overlay each node has a /24 of the pod CIDR, however few Pods it may run, and its Pods have addresses of it",
    cluster: { mode: "overlay", podCidr: "192.168.0.0/16", maxPods: 30 },
    manifests: pod("here", { spec: { nodeName: "node-2" } }),
    story: [
      { object: "Node", key: "node-1", has: { spec: { podCIDR: "192.168.0.0/24" } } },
      { object: "Node", key: "node-2", has: { spec: { podCIDR: "192.168.1.0/24" } } },
      { pods: { app: "here" }, count: 1, inRange: "192.168.1.0/24" },
    ],
  },
  {
    id: "kubenet-blocks",
    source: "aksKubenet",
    says: "with pod CIDR 10.244.0.0/16 the first three nodes have 10.244.0.0/24, 10.244.1.0/24 and 10.244.2.0/24",
    cluster: { mode: "kubenet", podCidr: "10.244.0.0/16" },
    story: [
      { object: "Node", key: "node-1", has: { spec: { podCIDR: "10.244.0.0/24" } } },
      { object: "Node", key: "node-2", has: { spec: { podCIDR: "10.244.1.0/24" } } },
      { object: "Node", key: "node-3", has: { spec: { podCIDR: "10.244.2.0/24" } } },
    ],
  },
  {
    id: "overlay-new-node",
    source: "aksOverlay",
    says: "a node that is added has the next /24 by itself",
    cluster: { nodes: 2 },
    story: [
      { addNode: "node-3" },
      {
        object: "Node",
        key: "node-3",
        has: { spec: { podCIDR: "10.244.2.0/24" }, status: { conditions: [{ status: "True" }] } },
      },
      { subnet: "nodes", taken: 3 },
    ],
  },
  {
    id: "overlay-cidr-exhausted",
    source: "aksOverlay",
    says: "a pod CIDR that has no /24 left gives a further node none, so that no Pod can run there",
    cluster: { nodes: 3, podCidr: "10.244.0.0/23" },
    manifests: deployment("web", { replicas: 4 }),
    story: [
      { pods: { app: "web" }, count: 4, perNode: [2, 2, 0] },
      {
        object: "Node",
        key: "node-3",
        has: { status: { conditions: [{ type: "Ready", status: "False" }] } },
      },
    ],
  },
  {
    id: "node-subnet-reserved-up-front",
    source: "aksLegacy",
    says: "in Node Subnet each node sets aside as many addresses as it may run Pods, though none runs",
    cluster: { mode: "nodeSubnet", maxPods: 30 },
    story: [{ subnet: "nodes", taken: 93 }],
  },
  {
    id: "node-subnet-pods",
    source: "aksLegacy",
    says: "in Node Subnet Pods have addresses of the nodes' subnet, and running them takes no further ones",
    cluster: { mode: "nodeSubnet" },
    manifests: deployment("web", { replicas: 20 }),
    story: [
      { pods: { app: "web" }, count: 20, ready: 20, inRange: "10.224.0.0/16" },
      { subnet: "nodes", taken: 93 },
    ],
  },
  {
    id: "node-subnet-24-holds-eight",
    source: "aksLegacy",
    says: "a /24 holds eight nodes of 30 Pods in Node Subnet; a ninth finds no room",
    cluster: { mode: "nodeSubnet", nodes: 9, ...vnet("10.240.0.0/24") },
    story: [
      { object: "Node", key: "node-8", has: { status: { conditions: [{ type: "Ready", status: "True" }] } } },
      {
        object: "Node",
        key: "node-9",
        has: { status: { conditions: [{ type: "Ready", status: "False" }] } },
      },
      { subnet: "nodes", taken: 248 },
    ],
  },
  {
    id: "kubenet-24-holds-251",
    source: "aksKubenet",
    says: "a /24 holds 251 nodes in kubenet, and not one more",
    story: [
      {
        sizing: { mode: "kubenet", dataPlane: "iptables", maxPods: 110, nodes: 251, surge: 0 },
        needs: 256,
        prefix: 24,
      },
      {
        sizing: { mode: "kubenet", dataPlane: "iptables", maxPods: 110, nodes: 252, surge: 0 },
        needs: 257,
        prefix: 23,
      },
    ],
  },
  {
    id: "sizing-50",
    source: "aksPlanning",
    says: "50 nodes and one for upgrades with 30 Pods each take 1,581 addresses and the five that Azure keeps: a /21",
    story: [
      {
        sizing: { mode: "nodeSubnet", dataPlane: "iptables", maxPods: 30, nodes: 50, surge: 1 },
        needs: 1581 + 5,
        prefix: 21,
      },
    ],
  },
  {
    id: "sizing-60",
    source: "aksPlanning",
    says: "60 nodes and one for upgrades with 30 Pods each take 1,891 addresses and the five that Azure keeps: a /21",
    story: [
      {
        sizing: { mode: "nodeSubnet", dataPlane: "iptables", maxPods: 30, nodes: 60, surge: 1 },
        needs: 1891 + 5,
        prefix: 21,
      },
    ],
  },
  {
    id: "sizing-overlay",
    source: "aksPlanning",
    says: "in Overlay the subnet needs room for nodes, those of an upgrade, and front-ends of internal load balancers",
    story: [
      {
        sizing: { mode: "overlay", dataPlane: "iptables", maxPods: 250, nodes: 50, surge: 1, frontEnds: 3 },
        needs: 50 + 1 + 3 + 5,
        prefix: 26,
      },
    ],
  },
  {
    id: "internal-front-end-takes-an-address",
    source: "aksPlanning",
    says: "the front-end of an internal load balancer takes an address of the cluster's subnet, a public one none",
    manifests: documents(
      deployment("web"),
      service("web", { annotations: INTERNAL, more: { type: "LoadBalancer" } }),
      service("public", { more: { type: "LoadBalancer" } }),
    ),
    story: [{ subnet: "nodes", taken: 4 }],
  },
  {
    id: "pod-subnet-of-its-own",
    source: "aksPodSubnet",
    says: "in Pod Subnet Pods have addresses of a subnet apart from the nodes'",
    cluster: { mode: "podSubnet" },
    manifests: deployment("web", { replicas: 6 }),
    story: [
      { pods: { app: "web" }, count: 6, ready: 6, inRange: "10.225.0.0/16" },
      { subnet: "nodes", taken: 3 },
    ],
  },
  {
    id: "pod-subnet-first-batch",
    source: "aksPodSubnet",
    says: "in Pod Subnet a node asks for 16 addresses when it starts",
    cluster: { mode: "podSubnet", nodes: 3 },
    story: [{ subnet: "pods", taken: 48 }],
  },
  {
    id: "pod-subnet-next-batch",
    source: "aksPodSubnet",
    says: "in Pod Subnet a node asks for 16 more as soon as fewer than eight are free",
    cluster: { mode: "podSubnet", nodes: 1 },
    manifests: deployment("web", { replicas: 8 }),
    story: [
      { subnet: "pods", taken: 16 },
      { scale: "Deployment", key: "web", replicas: 9 },
      { subnet: "pods", taken: 32 },
      { scale: "Deployment", key: "web", replicas: 24 },
      { subnet: "pods", taken: 32 },
      { scale: "Deployment", key: "web", replicas: 25 },
      { subnet: "pods", taken: 48 },
    ],
  },
  {
    id: "pod-subnet-exhausted",
    source: "aksIssue4342",
    says: "where the subnet of Pods is used up a Pod is scheduled, and its sandbox cannot be made",
    cluster: { mode: "podSubnet", nodes: 2, ...vnet("10.240.0.0/24", "10.241.0.0/27") },
    manifests: documents(
      pod("first", { spec: { nodeName: "node-1" } }),
      pod("second", { spec: { nodeSelector: "{ kubernetes.io/hostname: node-2 }" } }),
    ),
    story: [
      { object: "Pod", key: "first", has: { status: { phase: "Running" } } },
      { object: "Pod", key: "second", has: { spec: { nodeName: "node-2" }, status: { phase: "Pending" } } },
      {
        events: [
          { reason: "FailedCreatePodSandBox", key: "default/second", says: "Failed to create pod sandbox" },
        ],
      },
    ],
  },
  {
    id: "azure-keeps-five",
    source: "aksOverlay",
    says: "Azure keeps five addresses of each subnet, so that a /29 has room for three nodes",
    cluster: { nodes: 4, ...vnet("10.240.0.0/29") },
    story: [
      { object: "Node", key: "node-1", has: { status: { addresses: [{ address: "10.240.0.4" }] } } },
      { object: "Node", key: "node-3", has: { status: { addresses: [{ address: "10.240.0.6" }] } } },
      {
        object: "Node",
        key: "node-4",
        has: { status: { conditions: [{ type: "Ready", status: "False" }] } },
      },
    ],
  },
  {
    id: "default-max-pods-overlay",
    source: "aksPlanning",
    says: "in Overlay a node runs 250 Pods by default, and no more",
    cluster: { mode: "overlay", nodes: 1 },
    manifests: deployment("web", { replicas: 251 }),
    story: [{ pods: { app: "web" }, count: 251, ready: 250 }],
  },
  {
    id: "default-max-pods-node-subnet",
    source: "aksPlanning",
    says: "in Node Subnet a node runs 30 Pods by default",
    cluster: { mode: "nodeSubnet", nodes: 1 },
    manifests: deployment("web", { replicas: 31 }),
    story: [{ pods: { app: "web" }, count: 31, ready: 30 }],
  },
  {
    id: "default-max-pods-110",
    source: "aksPlanning",
    says: "in Pod Subnet a node runs 110 Pods by default",
    cluster: { mode: "podSubnet", nodes: 1 },
    manifests: deployment("web", { replicas: 111 }),
    story: [{ pods: { app: "web" }, count: 111, ready: 110 }],
  },
  {
    id: "cilium-says-nothing-of-addresses",
    source: "aksCilium",
    says: "with the Cilium data plane Pods have their addresses from where the mode says",
    cluster: { mode: "nodeSubnet", dataPlane: "cilium" },
    manifests: deployment("web", { replicas: 3 }),
    story: [
      { pods: { app: "web" }, count: 3, ready: 3, inRange: "10.224.0.0/16" },
      { subnet: "nodes", taken: 93 },
    ],
  },
  {
    id: "cilium-overlay",
    source: "aksCilium",
    says: "with the Cilium data plane and Overlay Pods have addresses of the pod CIDR 192.168.0.0/16",
    cluster: { mode: "overlay", dataPlane: "cilium", podCidr: "192.168.0.0/16" },
    manifests: deployment("web", { replicas: 3 }),
    story: [{ pods: { app: "web" }, count: 3, ready: 3, inRange: "192.168.0.0/16" }],
  },
  {
    id: "replacement-has-another-address",
    source: "connect",
    says: "a Pod made in place of another has another name and another address",
    manifests: deployment("web"),
    story: [
      { keep: "name", of: "@podName/web-*" },
      { keep: "address", of: "@pod/web-*" },
      { remove: "Pod", key: "web-*" },
      { differ: ["@kept/name", "@podName/web-*"] },
      { differ: ["@kept/address", "@pod/web-*"] },
    ],
  },
  {
    id: "container-restart-keeps-the-address",
    source: "probes",
    says: "a container that starts anew does so in the same Pod, which keeps its address",
    manifests: deployment("web"),
    story: [
      { keep: "name", of: "@podName/web-*" },
      { keep: "address", of: "@pod/web-*" },
      { restartContainer: "web-*" },
      { same: ["@kept/name", "@podName/web-*"] },
      { same: ["@kept/address", "@pod/web-*"] },
      { object: "Pod", key: "web-*", has: { status: { restartCount: 1 } } },
    ],
  },
];
