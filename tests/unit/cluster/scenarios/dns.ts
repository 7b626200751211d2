import { deployment, documents, namespace, pod, service } from "./manifests.ts";
import type { Scenario } from "./scenario.ts";

const HEADLESS = { clusterIP: "None" };

export const dns: readonly Scenario[] = [
  {
    id: "dns-namespaces",
    source: "dns",
    says: "from a Pod in test the name data of a Service in prod gives nothing, and data.prod its address",
    manifests: documents(
      namespace("test"),
      namespace("prod"),
      service("data", { namespace: "prod" }),
      pod("client", { namespace: "test" }),
    ),
    story: [
      { lookUp: "data", from: "pod/test/client", gives: "nothing" },
      { lookUp: "data.prod", from: "pod/test/client", gives: ["@clusterIP/prod/data"] },
      { lookUp: "data.prod.svc.cluster.local", from: "pod/test/client", gives: ["@clusterIP/prod/data"] },
    ],
  },
  {
    id: "dns-own-namespace",
    source: "dns",
    says: "a Pod in bar finds the Service foo of bar by foo, one in quux by foo.bar",
    manifests: documents(
      namespace("bar"),
      namespace("quux"),
      service("foo", { namespace: "bar" }),
      pod("client", { namespace: "bar" }),
      pod("client", { namespace: "quux" }),
    ),
    story: [
      {
        lookUp: "foo",
        from: "pod/bar/client",
        gives: ["@clusterIP/bar/foo"],
        name: "foo.bar.svc.cluster.local",
      },
      { lookUp: "foo.bar", from: "pod/bar/client", gives: ["@clusterIP/bar/foo"] },
      { lookUp: "foo.bar", from: "pod/quux/client", gives: ["@clusterIP/bar/foo"] },
      { lookUp: "foo", from: "pod/quux/client", gives: "nothing" },
    ],
  },
  {
    id: "dns-search-domains",
    source: "dns",
    says: "short names are completed by the Pod's namespace, then svc.cluster.local, then cluster.local",
    manifests: documents(
      namespace("prod"),
      service("data", { namespace: "prod" }),
      service("web"),
      pod("client"),
    ),
    story: [
      { lookUp: "web", from: "pod/client", gives: ["@clusterIP/web"] },
      { lookUp: "data.prod", from: "pod/client", gives: ["@clusterIP/prod/data"] },
      { lookUp: "data.prod.svc", from: "pod/client", gives: ["@clusterIP/prod/data"] },
    ],
  },
  {
    id: "nslookup-my-nginx",
    source: "connect",
    says: "looking my-nginx up from a Pod gives its ClusterIP",
    example: true,
    manifests: documents(
      deployment("my-nginx", { replicas: 2, ports: [80] }),
      service("my-nginx", { ports: ["80"] }),
      pod("dns-test"),
    ),
    story: [{ lookUp: "my-nginx", from: "pod/dns-test", gives: ["@clusterIP/my-nginx"] }],
  },
  {
    id: "nslookup-hostnames",
    source: "debugService",
    says: "hostnames, hostnames.default and hostnames.default.svc.cluster.local all give the Service's address",
    example: true,
    manifests: documents(deployment("hostnames", { replicas: 3 }), service("hostnames"), pod("client")),
    story: [
      {
        lookUp: "hostnames",
        from: "pod/client",
        gives: ["@clusterIP/hostnames"],
        name: "hostnames.default.svc.cluster.local",
      },
      { lookUp: "hostnames.default", from: "pod/client", gives: ["@clusterIP/hostnames"] },
      { lookUp: "hostnames.default.svc.cluster.local", from: "pod/client", gives: ["@clusterIP/hostnames"] },
    ],
  },
  {
    id: "no-such-service",
    source: "debugService",
    says: "the name of a Service that does not exist is not known",
    example: true,
    manifests: documents(deployment("hostnames", { replicas: 3 }), pod("client")),
    story: [{ connect: { from: "pod/client", to: "hostnames", port: 80 }, sees: "unknown host" }],
  },
  {
    id: "nslookup-kubernetes-default",
    source: "debugService",
    says: "kubernetes.default gives the first address of the service range, where the API server is",
    cluster: { serviceCidr: "10.0.0.0/16" },
    manifests: pod("client"),
    story: [{ lookUp: "kubernetes.default", from: "pod/client", gives: ["10.0.0.1"] }],
  },
  {
    id: "nslookup-kube-dns",
    source: "debugService",
    says: "kube-dns.kube-system gives the address of the DNS Service, 10.0.0.10",
    cluster: { serviceCidr: "10.0.0.0/16" },
    manifests: pod("client"),
    story: [{ lookUp: "kube-dns.kube-system.svc.cluster.local", from: "pod/client", gives: ["10.0.0.10"] }],
  },
  {
    id: "dns-headless",
    source: "dns",
    says: "the name of a headless Service gives the addresses of its Pods",
    manifests: documents(
      deployment("web", { replicas: 3 }),
      service("web", { more: HEADLESS }),
      pod("client"),
    ),
    story: [{ lookUp: "web", from: "pod/client", gives: ["@pod/web-*", "@pod/web-*#1", "@pod/web-*#2"] }],
  },
  {
    id: "dns-headless-ready-only",
    source: "dns",
    says: "of a headless Service only ready Pods are in the answer",
    manifests: documents(
      deployment("web", { replicas: 2, probe: 8080 }),
      service("web", { more: HEADLESS }),
      pod("client"),
    ),
    story: [
      { ready: "web-*", is: false },
      { lookUp: "web", from: "pod/client", gives: ["@pod/web-*#1"] },
    ],
  },
  {
    id: "dns-headless-publish-not-ready",
    source: "dns",
    says: "with publishNotReadyAddresses Pods that are not ready are in the answer too",
    manifests: documents(
      deployment("web", { replicas: 2, probe: 8080 }),
      service("web", { more: { ...HEADLESS, publishNotReadyAddresses: true } }),
      pod("client"),
    ),
    story: [
      { ready: "web-*", is: false },
      { lookUp: "web", from: "pod/client", gives: ["@pod/web-*", "@pod/web-*#1"] },
    ],
  },
  {
    id: "dns-without-endpoints",
    source: "vips",
    says: "a Service's name gives its address whether there are endpoints or not",
    manifests: documents(service("web"), pod("client")),
    story: [{ lookUp: "web", from: "pod/client", gives: ["@clusterIP/web"] }],
  },
  {
    id: "busybox-subdomain",
    source: "dns",
    says: "Pods with hostnames busybox-1 and busybox-2 in the subdomain of a headless Service have names of their own",
    example: true,
    manifests: `
apiVersion: v1
kind: Service
metadata:
  name: default-subdomain
spec:
  selector: { name: busybox }
  clusterIP: None
  ports:
  - { name: foo, port: 1234, targetPort: 1234 }
---
apiVersion: v1
kind: Pod
metadata:
  name: busybox1
  labels: { name: busybox }
spec:
  hostname: busybox-1
  subdomain: default-subdomain
  containers:
  - { name: busybox, image: "busybox:1.28", command: [sleep, "3600"] }
---
apiVersion: v1
kind: Pod
metadata:
  name: busybox2
  labels: { name: busybox }
spec:
  hostname: busybox-2
  subdomain: default-subdomain
  containers:
  - { name: busybox, image: "busybox:1.28", command: [sleep, "3600"] }
`,
    story: [
      {
        lookUp: "busybox-1.default-subdomain.default.svc.cluster.local",
        from: "pod/busybox2",
        gives: ["@pod/busybox1"],
      },
      { lookUp: "busybox-2.default-subdomain", from: "pod/busybox1", gives: ["@pod/busybox2"] },
      { lookUp: "default-subdomain", from: "pod/busybox1", gives: ["@pod/busybox1", "@pod/busybox2"] },
      { lookUp: "busybox1.default-subdomain", from: "pod/busybox2", gives: "nothing" },
    ],
  },
  {
    id: "subdomain-without-hostname",
    source: "dns",
    says: "a Pod with a subdomain and no hostname is only in the answer for the headless Service",
    manifests: documents(
      pod("one", { labels: { app: "web" }, spec: { subdomain: "web" } }),
      service("web", { more: HEADLESS }),
      pod("client"),
    ),
    story: [
      { lookUp: "web", from: "pod/client", gives: ["@pod/one"] },
      { lookUp: "one.web", from: "pod/client", gives: "nothing" },
    ],
  },
  {
    id: "hostname-not-ready",
    source: "dns",
    says: "a Pod has a name of its own only while it is ready, unless the Service publishes those that are not",
    manifests: documents(
      pod("one", { labels: { app: "web" }, probe: 8080, spec: { subdomain: "web", hostname: "one" } }),
      service("web", { more: HEADLESS }),
      pod("client"),
    ),
    story: [
      { lookUp: "one.web", from: "pod/client", gives: ["@pod/one"] },
      { ready: "one", is: false },
      { lookUp: "one.web", from: "pod/client", gives: "nothing" },
      { apply: service("web", { more: { ...HEADLESS, publishNotReadyAddresses: true } }) },
      { lookUp: "one.web", from: "pod/client", gives: ["@pod/one"] },
    ],
  },
  {
    id: "pod-name-by-address",
    source: "dns",
    says: "172-17-0-3.default.pod.cluster.local is the name of the Pod at 172.17.0.3",
    cluster: { podCidr: "172.17.0.0/16", nodes: 1 },
    manifests: documents(pod("first"), pod("second")),
    story: [
      { lookUp: "172-17-0-3.default.pod.cluster.local", from: "pod/first", gives: ["172.17.0.3"] },
      { pods: { app: "second" }, count: 1, inRange: "172.17.0.3/32" },
    ],
  },
  {
    id: "pod-name-behind-service",
    source: "dns",
    says: "Pods behind a Service have names of their addresses with dashes under the Service's name",
    cluster: { podCidr: "172.17.0.0/16", nodes: 1 },
    manifests: documents(pod("web"), service("web", { more: HEADLESS }), pod("client")),
    story: [
      { lookUp: "172-17-0-3.web.default.svc.cluster.local", from: "pod/client", gives: ["172.17.0.3"] },
    ],
  },
  {
    id: "pod-name-alone",
    source: "dns",
    says: "the name of a Pod alone is no name in DNS",
    manifests: documents(pod("web"), pod("client")),
    story: [
      { lookUp: "web", from: "pod/client", gives: "nothing" },
      { lookUp: "web.default.svc.cluster.local", from: "pod/client", gives: "nothing" },
    ],
  },
  {
    id: "dns-headless-by-hand",
    source: "service",
    says: "of a headless Service without selector the endpoints made by hand are in the answer, those not ready not",
    manifests: documents(
      service("db", { selector: null, ports: ["5432"], more: HEADLESS }),
      `{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { name: db-1, labels: { kubernetes.io/service-name: db } }, addressType: IPv4,
         ports: [{ port: 5432 }], endpoints: [{ addresses: [10.4.5.6] }, { addresses: [10.1.2.3], conditions: { ready: false } }] }`,
      pod("client"),
    ),
    story: [{ lookUp: "db", from: "pod/client", gives: ["10.4.5.6"] }],
  },
  {
    id: "dns-upstream",
    source: "dns",
    says: "names outside the cluster's domain are looked up by the DNS of the nodes",
    cluster: {
      machines: [{ name: "www", address: "198.51.100.80", hostname: "www.kubernetes.io", listens: [443] }],
    },
    manifests: pod("client"),
    story: [{ lookUp: "www.kubernetes.io", from: "pod/client", gives: ["198.51.100.80"] }],
  },
];
