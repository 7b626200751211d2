import { deployment, documents, namespace, pod, service } from "./manifests.ts";
import type { Scenario } from "./scenario.ts";

/** Of the tutorial on connecting applications. */
const MY_NGINX = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: my-nginx
spec:
  selector:
    matchLabels: { run: my-nginx }
  replicas: 2
  template:
    metadata:
      labels: { run: my-nginx }
    spec:
      containers:
      - name: my-nginx
        image: nginx
        ports:
        - containerPort: 80
---
apiVersion: v1
kind: Service
metadata:
  name: my-nginx
  labels: { run: my-nginx }
spec:
  ports:
  - port: 80
    protocol: TCP
  selector:
    run: my-nginx
`;

/** Of the page on debugging Services. */
const hostnames = (label: string) => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: hostnames
spec:
  selector:
    matchLabels: { ${label}: hostnames }
  replicas: 3
  template:
    metadata:
      labels: { ${label}: hostnames }
    spec:
      containers:
      - name: hostnames
        image: serve_hostname
---
apiVersion: v1
kind: Service
metadata:
  name: hostnames
spec:
  selector: { app: hostnames }
  ports:
  - name: default
    protocol: TCP
    port: 80
    targetPort: 9376
---
${pod("client")}
`;
const SERVE_HOSTNAME = { images: { serve_hostname: { listens: [9376] } } };

const PROBED = documents(deployment("web", { replicas: 2, probe: 8080 }), service("web"), pod("client"));

