import { documents, pod, service, statefulSet } from "./manifests.ts";
import type { Scenario } from "./scenario.ts";

/** Of the page on StatefulSets and its tutorial, without volumes. The probe is ours, so that a Pod can fail to become ready. */
const web = (replicas: number, namespace = "default", more = "") => `
apiVersion: v1
kind: Service
metadata:
  name: nginx
  namespace: ${namespace}
  labels: { app: nginx }
spec:
  ports:
  - { port: 80, name: web }
  clusterIP: None
  selector: { app: nginx }
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  namespace: ${namespace}
spec:
  serviceName: "nginx"
  replicas: ${replicas}
  ${more}
  selector:
    matchLabels: { app: nginx }
  template:
    metadata:
      labels: { app: nginx }
    spec:
      containers:
      - name: nginx
        image: nginx-slim:0.24
        ports:
        - { containerPort: 80, name: web }
        readinessProbe:
          tcpSocket: { port: 80 }
`;
const CLIENT = pod("dns-test");
const BROKEN = { images: { "nginx-slim:bad": { healthy: false } } };

export const statefulSets: readonly Scenario[] = [
  {
    id: "ordered-creation",
    source: "statefulSet",
    says: "web-0, web-1 and web-2 are made in this order, each once the one before is ready",
    example: true,
    manifests: web(3),
    story: [
      { pods: { app: "nginx" }, count: 3, ready: 3, names: ["web-0", "web-1", "web-2"] },
      {
        events: [
          { reason: "SuccessfulCreate", says: "web-0" },
          { reason: "Started", key: "default/web-0" },
          { reason: "SuccessfulCreate", says: "web-1" },
          { reason: "Started", key: "default/web-1" },
          { reason: "SuccessfulCreate", says: "web-2" },
        ],
        inOrder: true,
      },
    ],
  },
  {
    id: "waits-for-the-one-before",
    source: "statefulSet",
    says: "web-1 is not made while web-0 is not ready",
    cluster: { images: { "nginx-slim:0.24": { healthy: false } } },
    manifests: web(3),
    story: [{ pods: { app: "nginx" }, count: 1, ready: 0, names: ["web-0"] }],
  },
  {
    id: "names-in-dns",
    source: "statefulBasics",
    says: "web-0.nginx and web-1.nginx are the names of the Pods in DNS",
    example: true,
    manifests: documents(web(2), CLIENT),
    story: [
      {
        lookUp: "web-0.nginx",
        from: "pod/dns-test",
        gives: ["@pod/web-0"],
        name: "web-0.nginx.default.svc.cluster.local",
      },
      { lookUp: "web-1.nginx", from: "pod/dns-test", gives: ["@pod/web-1"] },
      { lookUp: "nginx", from: "pod/dns-test", gives: ["@pod/web-0", "@pod/web-1"] },
    ],
  },
  {
    id: "names-outlive-pods",
    source: "statefulBasics",
    says: "Pods that are deleted come back under their names, and the names lead to their new addresses",
    example: true,
    manifests: documents(web(2), CLIENT),
    story: [
      { keep: "zero", of: "@pod/web-0" },
      { keep: "one", of: "@pod/web-1" },
      { remove: "Pod", key: "web-0", steps: 0 },
      { remove: "Pod", key: "web-1" },
      { pods: { app: "nginx" }, count: 2, ready: 2, names: ["web-0", "web-1"] },
      { differ: ["@kept/zero", "@pod/web-0"] },
      { differ: ["@kept/one", "@pod/web-1"] },
      { lookUp: "web-0.nginx", from: "pod/dns-test", gives: ["@pod/web-0"] },
      { lookUp: "web-1.nginx", from: "pod/dns-test", gives: ["@pod/web-1"] },
    ],
  },
  {
    id: "scaling-up-in-order",
    source: "statefulBasics",
    says: "scaled from two to five, web-2, web-3 and web-4 are made one after another",
    example: true,
    manifests: web(2),
    story: [
      { scale: "StatefulSet", key: "web", replicas: 5 },
      { pods: { app: "nginx" }, count: 5, ready: 5, names: ["web-0", "web-1", "web-2", "web-3", "web-4"] },
      {
        events: [
          { reason: "SuccessfulCreate", says: "web-2" },
          { reason: "Started", key: "default/web-2" },
          { reason: "SuccessfulCreate", says: "web-3" },
          { reason: "Started", key: "default/web-3" },
          { reason: "SuccessfulCreate", says: "web-4" },
        ],
        inOrder: true,
      },
    ],
  },
  {
    id: "scaling-down-from-the-last",
    source: "statefulBasics",
    says: "scaled from five to three, web-4 is ended first and then web-3",
    example: true,
    manifests: web(5),
    story: [
      { scale: "StatefulSet", key: "web", replicas: 3 },
      { pods: { app: "nginx" }, count: 3, ready: 3, names: ["web-0", "web-1", "web-2"] },
      {
        events: [
          { reason: "SuccessfulDelete", says: "web-4" },
          { reason: "Killing", key: "default/web-4" },
          { reason: "SuccessfulDelete", says: "web-3" },
          { reason: "Killing", key: "default/web-3" },
        ],
        inOrder: true,
      },
    ],
  },
  {
    id: "names-in-another-namespace",
    source: "statefulSet",
    says: "of foo/web with the Service foo/nginx the Pods are web-0.nginx.foo.svc.cluster.local and so on",
    example: true,
    manifests: documents(
      "{ apiVersion: v1, kind: Namespace, metadata: { name: foo } }",
      web(2, "foo"),
      CLIENT,
    ),
    story: [
      { lookUp: "web-0.nginx.foo.svc.cluster.local", from: "pod/dns-test", gives: ["@pod/foo/web-0"] },
      { lookUp: "web-1.nginx.foo", from: "pod/dns-test", gives: ["@pod/foo/web-1"] },
      { lookUp: "web-0.nginx", from: "pod/dns-test", gives: "nothing" },
    ],
  },
  {
    id: "parallel",
    source: "statefulSet",
    says: "with Parallel all Pods are made at once, ready or not",
    cluster: { images: { "nginx-slim:0.24": { healthy: false } } },
    manifests: web(3, "default", "podManagementPolicy: Parallel"),
    story: [
      { pods: { app: "nginx" }, count: 3, ready: 0 },
      { scale: "StatefulSet", key: "web", replicas: 1 },
      { pods: { app: "nginx" }, count: 1, names: ["web-0"] },
    ],
  },
  {
    id: "update-from-the-last",
    source: "statefulSet",
    says: "an update replaces Pods from the last to the first, one at a time, each once the one before is ready",
    manifests: web(3),
    story: [
      { setImage: "StatefulSet", key: "web", image: "nginx-slim:0.25" },
      { throughout: { app: "nginx" }, readyAtLeast: 2, podsAtMost: 3 },
      {
        events: [
          { reason: "SuccessfulDelete", says: "web-2" },
          { reason: "SuccessfulCreate", says: "web-2" },
          { reason: "Started", key: "default/web-2" },
          { reason: "SuccessfulDelete", says: "web-1" },
          { reason: "SuccessfulCreate", says: "web-1" },
          { reason: "Started", key: "default/web-1" },
          { reason: "SuccessfulDelete", says: "web-0" },
        ],
        inOrder: true,
      },
      { object: "Pod", key: "web-0", has: { spec: { containers: [{ image: "nginx-slim:0.25" }] } } },
    ],
  },
  {
    id: "update-stops-at-a-broken-pod",
    source: "statefulSet",
    says: "an update to what never becomes ready stops at the last Pod",
    cluster: BROKEN,
    manifests: web(3),
    story: [
      { setImage: "StatefulSet", key: "web", image: "nginx-slim:bad" },
      { pods: { app: "nginx" }, count: 3, ready: 2 },
      { object: "Pod", key: "web-1", has: { spec: { containers: [{ image: "nginx-slim:0.24" }] } } },
    ],
  },
  {
    id: "forced-rollback",
    source: "statefulSet",
    says: "putting the template back mends nothing until the Pod that never became ready is deleted by hand",
    cluster: BROKEN,
    manifests: web(3),
    story: [
      { setImage: "StatefulSet", key: "web", image: "nginx-slim:bad" },
      { setImage: "StatefulSet", key: "web", image: "nginx-slim:0.24" },
      { pods: { app: "nginx" }, count: 3, ready: 2 },
      { remove: "Pod", key: "web-2" },
      { pods: { app: "nginx" }, count: 3, ready: 3 },
    ],
  },
  {
    id: "service-for-one-pod",
    source: "statefulSet",
    says: "by the label with its name a Service can lead to a single Pod",
    manifests: documents(
      web(3),
      CLIENT,
      service("second", { selector: { "statefulset.kubernetes.io/pod-name": "web-1" }, ports: ["80"] }),
    ),
    story: [
      { connect: { from: "pod/dns-test", to: "second", port: 80 }, sees: "answered", reaches: ["web-1"] },
    ],
  },
  {
    id: "without-its-service",
    source: "statefulSet",
    says: "without the headless Service, for which its owner has to care, Pods have no names in DNS",
    manifests: documents(statefulSet("web", { replicas: 1, more: { serviceName: "nginx" } }), CLIENT),
    story: [
      { pods: { app: "web" }, count: 1, ready: 1, names: ["web-0"] },
      { lookUp: "web-0.nginx", from: "pod/dns-test", gives: "nothing" },
      { apply: service("nginx", { selector: { app: "web" }, more: { clusterIP: "None" } }) },
      { lookUp: "web-0.nginx", from: "pod/dns-test", gives: ["@pod/web-0"] },
    ],
  },
  {
    id: "selector-must-match",
    source: "statefulSet",
    says: "a StatefulSet whose selector does not match its template is refused",
    story: [
      {
        apply: web(1).replace("matchLabels: { app: nginx }", "matchLabels: { app: apache }"),
        refused: "`selector` does not match",
      },
    ],
  },
  {
    id: "no-second-of-a-name",
    source: "statefulSet",
    says: "a Pod on a lost node is not replaced before it is known to have ended: two of one name never run",
    cluster: { nodes: 2 },
    manifests: web(2),
    story: [
      { failNode: "node-2" },
      { pods: { app: "nginx" }, count: 1, ready: 1 },
      { remove: "Node", key: "node-2" },
      { pods: { app: "nginx" }, count: 2, ready: 2, names: ["web-0", "web-1"], perNode: [2] },
    ],
  },
];
