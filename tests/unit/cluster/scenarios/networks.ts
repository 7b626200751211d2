import type { ClusterOptions, SecurityRule } from "#lib/core/cluster/index.ts";
import { deployment, documents, pod, service } from "./manifests.ts";
import type { Question, Scenario } from "./scenario.ts";

/** The cluster's VNet, one that is peered with it, one that is peered with that, and an office behind a gateway. */
const AROUND: ClusterOptions = {
  vnets: [
    {
      name: "aks-vnet",
      addressSpace: ["10.240.0.0/15"],
      subnets: [
        { name: "nodes", cidr: "10.240.0.0/22" },
        { name: "pods", cidr: "10.241.0.0/22" },
      ],
    },
    { name: "peer", addressSpace: ["10.50.0.0/16"], subnets: [{ name: "vms", cidr: "10.50.0.0/24" }] },
    { name: "far", addressSpace: ["10.60.0.0/16"], subnets: [{ name: "vms", cidr: "10.60.0.0/24" }] },
  ],
  peerings: [{ between: ["aks-vnet", "peer"] }, { between: ["peer", "far"] }],
  onPremises: { addressSpace: ["192.168.0.0/16"], gatewayIn: "aks-vnet" },
  machines: [
    { name: "vm", address: "10.240.8.9", listens: [80] },
    { name: "peer", address: "10.50.0.9", listens: [80] },
    { name: "far", address: "10.60.0.9", listens: [80] },
    { name: "office", address: "192.168.3.4", listens: [80] },
    { name: "internet", address: "198.51.100.7", listens: [80] },
  ],
};
const MODES = ["overlay", "podSubnet", "nodeSubnet", "kubenet"] as const;
const isFlat = (mode: (typeof MODES)[number]) => mode === "podSubnet" || mode === "nodeSubnet";

const from = (machine: string, answered: boolean): Question => ({
  connect: { from: `machine/${machine}`, to: "@pod/web", port: 8080 },
  sees: answered ? "answered" : "!answered",
});
const to = (machine: string, source: string): Question => ({
  connect: { from: "pod/web", to: `@machine/${machine}`, port: 80 },
  sees: "answered",
  source: [source],
});

const guarded = (rules: readonly SecurityRule[], subnet = "nodes"): ClusterOptions => ({
  ...AROUND,
  securityGroups: [{ name: "guard", rules }],
  vnets: AROUND.vnets?.map((vnet) => ({
    ...vnet,
    subnets: vnet.subnets.map((one) =>
      vnet.name === "aks-vnet" && one.name === subnet ? { ...one, nsg: "guard" } : one,
    ),
  })),
});
const rule = (
  name: string,
  priority: number,
  access: "Allow" | "Deny",
  source: SecurityRule["source"] = "*",
  destination: SecurityRule["source"] = "*",
  destinationPort = "*",
): SecurityRule => ({
  name,
  priority,
  access,
  direction: "Inbound",
  protocol: "*",
  source,
  destination,
  destinationPort,
});

const PUBLIC = documents(
  deployment("shop"),
  service("shop", { more: { type: "LoadBalancer", externalTrafficPolicy: "Local" } }),
);
const ACROSS = documents(
  pod("a", { spec: { nodeName: "node-1" } }),
  pod("b", { spec: { nodeName: "node-2" } }),
);

