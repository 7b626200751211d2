import { deployment, documents, namespace, pod, service } from "./manifests.ts";
import type { Scenario } from "./scenario.ts";

const WEB = documents(deployment("web"), pod("client"));
const INTERNET = { machines: [{ name: "client", address: "198.51.100.7" }] };
const IN_VNET = { machines: [{ name: "vm", address: "10.230.0.9", listens: [22] }] };

export const services: readonly Scenario[] = [
  {
    id: "type-default",
    source: "service",
    says: "a Service is of type ClusterIP unless it says otherwise, with an address of the service range",
    cluster: { serviceCidr: "10.0.0.0/16" },
    manifests: documents(WEB, service("web")),
    story: [
      { object: "Service", key: "web", has: { spec: { type: "ClusterIP" } } },
      { within: "@clusterIP/web", cidr: "10.0.0.0/16" },
      { connect: { from: "pod/client", to: "@clusterIP/web", port: 80 }, sees: "answered" },
    ],
  },
  {
    id: "target-port-default",
    source: "service",
    says: "targetPort is the port, and the protocol TCP, unless said otherwise",
    manifests: documents(
      deployment("web", { ports: [80] }),
      pod("client"),
      service("web", { ports: ["80"] }),
    ),
    story: [
      {
        object: "Service",
        key: "web",
        has: { spec: { ports: [{ port: 80, targetPort: 80, protocol: "TCP" }] } },
      },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "answered" },
      { connect: { from: "pod/client", to: "web", port: 80, protocol: "UDP" }, sees: "!answered" },
    ],
  },
  {
    id: "cluster-ip-inside-only",
    source: "service",
    says: "a ClusterIP is reached only from within the cluster",
    cluster: IN_VNET,
    manifests: documents(WEB, service("web")),
    story: [
      { connect: { from: "machine/vm", to: "@clusterIP/web", port: 80 }, sees: "!answered" },
      { connect: { from: "node/node-1", to: "@clusterIP/web", port: 80 }, sees: "answered" },
    ],
  },
  {
    id: "cluster-ip-inside-only-flat",
    source: "service",
    says: "a ClusterIP is not reached from the VNet either where the Pods behind it are",
    cluster: { ...IN_VNET, mode: "nodeSubnet" },
    manifests: documents(WEB, service("web")),
    story: [
      { connect: { from: "machine/vm", to: "@pod/web-*", port: 8080 }, sees: "answered" },
      { connect: { from: "machine/vm", to: "@clusterIP/web", port: 80 }, sees: "!answered" },
    ],
  },
  {
    id: "node-port-chosen",
    source: "service",
    says: "a Service with node port 30007 is reached at that port of every node, from outside the cluster too",
    example: true,
    cluster: { images: { "app:1": { listens: [80] } }, ...IN_VNET },
    manifests: `
apiVersion: v1
kind: Service
metadata:
  name: my-service
spec:
  type: NodePort
  selector: { app.kubernetes.io/name: MyApp }
  ports:
  - port: 80
    targetPort: 80
    nodePort: 30007
---
${pod("my-app", { labels: { "app.kubernetes.io/name": "MyApp" } })}
`,
    story: [
      {
        connect: { from: "machine/vm", to: "@node/node-1", port: 30007 },
        sees: "answered",
        reaches: ["my-app"],
      },
      {
        connect: { from: "machine/vm", to: "@node/node-2", port: 30007 },
        sees: "answered",
        reaches: ["my-app"],
      },
      {
        connect: { from: "machine/vm", to: "@node/node-3", port: 30007 },
        sees: "answered",
        reaches: ["my-app"],
      },
      { connect: { from: "node/node-2", to: "@clusterIP/my-service", port: 80 }, sees: "answered" },
    ],
  },
  {
    id: "node-port-allocated",
    source: "service",
    says: "a NodePort Service gets a port of 30000 to 32767, one for each of its ports, and a ClusterIP besides",
    manifests: documents(
      WEB,
      service("web", { ports: ["a/80:8080", "b/81:8080"], more: { type: "NodePort" } }),
    ),
    story: [
      { nodePorts: "web", from: 30000, to: 32767, distinct: 2 },
      { connect: { from: "pod/client", to: "@clusterIP/web", port: 81 }, sees: "answered" },
    ],
  },
  {
    id: "node-port-out-of-range",
    source: "service",
    says: "a node port outside the range is refused",
    story: [
      {
        apply: `{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { type: NodePort, ports: [{ port: 80, nodePort: 8080 }] } }`,
        refused: "not in the valid range",
      },
    ],
  },
  {
    id: "node-port-taken",
    source: "service",
    says: "a node port that another Service has is refused",
    manifests: `{ apiVersion: v1, kind: Service, metadata: { name: first }, spec: { type: NodePort, ports: [{ port: 80, nodePort: 30007 }] } }`,
    story: [
      {
        apply: `{ apiVersion: v1, kind: Service, metadata: { name: second }, spec: { type: NodePort, ports: [{ port: 80, nodePort: 30007 }] } }`,
        refused: "provided port is already allocated",
      },
    ],
  },
  {
    id: "node-port-needs-type",
    source: "service",
    says: "a Service of type ClusterIP has no node port",
    story: [
      {
        apply: `{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { ports: [{ port: 80, nodePort: 30007 }] } }`,
        refused: "may not be used when `type` is 'ClusterIP'",
      },
    ],
  },
  {
    id: "address-bands",
    source: "vips",
    says: "addresses that are not chosen come from the upper band of the range, so that the lower 16 of a /24 stay free",
    cluster: { serviceCidr: "10.0.0.0/24" },
    manifests: documents(...Array.from({ length: 40 }, (_, n) => service(`web-${n}`))),
    story: [{ serviceAddresses: "10.0.0.0/28", count: 0 }],
  },
  {
    id: "load-balancer-with-chosen-cluster-ip",
    source: "service",
    says: "a LoadBalancer Service with a clusterIP of its choice keeps it, and gets an external address and a node port",
    example: true,
    cluster: { serviceCidr: "10.0.0.0/16", images: { "app:1": { listens: [9376] } }, ...INTERNET },
    manifests: `
apiVersion: v1
kind: Service
metadata:
  name: my-service
spec:
  selector: { app.kubernetes.io/name: MyApp }
  ports:
  - protocol: TCP
    port: 80
    targetPort: 9376
  clusterIP: 10.0.171.239
  type: LoadBalancer
---
${pod("my-app", { labels: { "app.kubernetes.io/name": "MyApp" } })}
`,
    story: [
      { same: ["@clusterIP/my-service", "10.0.171.239"] },
      { nodePorts: "my-service", from: 30000, to: 32767, distinct: 1 },
      {
        connect: { from: "machine/client", to: "@external/my-service", port: 80 },
        sees: "answered",
        reaches: ["my-app"],
      },
    ],
  },
  {
    id: "cluster-ip-outside-range",
    source: "service",
    says: "a clusterIP outside the service range is refused",
    cluster: { serviceCidr: "10.0.0.0/16" },
    story: [{ apply: service("web", { more: { clusterIP: "10.96.0.5" } }), refused: "spec.clusterIP" }],
  },
  {
    id: "cluster-ip-taken",
    source: "vips",
    says: "no two Services have the same clusterIP",
    manifests: service("first", { more: { clusterIP: "10.0.0.50" } }),
    story: [{ apply: service("second", { more: { clusterIP: "10.0.0.50" } }), refused: "spec.clusterIP" }],
  },
  {
    id: "cluster-ip-stays",
    source: "connect",
    says: "the ClusterIP of a Service does not change while it lives, whatever else of it does",
    manifests: documents(WEB, service("web")),
    story: [
      { keep: "address", of: "@clusterIP/web" },
      { apply: service("web", { selector: { app: "other" }, ports: ["8080"], more: { type: "NodePort" } }) },
      { same: ["@kept/address", "@clusterIP/web"] },
      { apply: service("web", { more: { clusterIP: "10.0.0.99" } }), refused: "may not change once set" },
    ],
  },
  {
    id: "headless",
    source: "service",
    says: "a headless Service gets no ClusterIP, and nothing is done to packets for its Pods",
    manifests: documents(
      deployment("web", { replicas: 2 }),
      pod("client"),
      service("web", { more: { clusterIP: "None" } }),
    ),
    story: [
      { object: "Service", key: "web", has: { spec: { clusterIP: "None" } } },
      {
        connect: { from: "pod/client", to: "web", port: 8080 },
        sees: "answered",
        reaches: ["web-*"],
        deeds: ["lookUp", "!service"],
      },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "refused" },
    ],
  },
  {
    id: "external-name",
    source: "service",
    says: "my-service in prod stands for my.database.example.com by an alias in DNS, and connections go there directly",
    example: true,
    cluster: {
      machines: [
        { name: "db", address: "198.51.100.20", hostname: "my.database.example.com", listens: [5432] },
      ],
    },
    manifests: `
apiVersion: v1
kind: Namespace
metadata: { name: prod }
---
apiVersion: v1
kind: Service
metadata:
  name: my-service
  namespace: prod
spec:
  type: ExternalName
  externalName: my.database.example.com
---
${pod("client", { namespace: "prod" })}
`,
    story: [
      {
        lookUp: "my-service.prod.svc.cluster.local",
        from: "pod/prod/client",
        gives: ["@machine/db"],
        name: "my.database.example.com",
      },
      {
        connect: { from: "pod/prod/client", to: "my-service", port: 5432 },
        sees: "answered",
        reaches: ["db"],
        deeds: ["!service"],
      },
    ],
  },
  {
    id: "external-name-maps-no-ports",
    source: "service",
    says: "an ExternalName Service maps no ports: who connects to its port 80 comes to port 80 there",
    cluster: {
      machines: [{ name: "db", address: "198.51.100.20", hostname: "db.example.com", listens: [5432] }],
    },
    manifests: documents(
      pod("client"),
      service("db", {
        selector: null,
        ports: ["80:5432"],
        more: { type: "ExternalName", externalName: "db.example.com" },
      }),
    ),
    story: [
      { connect: { from: "pod/client", to: "db", port: 80 }, sees: "refused" },
      { connect: { from: "pod/client", to: "db", port: 5432 }, sees: "answered" },
    ],
  },
  {
    id: "external-name-as-address",
    source: "service",
    says: "an externalName that looks like an address is accepted, and resolves to nothing",
    cluster: { machines: [{ name: "db", address: "198.51.100.20", listens: [5432] }] },
    manifests: documents(
      pod("client"),
      `{ apiVersion: v1, kind: Service, metadata: { name: db }, spec: { type: ExternalName, externalName: 198.51.100.20 } }`,
    ),
    story: [{ lookUp: "db", from: "pod/client", gives: "nothing" }],
  },
  {
    id: "nobody-has-a-service-address",
    source: "vips",
    says: "no host answers for a Service's address: what is not for one of its ports gets no answer, a ping neither",
    manifests: documents(WEB, service("web")),
    story: [
      { connect: { from: "pod/client", to: "@clusterIP/web", port: 81 }, sees: "!answered" },
      { connect: { from: "pod/client", to: "@clusterIP/web", port: 0, protocol: "ICMP" }, sees: "!answered" },
      { connect: { from: "pod/client", to: "@pod/web-*", port: 0, protocol: "ICMP" }, sees: "answered" },
    ],
  },
  {
    id: "one-port-two-protocols",
    source: "connect",
    says: "one port may be there twice, for UDP and for TCP, as with kube-dns",
    story: [
      {
        apply: `
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec:
  clusterIP: 10.0.0.10
  selector: { k8s-app: kube-dns }
  ports:
  - { name: dns, port: 53, protocol: UDP }
  - { name: dns-tcp, port: 53, protocol: TCP }
`,
      },
      { same: ["@clusterIP/kube-system/kube-dns", "10.0.0.10"] },
    ],
  },
  {
    id: "external-policy-needs-external-type",
    source: "vips",
    says: "a policy for traffic from outside is for Services that are reached from outside",
    story: [
      {
        apply: service("web", { more: { externalTrafficPolicy: "Local" } }),
        refused: "may only be set for externally-accessible services",
      },
    ],
  },
  {
    id: "service-name-is-a-label",
    source: "service",
    says: "a Service's name is a DNS label: no underscores, no dots",
    story: [
      { apply: service("my_service"), refused: "metadata.name" },
      { apply: service("my.service"), refused: "metadata.name" },
    ],
  },
  {
    id: "services-in-namespaces",
    source: "dns",
    says: "Services of one name in two namespaces are two, each with its own address and Pods",
    manifests: documents(
      namespace("prod"),
      deployment("web"),
      deployment("web", { namespace: "prod" }),
      service("web"),
      service("web", { namespace: "prod" }),
      pod("client", { namespace: "prod" }),
    ),
    story: [
      { differ: ["@clusterIP/web", "@clusterIP/prod/web"] },
      {
        connect: { from: "pod/prod/client", to: "web", port: 80 },
        sees: "answered",
        reaches: ["prod/web-*"],
      },
      {
        connect: { from: "pod/prod/client", to: "web.default", port: 80 },
        sees: "answered",
        reaches: ["default/web-*"],
      },
    ],
  },
];