export const endpoints: readonly Scenario[] = [
  {
    id: "my-nginx-endpoints",
    source: "connect",
    says: "the slice of my-nginx lists the addresses of its two Pods with port 80, and names its Service in a label",
    example: true,
    manifests: MY_NGINX,
    story: [
      { endpoints: "my-nginx", ready: ["my-nginx-*"], ports: [80], slices: 1 },
      { pods: { run: "my-nginx" }, count: 2, ready: 2 },
      {
        connect: { from: "node/node-3", to: "@clusterIP/my-nginx", port: 80 },
        sees: "answered",
        reaches: ["my-nginx-*"],
      },
    ],
  },
  {
    id: "hostnames-endpoints",
    source: "debugService",
    says: "hostnames has three endpoints on 9376 behind its port 80, and answers from each",
    example: true,
    cluster: SERVE_HOSTNAME,
    manifests: hostnames("app"),
    story: [
      { endpoints: "hostnames", ready: ["hostnames-*"], ports: [9376] },
      {
        connect: { from: "pod/client", to: "hostnames", port: 80 },
        sees: "answered",
        reaches: ["hostnames-*"],
      },
      { connect: { from: "pod/client", to: "@pod/hostnames-*", port: 9376 }, sees: "answered" },
    ],
  },
  {
    id: "selector-matches-nothing",
    source: "debugService",
    says: "a Service that selects app=hostnames while Pods are labelled run=hostnames is accepted and has no endpoints",
    example: true,
    cluster: SERVE_HOSTNAME,
    manifests: hostnames("run"),
    story: [
      { pods: { run: "hostnames" }, count: 3, ready: 3 },
      { endpoints: "hostnames", ready: [], notReady: [] },
      { connect: { from: "pod/client", to: "hostnames", port: 80 }, sees: "!answered" },
    ],
  },
  {
    id: "all-labels-count",
    source: "deployment",
    says: "a Pod is selected only if it has all labels of the selector",
    manifests: documents(
      pod("both", { labels: { app: "shop", tier: "web" } }),
      pod("one", { labels: { app: "shop" } }),
      service("shop", { selector: { app: "shop", tier: "web" } }),
    ),
    story: [{ endpoints: "shop", ready: ["both"], notReady: [] }],
  },
  {
    id: "not-ready-pod-gets-nothing",
    source: "slices",
    says: "a Pod that is not ready stays in the slice with ready false, and gets no traffic",
    manifests: PROBED,
    story: [
      { ready: "web-*#0", is: false },
      { pods: { app: "web" }, count: 2, ready: 1 },
      { endpoints: "web", ready: ["web-*#1"], notReady: ["web-*#0"], slices: 1 },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "answered", reaches: ["web-*#1"] },
      { ready: "web-*#0", is: true },
      { endpoints: "web", ready: ["web-*#0", "web-*#1"], notReady: [] },
      {
        connect: { from: "pod/client", to: "web", port: 80 },
        sees: "answered",
        reaches: ["web-*#0", "web-*#1"],
      },
    ],
  },
  {
    id: "no-pod-ready",
    source: "slices",
    says: "while no Pod is ready connections to the Service get no answer",
    manifests: PROBED,
    story: [
      { ready: "web-*", is: false },
      { ready: "web-*#1", is: false },
      { endpoints: "web", ready: [], notReady: ["web-*"] },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "!answered" },
    ],
  },
  {
    id: "ready-without-probe",
    source: "probes",
    says: "a container without a readiness probe counts as ready once it runs",
    cluster: { images: { "app:1": { healthy: false } } },
    manifests: documents(deployment("web"), service("web")),
    story: [{ endpoints: "web", ready: ["web-*"], notReady: [] }],
  },
  {
    id: "publish-not-ready",
    source: "slices",
    says: "with publishNotReadyAddresses endpoints count as ready whatever their Pods are",
    cluster: { images: { "app:1": { healthy: false } } },
    manifests: documents(
      deployment("web", { probe: 8080 }),
      service("web", { more: { publishNotReadyAddresses: true } }),
    ),
    story: [
      { pods: { app: "web" }, count: 1, ready: 0 },
      { endpoints: "web", ready: ["web-*"], notReady: [] },
    ],
  },
  {
    id: "terminating-endpoint",
    source: "termination",
    says: "a Pod that is being ended is in the slice with ready false, serving true and terminating true",
    example: true,
    manifests: documents(
      deployment("nginx", { ports: [80] }),
      service("nginx-service", { selector: { app: "nginx" }, ports: ["80"] }),
    ),
    story: [
      { keep: "old", of: "@podName/nginx-*" },
      { keep: "address", of: "@pod/nginx-*" },
      { remove: "Pod", key: "nginx-*", steps: 1 },
      { endpoints: "nginx-service", notReady: ["nginx-*"] },
      {
        slice: "nginx-service",
        endpoint: "@kept/address",
        conditions: { ready: false, serving: true, terminating: true },
      },
      { wait: 0 },
      { endpoints: "nginx-service", ready: ["nginx-*"], notReady: [] },
      { differ: ["@kept/old", "@podName/nginx-*"] },
    ],
  },
  {
    id: "terminating-endpoints-serve",
    source: "slices",
    says: "while all endpoints are being ended those that still serve get traffic",
    manifests: documents(deployment("web"), service("web"), pod("client")),
    story: [
      { remove: "Pod", key: "web-*", steps: 1 },
      { endpoints: "web", ready: [], notReady: ["web-*"] },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "answered" },
    ],
  },
  {
    id: "named-target-port",
    source: "service",
    says: "a targetPort by name leads to the container's port of that name",
    example: true,
    manifests: `
apiVersion: v1
kind: Pod
metadata:
  name: nginx
  labels: { app.kubernetes.io/name: proxy }
spec:
  containers:
  - name: nginx
    image: nginx:stable
    ports:
    - containerPort: 80
      name: http-web-svc
---
apiVersion: v1
kind: Service
metadata:
  name: nginx-service
spec:
  selector: { app.kubernetes.io/name: proxy }
  ports:
  - name: name-of-service-port
    protocol: TCP
    port: 8080
    targetPort: http-web-svc
`,
    story: [
      { endpoints: "nginx-service", ready: ["nginx"], ports: [80] },
      {
        connect: { from: "node/node-1", to: "@clusterIP/nginx-service", port: 8080 },
        sees: "answered",
        reaches: ["nginx"],
      },
    ],
  },
  {
    id: "named-target-port-differs",
    source: "service",
    says: "Pods that have different numbers under one name are all reached, each at its own",
    manifests: documents(
      pod("old", { labels: { app: "web" }, ports: ["http:8080"] }),
      pod("new", { labels: { app: "web" }, ports: ["http:9090"] }),
      service("web", { ports: ["80:http"] }),
      pod("client"),
    ),
    story: [
      { endpoints: "web", ready: ["old", "new"], ports: [8080, 9090], slices: 2 },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "answered", reaches: ["old", "new"] },
    ],
  },
  {
    id: "named-target-port-missing",
    source: "debugService",
    says: "a targetPort by a name that Pods have not got leads nowhere",
    manifests: documents(
      pod("web", { ports: ["www:8080"] }),
      service("web", { ports: ["80:http"] }),
      pod("client"),
    ),
    story: [{ connect: { from: "pod/client", to: "web", port: 80 }, sees: "!answered" }],
  },
  {
    id: "target-port-wrong",
    source: "debugService",
    says: "a targetPort on which nobody listens makes the Pod refuse, though it is an endpoint",
    manifests: documents(deployment("web"), service("web", { ports: ["80:80"] }), pod("client")),
    story: [
      { endpoints: "web", ready: ["web-*"] },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "refused" },
    ],
  },
  {
    id: "no-selector-no-slices",
    source: "service",
    says: "for a Service without selector no slices are made",
    manifests: documents(pod("web"), service("web", { selector: null }), pod("client")),
    story: [
      { endpoints: "web", slices: 0 },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "!answered" },
    ],
  },
  {
    id: "hand-made-slice",
    source: "service",
    says: "a slice made by hand leads connections to 10.4.5.6 and 10.1.2.3 on 9376",
    example: true,
    cluster: {
      onPremises: { addressSpace: ["10.0.0.0/9"], gatewayIn: "aks-vnet" },
      serviceCidr: "172.16.0.0/16",
      machines: [
        { name: "db-1", address: "10.4.5.6", listens: [9376] },
        { name: "db-2", address: "10.1.2.3", listens: [9376] },
      ],
    },
    manifests: `
apiVersion: v1
kind: Service
metadata:
  name: my-service
spec:
  ports:
  - protocol: TCP
    port: 80
    targetPort: 9376
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: my-service-1
  labels:
    kubernetes.io/service-name: my-service
addressType: IPv4
ports:
- name: ""
  protocol: TCP
  port: 9376
endpoints:
- addresses: [10.4.5.6]
- addresses: [10.1.2.3]
---
${pod("client")}
`,
    story: [
      { endpoints: "my-service", ready: ["10.4.5.6", "10.1.2.3"], slices: 1 },
      {
        connect: { from: "pod/client", to: "my-service", port: 80 },
        sees: "answered",
        reaches: ["db-1", "db-2"],
      },
    ],
  },
  {
    id: "two-ports",
    source: "service",
    says: "a Service with the ports http and https leads 80 to 9376 and 443 to 9377",
    example: true,
    cluster: { images: { "app:1": { listens: [9376] } } },
    manifests: `
apiVersion: v1
kind: Service
metadata:
  name: my-service
spec:
  selector: { app.kubernetes.io/name: MyApp }
  ports:
  - { name: http, protocol: TCP, port: 80, targetPort: 9376 }
  - { name: https, protocol: TCP, port: 443, targetPort: 9377 }
---
${pod("my-app", { labels: { "app.kubernetes.io/name": "MyApp" } })}
`,
    story: [
      { endpoints: "my-service", ready: ["my-app"], ports: [9376, 9377] },
      { connect: { from: "node/node-1", to: "@clusterIP/my-service", port: 80 }, sees: "answered" },
      { connect: { from: "node/node-1", to: "@clusterIP/my-service", port: 443 }, sees: "refused" },
    ],
  },
  {
    id: "two-ports-need-names",
    source: "service",
    says: "of several ports each needs a name",
    story: [
      { apply: service("web", { ports: ["80", "443"] }), refused: "spec.ports[0].name: Required value" },
    ],
  },
  {
    id: "port-names",
    source: "service",
    says: "123-abc and web are names for ports, 123_abc and -web are not",
    story: [
      { apply: service("good", { ports: ["123-abc/80", "web/81"] }) },
      { apply: service("bad", { ports: ["123_abc/80"] }), refused: "spec.ports[0].name" },
      { apply: service("bad", { ports: ["-web/80"] }), refused: "spec.ports[0].name" },
    ],
  },
  {
    id: "slice-of-hundred",
    source: "slices",
    says: "a slice holds at most 100 endpoints; more of them take more slices",
    manifests: documents(deployment("web", { replicas: 101 }), service("web")),
    story: [{ endpoints: "web", ready: ["web-*"], slices: 2, largest: 100 }],
  },
  {
    id: "own-namespace",
    source: "service",
    says: "a Service finds Pods of its own namespace only",
    manifests: documents(
      namespace("other"),
      pod("here", { labels: { app: "web" } }),
      pod("there", { namespace: "other", labels: { app: "web" } }),
      service("web"),
    ),
    story: [{ endpoints: "web", ready: ["here"], notReady: [] }],
  },
  {
    id: "slices-go-with-their-service",
    source: "slices",
    says: "slices are owned by their Service and go with it",
    manifests: documents(deployment("web"), service("web")),
    story: [
      { endpoints: "web", slices: 1 },
      { remove: "Service", key: "web" },
      { count: "EndpointSlice", is: 0 },
      { pods: { app: "web" }, count: 1, ready: 1 },
    ],
  },
  {
    id: "endpoints-follow-pods",
    source: "connect",
    says: "a Pod that goes leaves the endpoints, its replacement joins them, and the Service keeps its address",
    manifests: documents(deployment("web"), service("web"), pod("client")),
    story: [
      { keep: "service", of: "@clusterIP/web" },
      { keep: "pod", of: "@pod/web-*" },
      { remove: "Pod", key: "web-*" },
      { same: ["@kept/service", "@clusterIP/web"] },
      { differ: ["@kept/pod", "@pod/web-*"] },
      { connect: { from: "pod/client", to: "@kept/service", port: 80 }, sees: "answered" },
      { connect: { from: "pod/client", to: "@kept/pod", port: 8080 }, sees: "!answered" },
    ],
  },
  {
    id: "endpoints-follow-labels",
    source: "connect",
    says: "selectors are asked all the time: a Pod whose label is changed leaves or joins the endpoints",
    manifests: documents(
      pod("a", { labels: { app: "web" } }),
      pod("b", { labels: { app: "api" } }),
      service("web"),
    ),
    story: [
      { endpoints: "web", ready: ["a"] },
      { relabel: "Pod", key: "a", labels: { app: null } },
      { relabel: "Pod", key: "b", labels: { app: "web" } },
      { endpoints: "web", ready: ["b"], notReady: [] },
    ],
  },
];