export const networks: readonly Scenario[] = [
  ...MODES.map(
    (mode): Scenario => ({
      id: `pods-from-outside-${mode}`,
      source: "aksCni",
      says: `in ${mode} Pods are ${isFlat(mode) ? "" : "not "}reached by their addresses from the VNet, from peered ones and from on-premises`,
      cluster: { ...AROUND, mode },
      manifests: pod("web"),
      story: [
        from("vm", isFlat(mode)),
        from("peer", isFlat(mode)),
        from("office", isFlat(mode)),
        from("internet", false),
      ],
    }),
  ),
  ...MODES.map(
    (mode): Scenario => ({
      id: `pods-to-outside-${mode}`,
      source: "aksCni",
      says: `in ${mode} Pods reach machines in the VNet, in peered ones and on-premises`,
      cluster: { ...AROUND, mode },
      manifests: pod("web"),
      story: ["vm", "peer", "office", "internet"].map(
        (machine): Question => ({
          connect: { from: "pod/web", to: `@machine/${machine}`, port: 80 },
          sees: "answered",
        }),
      ),
    }),
  ),
  {
    id: "source-overlay",
    source: "aksOverlay",
    says: "in Overlay others see the address of the Pod's node",
    cluster: { ...AROUND, mode: "overlay" },
    manifests: pod("web"),
    story: [to("vm", "@hostOf/web"), to("peer", "@hostOf/web"), to("office", "@hostOf/web")],
  },
  {
    id: "source-kubenet",
    source: "aksKubenet",
    says: "in kubenet others see the address of the Pod's node",
    cluster: { ...AROUND, mode: "kubenet" },
    manifests: pod("web"),
    story: [to("vm", "@hostOf/web"), to("peer", "@hostOf/web"), to("office", "@hostOf/web")],
  },
  {
    id: "source-node-subnet",
    source: "aksLegacy",
    says: "in Node Subnet machines of the VNet see the Pod's address, those outside it the node's",
    cluster: { ...AROUND, mode: "nodeSubnet" },
    manifests: pod("web"),
    story: [to("vm", "@pod/web"), to("peer", "@hostOf/web"), to("office", "@hostOf/web")],
  },
  {
    id: "source-pod-subnet",
    source: "aksLegacy",
    says: "in Pod Subnet all private networks see the Pod's address",
    cluster: { ...AROUND, mode: "podSubnet" },
    manifests: pod("web"),
    story: [to("vm", "@pod/web"), to("peer", "@pod/web"), to("office", "@pod/web")],
  },
  ...MODES.map(
    (mode): Scenario => ({
      id: `source-internet-${mode}`,
      source: "aksCni",
      says: `in ${mode} the internet sees the public address of the cluster's outbound method`,
      cluster: { ...AROUND, mode, outboundAddress: "203.0.113.9" },
      manifests: pod("web"),
      story: [to("internet", "@outbound")],
    }),
  ),
  {
    id: "peering-is-not-transitive",
    source: "peering",
    says: "a VNet that is peered with a peered one is not reached",
    cluster: { ...AROUND, mode: "podSubnet" },
    manifests: pod("web"),
    story: [
      { connect: { from: "pod/web", to: "@machine/far", port: 80 }, sees: "!answered" },
      from("far", false),
      { connect: { from: "machine/peer", to: "@machine/far", port: 80 }, sees: "answered" },
    ],
  },
  {
    id: "gateway-transit",
    source: "transit",
    says: "on-premises is reached by another VNet's gateway only with gateway transit",
    cluster: {
      ...AROUND,
      mode: "podSubnet",
      onPremises: { addressSpace: ["192.168.0.0/16"], gatewayIn: "peer" },
      peerings: [{ between: ["aks-vnet", "peer"], gatewayTransit: true }],
    },
    manifests: pod("web"),
    story: [from("office", true), to("office", "@pod/web")],
  },
  {
    id: "no-gateway-transit",
    source: "transit",
    says: "without gateway transit a peered VNet's gateway is of no use",
    cluster: {
      ...AROUND,
      mode: "podSubnet",
      onPremises: { addressSpace: ["192.168.0.0/16"], gatewayIn: "peer" },
      peerings: [{ between: ["aks-vnet", "peer"] }],
    },
    manifests: pod("web"),
    story: [
      from("office", false),
      { connect: { from: "pod/web", to: "@machine/office", port: 80 }, sees: "!answered" },
    ],
  },
  {
    id: "pod-cidr-overlaps",
    source: "aksOverlay",
    says: "a machine outside with an address of the pod CIDR is not reached from Pods",
    cluster: { ...AROUND, mode: "overlay", podCidr: "192.168.0.0/16" },
    manifests: pod("web"),
    story: [{ connect: { from: "pod/web", to: "@machine/office", port: 80 }, sees: "!answered" }],
  },
  {
    id: "nsg-defaults",
    source: "nsg",
    says: "a security group without rules of its own lets the VNet in and the internet not",
    cluster: { ...guarded([]), mode: "nodeSubnet" },
    manifests: documents(PUBLIC, pod("web")),
    story: [
      from("vm", true),
      from("peer", true),
      from("office", true),
      {
        connect: { from: "machine/internet", to: "@external/shop", port: 80 },
        sees: "timed out",
        deniedBy: "DenyAllInBound",
      },
      { connect: { from: "pod/web", to: "@machine/internet", port: 80 }, sees: "answered" },
    ],
  },
  {
    id: "nsg-own-subnet",
    source: "aksCni",
    says: "on a subnet of one's own it takes a rule to let the internet in to a front-end",
    cluster: { ...guarded([rule("AllowWeb", 200, "Allow", "Internet", "*", "80")]) },
    manifests: PUBLIC,
    story: [{ connect: { from: "machine/internet", to: "@external/shop", port: 80 }, sees: "answered" }],
  },
  {
    id: "nsg-lowest-number-first",
    source: "nsg",
    says: "the rule with the lowest number that matches decides, wherever it stands",
    cluster: {
      ...guarded([
        rule("AllowVm", 300, "Allow", "10.240.8.9"),
        rule("DenyVnet", 200, "Deny", "VirtualNetwork"),
        rule("AllowPeer", 100, "Allow", "10.50.0.0/16"),
      ]),
      mode: "nodeSubnet",
    },
    manifests: pod("web"),
    story: [
      {
        connect: { from: "machine/vm", to: "@pod/web", port: 8080 },
        sees: "timed out",
        deniedBy: "DenyVnet",
      },
      from("peer", true),
    ],
  },
  {
    id: "nsg-ports",
    source: "nsg",
    says: "a rule for a range of ports decides on these alone",
    cluster: { ...guarded([rule("DenyRange", 200, "Deny", "*", "*", "8000-8080")]), mode: "nodeSubnet" },
    manifests: pod("web", { ports: [8080, 8081] }),
    story: [
      {
        connect: { from: "machine/vm", to: "@pod/web", port: 8080 },
        sees: "timed out",
        deniedBy: "DenyRange",
      },
      { connect: { from: "machine/vm", to: "@pod/web", port: 8081 }, sees: "answered" },
    ],
  },
  {
    id: "nsg-outbound",
    source: "nsg",
    says: "a rule for what leaves a subnet stops Pods there",
    cluster: guarded([{ ...rule("DenyInternet", 200, "Deny", "*", "Internet"), direction: "Outbound" }]),
    manifests: pod("web"),
    story: [
      {
        connect: { from: "pod/web", to: "@machine/internet", port: 80 },
        sees: "timed out",
        deniedBy: "DenyInternet",
      },
      { connect: { from: "pod/web", to: "@machine/vm", port: 80 }, sees: "answered" },
    ],
  },
  {
    id: "nsg-overlay-denies",
    source: "aksOverlay",
    says: "in Overlay a security group that denies all and allows the nodes' subnet stops Pods from reaching each other",
    cluster: guarded([
      rule("AllowNodes", 100, "Allow", "10.240.0.0/22", "10.240.0.0/22"),
      rule("DenyAll", 4000, "Deny"),
    ]),
    manifests: ACROSS,
    story: [{ connect: { from: "pod/a", to: "@pod/b", port: 8080 }, sees: "timed out", deniedBy: "DenyAll" }],
  },
  {
    id: "nsg-overlay-allows",
    source: "aksOverlay",
    says: "in Overlay rules for node to node, node to pod CIDR and pod CIDR to pod CIDR are what the cluster needs",
    cluster: guarded([
      rule("NodesToNodes", 100, "Allow", "10.240.0.0/22", "10.240.0.0/22"),
      rule("NodesToPods", 110, "Allow", "10.240.0.0/22", "10.244.0.0/16"),
      rule("PodsToPods", 120, "Allow", "10.244.0.0/16", "10.244.0.0/16"),
      rule("DenyAll", 4000, "Deny"),
    ]),
    manifests: documents(ACROSS, service("b")),
    story: [
      { connect: { from: "pod/a", to: "@pod/b", port: 8080 }, sees: "answered" },
      { connect: { from: "pod/a", to: "b", port: 80 }, sees: "answered" },
      { connect: { from: "node/node-1", to: "@pod/b", port: 8080 }, sees: "answered" },
    ],
  },
  {
    id: "nsg-of-pods",
    source: "aksPodSubnet",
    says: "in Pod Subnet a security group on the Pods' subnet is for Pods, and leaves nodes alone",
    cluster: { ...guarded([rule("DenyVm", 100, "Deny", "10.240.8.9")], "pods"), mode: "podSubnet" },
    manifests: documents(deployment("web"), service("web", { more: { type: "NodePort" } }), pod("lone")),
    story: [
      { connect: { from: "machine/vm", to: "@pod/lone", port: 8080 }, sees: "timed out", deniedBy: "DenyVm" },
      { connect: { from: "machine/vm", to: "@node/node-1", port: "nodePort" }, sees: "answered" },
    ],
  },
];
