import type { ClusterOptions } from "#lib/core/cluster/index.ts";
import { deployment, documents, pod, service } from "./manifests.ts";
import type { Scenario } from "./scenario.ts";

const INTERNET: ClusterOptions = { machines: [{ name: "client", address: "198.51.100.79" }] };
const IN_VNET: ClusterOptions = { machines: [{ name: "vm", address: "10.230.0.9" }] };
const on = (node: string) => ({ nodeName: node });

/** Of the tutorial on source addresses: one Pod, which runs on node-1. */
const sourceIpApp = (name: string, more: Record<string, string>) =>
  documents(
    deployment("source-ip-app", { image: "echoserver:1.10", ports: [8080], spec: on("node-1") }),
    service(name, { selector: { app: "source-ip-app" }, ports: ["80:8080"], more }),
  );

export const traffic: readonly Scenario[] = [
  {
    id: "source-ip-cluster-ip",
    source: "sourceIp",
    says: "what is sent to a ClusterIP from a Pod arrives with that Pod's address, on the same node and on another",
    example: true,
    manifests: documents(
      sourceIpApp("clusterip", {}),
      pod("busybox", { spec: on("node-2") }),
      pod("neighbour", { spec: on("node-1") }),
    ),
    story: [
      {
        connect: { from: "pod/busybox", to: "@clusterIP/clusterip", port: 80 },
        sees: "answered",
        source: ["@pod/busybox"],
      },
      {
        connect: { from: "pod/neighbour", to: "@clusterIP/clusterip", port: 80 },
        sees: "answered",
        source: ["@pod/neighbour"],
      },
    ],
  },
  {
    id: "source-ip-node-port",
    source: "sourceIp",
    says: "what is sent to a node port from outside arrives with the address of the node it was sent to",
    example: true,
    cluster: IN_VNET,
    manifests: sourceIpApp("nodeport", { type: "NodePort" }),
    story: [
      {
        connect: { from: "machine/vm", to: "@node/node-1", port: "nodePort" },
        sees: "answered",
        source: ["@node/node-1"],
      },
      {
        connect: { from: "machine/vm", to: "@node/node-2", port: "nodePort" },
        sees: "answered",
        source: ["@node/node-2"],
      },
      {
        connect: { from: "machine/vm", to: "@node/node-3", port: "nodePort" },
        sees: "answered",
        source: ["@node/node-3"],
      },
    ],
  },
  {
    id: "source-ip-node-port-local",
    source: "sourceIp",
    says: "with the policy Local only the node with the Pod answers, and the Pod sees the client's own address",
    example: true,
    cluster: IN_VNET,
    manifests: sourceIpApp("nodeport", { type: "NodePort", externalTrafficPolicy: "Local" }),
    story: [
      {
        connect: { from: "machine/vm", to: "@node/node-1", port: "nodePort" },
        sees: "answered",
        source: ["@machine/vm"],
      },
      { connect: { from: "machine/vm", to: "@node/node-2", port: "nodePort" }, sees: "timed out" },
      { connect: { from: "machine/vm", to: "@node/node-3", port: "nodePort" }, sees: "timed out" },
    ],
  },
  {
    id: "source-ip-load-balancer",
    source: "sourceIp",
    says: "what comes by a load balancer arrives with the address of the node it was handed to",
    example: true,
    cluster: INTERNET,
    manifests: sourceIpApp("loadbalancer", { type: "LoadBalancer" }),
    story: [
      {
        connect: { from: "machine/client", to: "@external/loadbalancer", port: 80 },
        sees: "answered",
        source: ["@node/node-1", "@node/node-2", "@node/node-3"],
      },
      { frontEnd: "loadbalancer", healthy: ["node-1", "node-2", "node-3"] },
    ],
  },
  {
    id: "source-ip-load-balancer-local",
    source: "sourceIp",
    says: "with the policy Local nodes without the Pod fail the health check at a port of its own, and the client's address is kept",
    example: true,
    cluster: INTERNET,
    manifests: sourceIpApp("loadbalancer", { type: "LoadBalancer", externalTrafficPolicy: "Local" }),
    story: [
      { healthPort: "loadbalancer", is: "allocated" },
      { frontEnd: "loadbalancer", healthy: ["node-1"] },
      {
        connect: { from: "machine/client", to: "@external/loadbalancer", port: 80 },
        sees: "answered",
        source: ["@machine/client"],
      },
    ],
  },
  {
    id: "health-port-by-policy",
    source: "sourceIp",
    says: "setting the policy Local on a load balancer's Service allocates its health check port",
    manifests: sourceIpApp("loadbalancer", { type: "LoadBalancer" }),
    story: [
      { healthPort: "loadbalancer", is: "absent" },
      { apply: sourceIpApp("loadbalancer", { type: "LoadBalancer", externalTrafficPolicy: "Local" }) },
      { healthPort: "loadbalancer", is: "allocated" },
    ],
  },
  {
    id: "azure-vote-front",
    source: "aksConfigureLb",
    says: "azure-vote-front with the policy Local sees its clients' addresses; without, those of nodes",
    example: true,
    cluster: INTERNET,
    manifests: `
apiVersion: v1
kind: Service
metadata:
  name: azure-vote-front
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  ports:
  - port: 80
  selector:
    app: azure-vote-front
---
${deployment("azure-vote-front", { replicas: 2, ports: [80] })}
`,
    story: [
      {
        connect: { from: "machine/client", to: "@external/azure-vote-front", port: 80 },
        sees: "answered",
        source: ["@machine/client"],
      },
      { apply: service("azure-vote-front", { ports: ["80"], more: { type: "LoadBalancer" } }) },
      {
        connect: { from: "machine/client", to: "@external/azure-vote-front", port: 80 },
        sees: "answered",
        source: ["@node/node-1", "@node/node-2", "@node/node-3"],
      },
    ],
  },
  {
    id: "local-counts-ready-pods",
    source: "vips",
    says: "with the policy Local a node whose Pod is not ready is as one without",
    cluster: INTERNET,
    manifests: documents(
      deployment("web", { replicas: 3, probe: 8080 }),
      service("web", { more: { type: "LoadBalancer", externalTrafficPolicy: "Local" } }),
    ),
    story: [
      { frontEnd: "web", healthy: ["node-1", "node-2", "node-3"] },
      { ready: "web-*", is: false },
      { frontEnd: "web", healthyCount: 2 },
      {
        connect: { from: "machine/client", to: "@external/web", port: 80 },
        sees: "answered",
        source: ["@machine/client"],
      },
    ],
  },
  {
    id: "cluster-policy-uses-all-endpoints",
    source: "vips",
    says: "with the policy Cluster each node hands on to all ready endpoints, wherever they are",
    cluster: IN_VNET,
    manifests: documents(
      pod("a", { labels: { app: "web" }, spec: on("node-1") }),
      pod("b", { labels: { app: "web" }, spec: on("node-2") }),
      service("web", { more: { type: "NodePort" } }),
    ),
    story: [
      {
        connect: { from: "machine/vm", to: "@node/node-3", port: "nodePort" },
        sees: "answered",
        reaches: ["a", "b"],
      },
    ],
  },
  {
    id: "internal-policy-local",
    source: "internalPolicy",
    says: "with internalTrafficPolicy Local a Pod reaches endpoints of its own node; on a node without any the Service is as if it had none",
    example: true,
    cluster: { images: { "app:1": { listens: [9376] } } },
    manifests: `
apiVersion: v1
kind: Service
metadata:
  name: my-service
spec:
  selector: { app: MyApp }
  ports:
  - protocol: TCP
    port: 80
    targetPort: 9376
  internalTrafficPolicy: Local
---
${documents(
  pod("server-1", { labels: { app: "MyApp" }, spec: on("node-1") }),
  pod("server-2", { labels: { app: "MyApp" }, spec: on("node-2") }),
  pod("client-1", { spec: on("node-1") }),
  pod("client-3", { spec: on("node-3") }),
)}`,
    story: [
      {
        connect: { from: "pod/client-1", to: "my-service", port: 80 },
        sees: "answered",
        reaches: ["server-1"],
      },
      { connect: { from: "pod/client-3", to: "my-service", port: 80 }, sees: "!answered" },
    ],
  },
  {
    id: "internal-policy-default",
    source: "internalPolicy",
    says: "without internalTrafficPolicy endpoints of all nodes are used",
    manifests: documents(
      pod("server-1", { labels: { app: "web" }, spec: on("node-1") }),
      pod("server-2", { labels: { app: "web" }, spec: on("node-2") }),
      pod("client", { spec: on("node-1") }),
      service("web"),
    ),
    story: [
      { object: "Service", key: "web", has: { spec: { internalTrafficPolicy: "Cluster" } } },
      {
        connect: { from: "pod/client", to: "web", port: 80 },
        sees: "answered",
        reaches: ["server-1", "server-2"],
      },
    ],
  },
  {
    id: "internal-policy-is-not-for-outside",
    source: "vips",
    says: "internalTrafficPolicy is for traffic from inside: what comes to a node port goes by the other policy",
    cluster: IN_VNET,
    manifests: documents(
      pod("server", { labels: { app: "web" }, spec: on("node-1") }),
      service("web", { more: { type: "NodePort", internalTrafficPolicy: "Local" } }),
    ),
    story: [
      {
        connect: { from: "machine/vm", to: "@node/node-2", port: "nodePort" },
        sees: "answered",
        reaches: ["server"],
      },
    ],
  },
  {
    id: "affinity-by-client",
    source: "vips",
    says: "with sessionAffinity ClientIP all connections of a client go to one Pod",
    manifests: documents(
      deployment("web", { replicas: 3 }),
      service("web", { more: { sessionAffinity: "ClientIP" } }),
      pod("client"),
    ),
    story: [{ sticks: { from: "pod/client", to: "web", port: 80 }, always: true }],
  },
  {
    id: "no-affinity",
    source: "vips",
    says: "without session affinity each connection may go to another Pod",
    manifests: documents(deployment("web", { replicas: 3 }), service("web"), pod("client")),
    story: [
      { object: "Service", key: "web", has: { spec: { sessionAffinity: "None" } } },
      { sticks: { from: "pod/client", to: "web", port: 80 }, always: false },
    ],
  },
  {
    id: "no-second-try",
    source: "vips",
    says: "a connection for which a Pod was picked that does not answer fails; no other is tried",
    cluster: { images: { "broken:1": { listens: [] } } },
    manifests: documents(
      pod("good", { labels: { app: "web" } }),
      pod("bad", { labels: { app: "web" }, image: "broken:1" }),
      service("web"),
      pod("client"),
    ),
    story: [
      {
        connect: { from: "pod/client", to: "web", port: 80 },
        sees: ["answered", "refused"],
        reaches: ["good"],
      },
    ],
  },
  {
    id: "readiness-avoids-failure",
    source: "vips",
    says: "a readiness probe keeps a Pod that does not work from being picked",
    cluster: { images: { "broken:1": { listens: [] } } },
    manifests: documents(
      pod("good", { labels: { app: "web" }, probe: 8080 }),
      pod("bad", { labels: { app: "web" }, image: "broken:1", probe: 8080 }),
      service("web"),
      pod("client"),
    ),
    story: [{ connect: { from: "pod/client", to: "web", port: 80 }, sees: "answered", reaches: ["good"] }],
  },
  {
    id: "kube-proxy-does-services",
    source: "vips",
    says: "kube-proxy's rules on the node turn a Service's address into that of a Pod",
    manifests: documents(deployment("web"), service("web"), pod("client")),
    story: [
      {
        connect: { from: "pod/client", to: "web", port: 80 },
        sees: "answered",
        deeds: ["service by kube-proxy", "!masquerade"],
      },
    ],
  },
  {
    id: "cilium-does-services",
    source: "aksCilium",
    says: "with the Cilium data plane there is no kube-proxy, and Services work all the same",
    cluster: { dataPlane: "cilium" },
    manifests: documents(deployment("web"), service("web"), pod("client")),
    story: [
      {
        connect: { from: "pod/client", to: "web", port: 80 },
        sees: "answered",
        deeds: ["service by cilium", "!service by kube-proxy"],
      },
    ],
  },
  ...(["overlay", "podSubnet", "nodeSubnet", "kubenet"] as const).map(
    (mode): Scenario => ({
      id: `pods-without-nat-${mode}`,
      source: "connect",
      says: `in ${mode} Pods on different nodes reach each other without translation of addresses`,
      cluster: { mode },
      manifests: documents(pod("a", { spec: on("node-1") }), pod("b", { spec: on("node-2") })),
      story: [
        {
          connect: { from: "pod/a", to: "@pod/b", port: 8080 },
          sees: "answered",
          source: ["@pod/a"],
          deeds: ["!masquerade"],
        },
      ],
    }),
  ),
  {
    id: "pods-reached-from-nodes",
    source: "connect",
    says: "any node reaches any Pod by its address",
    manifests: pod("web", { spec: on("node-1") }),
    story: [
      { connect: { from: "node/node-1", to: "@pod/web", port: 8080 }, sees: "answered" },
      { connect: { from: "node/node-3", to: "@pod/web", port: 8080 }, sees: "answered" },
    ],
  },
  {
    id: "hairpin",
    source: "debugService",
    says: "a Pod reaches itself by the Service that it is an endpoint of",
    manifests: documents(pod("web"), service("web")),
    story: [{ connect: { from: "pod/web", to: "web", port: 80 }, sees: "answered", reaches: ["web"] }],
  },
];
