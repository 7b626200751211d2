import type { ClusterOptions } from "#lib/core/cluster/index.ts";
import { deployment, documents, pod, service } from "./manifests.ts";
import type { Scenario } from "./scenario.ts";

const INTERNAL = { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" };
const PUBLIC = { more: { type: "LoadBalancer" } };
const VNET: ClusterOptions = {
  vnets: [
    {
      name: "aks-vnet",
      addressSpace: ["10.240.0.0/15"],
      subnets: [
        { name: "nodes", cidr: "10.240.0.0/24" },
        { name: "apps-subnet", cidr: "10.240.1.0/24" },
      ],
    },
    { name: "other", addressSpace: ["10.50.0.0/16"], subnets: [{ name: "vms", cidr: "10.50.0.0/24" }] },
  ],
  peerings: [{ between: ["aks-vnet", "other"] }],
  onPremises: { addressSpace: ["192.168.0.0/16"], gatewayIn: "aks-vnet" },
  machines: [
    { name: "internet", address: "198.51.100.7" },
    { name: "vm", address: "10.241.0.9" },
    { name: "peer", address: "10.50.0.9" },
    { name: "office", address: "192.168.3.4" },
  ],
};
const internalApp = (annotations: string) => `
apiVersion: v1
kind: Service
metadata:
  name: internal-app
  annotations:
    service.beta.kubernetes.io/azure-load-balancer-internal: "true"
${annotations}
spec:
  type: LoadBalancer
  ports:
  - port: 80
  selector:
    app: internal-app
---
${deployment("internal-app", { ports: [80] })}
`;

export const loadBalancers: readonly Scenario[] = [
  {
    id: "public-svc",
    source: "aksLb",
    says: "public-svc gets a public address, a node port, target port 80, no affinity, and the policy Cluster",
    example: true,
    cluster: VNET,
    manifests: `
apiVersion: v1
kind: Service
metadata:
  name: public-svc
spec:
  type: LoadBalancer
  ports:
  - port: 80
  selector:
    app: public-app
---
${deployment("public-app", { ports: [80] })}
`,
    story: [
      {
        object: "Service",
        key: "public-svc",
        has: {
          spec: {
            ports: [{ port: 80, targetPort: 80 }],
            sessionAffinity: "None",
            externalTrafficPolicy: "Cluster",
          },
        },
      },
      { nodePorts: "public-svc", from: 30000, to: 32767, distinct: 1 },
      { frontEnd: "public-svc", balancer: "kubernetes" },
      {
        connect: { from: "machine/internet", to: "@external/public-svc", port: 80 },
        sees: "answered",
        reaches: ["public-app-*"],
      },
    ],
  },
  {
    id: "internal-app",
    source: "aksInternalLb",
    says: "with the annotation for an internal load balancer EXTERNAL-IP is a private address of the cluster's subnet",
    example: true,
    cluster: VNET,
    manifests: internalApp(""),
    story: [
      { frontEnd: "internal-app", balancer: "kubernetes-internal", inRange: "10.240.0.0/24" },
      {
        connect: { from: "machine/vm", to: "@external/internal-app", port: 80 },
        sees: "answered",
        reaches: ["internal-app-*"],
      },
    ],
  },
  {
    id: "internal-app-subnet",
    source: "aksInternalLb",
    says: "with the annotation that names apps-subnet EXTERNAL-IP is an address of that subnet",
    example: true,
    cluster: VNET,
    manifests: internalApp(
      '    service.beta.kubernetes.io/azure-load-balancer-internal-subnet: "apps-subnet"',
    ),
    story: [{ frontEnd: "internal-app", inRange: "10.240.1.0/24" }],
  },
  {
    id: "internal-app-address",
    source: "aksInternalLb",
    says: "with the annotation that names 10.240.0.25 EXTERNAL-IP is that address",
    example: true,
    cluster: VNET,
    manifests: internalApp("    service.beta.kubernetes.io/azure-load-balancer-ipv4: 10.240.0.25"),
    story: [{ same: ["@external/internal-app", "10.240.0.25"] }],
  },
  {
    id: "internal-is-private",
    source: "aksServices",
    says: "an internal front-end is reached from the VNet, peered ones and on-premises, and not from the internet",
    cluster: VNET,
    manifests: internalApp(""),
    story: [
      { connect: { from: "machine/vm", to: "@external/internal-app", port: 80 }, sees: "answered" },
      { connect: { from: "machine/peer", to: "@external/internal-app", port: 80 }, sees: "answered" },
      { connect: { from: "machine/office", to: "@external/internal-app", port: 80 }, sees: "answered" },
      { connect: { from: "machine/internet", to: "@external/internal-app", port: 80 }, sees: "!answered" },
    ],
  },
  {
    id: "front-end-each",
    source: "aksLb",
    says: "each further Service gets a front-end address of its own on the one load balancer",
    manifests: documents(service("a", PUBLIC), service("b", PUBLIC), service("c", PUBLIC)),
    story: [
      { balancers: ["kubernetes"] },
      { differ: ["@external/a", "@external/b"] },
      { differ: ["@external/b", "@external/c"] },
      { differ: ["@external/a", "@external/c"] },
    ],
  },
  {
    id: "internal-and-public",
    source: "aksInternalLb",
    says: "internal front-ends are on a load balancer apart from that of public ones",
    manifests: documents(service("a", PUBLIC), service("b", { ...PUBLIC, annotations: INTERNAL })),
    story: [{ balancers: ["kubernetes", "kubernetes-internal"] }],
  },
  {
    id: "pool-of-nodes",
    source: "aksConfigureLb",
    says: "the backend pool is of nodes, all of them, wherever the Pods are",
    manifests: documents(deployment("web", { spec: { nodeName: "node-2" } }), service("web", PUBLIC)),
    story: [
      { frontEnd: "web", pool: ["node-1", "node-2", "node-3"], healthy: ["node-1", "node-2", "node-3"] },
    ],
  },
  {
    id: "probe-of-cluster-policy",
    source: "aksConfigureLb",
    says: "with the policy Cluster the probe is by TCP",
    manifests: documents(deployment("web"), service("web", PUBLIC)),
    story: [{ frontEnd: "web", probe: "TCP" }],
  },
  {
    id: "probe-of-local-policy",
    source: "aksConfigureLb",
    says: "with the policy Local the probe asks by HTTP at the Service's health check port, and nodes without its Pods fail it",
    manifests: documents(
      deployment("web", { spec: { nodeName: "node-2" } }),
      service("web", { more: { type: "LoadBalancer", externalTrafficPolicy: "Local" } }),
    ),
    story: [{ frontEnd: "web", probe: "HTTP", pool: ["node-1", "node-2", "node-3"], healthy: ["node-2"] }],
  },
  {
    id: "no-probe-for-udp",
    source: "aksConfigureLb",
    says: "with the policy Cluster there is no probe for UDP, so that every node gets packets",
    manifests: `{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 53, protocol: UDP }] } }`,
    story: [{ frontEnd: "web", healthy: ["node-1", "node-2", "node-3"] }],
  },
  {
    id: "node-excluded-by-label",
    source: "aksConfigureLb",
    says: "a node with the label that excludes it from load balancers is in no pool",
    manifests: documents(
      `{ apiVersion: v1, kind: Node, metadata: { name: node-3, labels: { node.kubernetes.io/exclude-from-external-load-balancers: "true" } } }`,
      deployment("web"),
      service("web", PUBLIC),
    ),
    story: [{ frontEnd: "web", pool: ["node-1", "node-2"] }],
  },
  {
    id: "node-not-ready-excluded",
    source: "azureProvider",
    says: "a node that is not ready is taken out of the pool",
    manifests: documents(deployment("web", { spec: { nodeName: "node-1" } }), service("web", PUBLIC)),
    story: [
      { failNode: "node-3", seconds: 60 },
      { frontEnd: "web", pool: ["node-1", "node-2"], healthy: ["node-1", "node-2"] },
    ],
  },
  {
    id: "node-joins-pool",
    source: "aksConfigureLb",
    says: "a node that joins the cluster joins the pool",
    cluster: { nodes: 2 },
    manifests: documents(deployment("web"), service("web", PUBLIC)),
    story: [{ addNode: "node-3" }, { frontEnd: "web", pool: ["node-1", "node-2", "node-3"] }],
  },
  {
    id: "front-end-goes-with-service",
    source: "aksInternalLb",
    says: "deleting a Service deletes its front-end, and with the last one the load balancer",
    manifests: documents(service("a", PUBLIC), service("b", PUBLIC)),
    story: [
      { keep: "address", of: "@external/b" },
      { remove: "Service", key: "a" },
      { balancers: ["kubernetes"] },
      { same: ["@kept/address", "@external/b"] },
      { remove: "Service", key: "b" },
      { balancers: [] },
    ],
  },
  {
    id: "store-front",
    source: "aksQuickstart",
    says: "the store's front end is reached on port 80 from the internet, its services by name from inside only",
    example: true,
    cluster: { ...VNET, images: { "rabbitmq:3.10-management-alpine": {} } },
    manifests: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: rabbitmq }
spec:
  serviceName: rabbitmq
  replicas: 1
  selector: { matchLabels: { app: rabbitmq } }
  template:
    metadata: { labels: { app: rabbitmq } }
    spec:
      containers:
      - name: rabbitmq
        image: rabbitmq:3.10-management-alpine
        ports:
        - { containerPort: 5672, name: rabbitmq-amqp }
        - { containerPort: 15672, name: rabbitmq-http }
---
apiVersion: v1
kind: Service
metadata: { name: rabbitmq }
spec:
  selector: { app: rabbitmq }
  ports:
  - { name: rabbitmq-amqp, port: 5672, targetPort: 5672 }
  - { name: rabbitmq-http, port: 15672, targetPort: 15672 }
  type: ClusterIP
---
${deployment("order-service", { ports: [3000], probe: 3000 })}
---
${service("order-service", { ports: ["http/3000:3000"] })}
---
${deployment("store-front", { ports: ["store-front:8080"], probe: 8080 })}
---
${service("store-front", { ports: ["80:8080"], more: { type: "LoadBalancer" } })}
`,
    story: [
      {
        connect: { from: "machine/internet", to: "@external/store-front", port: 80 },
        sees: "answered",
        reaches: ["store-front-*"],
      },
      {
        connect: { from: "pod/store-front-*", to: "order-service", port: 3000 },
        sees: "answered",
        reaches: ["order-service-*"],
      },
      {
        connect: { from: "pod/order-service-*", to: "rabbitmq", port: 5672 },
        sees: "answered",
        reaches: ["rabbitmq-0"],
      },
      {
        connect: { from: "machine/internet", to: "@clusterIP/order-service", port: 3000 },
        sees: "!answered",
      },
    ],
  },
  {
    id: "load-balancer-without-pods",
    source: "service",
    says: "a LoadBalancer Service without Pods gets an address, and nobody answers there",
    cluster: VNET,
    manifests: documents(service("web", PUBLIC), pod("client")),
    story: [{ connect: { from: "machine/internet", to: "@external/web", port: 80 }, sees: "!answered" }],
  },
  {
    id: "outbound-apart-from-front-ends",
    source: "aksLb",
    says: "Pods go out to the internet from the outbound pool's address, not from that of their Service's front-end",
    cluster: { ...VNET, machines: [{ name: "internet", address: "198.51.100.7", listens: [443] }] },
    manifests: documents(deployment("web"), service("web", PUBLIC)),
    story: [
      { differ: ["@external/web", "@outbound"] },
      {
        connect: { from: "pod/web-*", to: "@machine/internet", port: 443 },
        sees: "answered",
        source: ["@outbound"],
      },
    ],
  },
  {
    id: "load-balancer-other-port",
    source: "aksLb",
    says: "at the address of a front-end only the Service's ports are answered",
    cluster: VNET,
    manifests: documents(deployment("web"), service("web", PUBLIC)),
    story: [
      { connect: { from: "machine/internet", to: "@external/web", port: 80 }, sees: "answered" },
      { connect: { from: "machine/internet", to: "@external/web", port: 8080 }, sees: "!answered" },
    ],
  },
];
