/** Small clusters of every shape, for laws that hold in all of them. */
import fc from "fast-check";
import {
  type Cluster,
  type ClusterOptions,
  failNode,
  type KubeObject,
  type LabelSelector,
  type Labels,
  type Packet,
  remove,
  scale,
  setReady,
} from "#lib/core/cluster/index.ts";

const APPS = ["shop", "api", "db"] as const;
const NAMESPACES = ["default", "prod"] as const;
const app = fc.constantFrom(...APPS);
const namespace = fc.constantFrom(...NAMESPACES);
const rarely = fc.boolean().chain((first) => (first ? fc.boolean() : fc.constant(false)));

/** The Azure side: a VM in the VNet, one behind a peering, a server on-premises, a client on the internet. */
export const MACHINES = [
  { name: "vm", address: "10.230.0.4", listens: [5432] },
  { name: "peer-vm", address: "172.20.0.4", listens: [5432] },
  { name: "server", address: "192.168.1.10", listens: [5432], hostname: "db.example.com" },
  { name: "client", address: "198.18.0.7", listens: [443] },
];

const options: fc.Arbitrary<ClusterOptions> = fc
  .record({
    mode: fc.constantFrom(
      "overlay" as const,
      "podSubnet" as const,
      "nodeSubnet" as const,
      "kubenet" as const,
    ),
    dataPlane: fc.constantFrom("iptables" as const, "cilium" as const),
    policies: fc.boolean(),
    nodes: fc.integer({ min: 1, max: 3 }),
    maxPods: fc.constantFrom(undefined, 5, 30),
    small: rarely,
    guarded: rarely,
    overlaps: rarely,
  })
  .map(({ mode, dataPlane, policies, nodes, maxPods, small, guarded, overlaps }) => ({
    mode,
    dataPlane,
    policyEngine: policies ? undefined : ("none" as const),
    nodes,
    maxPods,
    machines: [
      ...MACHINES,
      ...(overlaps ? [{ name: "hidden", address: "10.244.200.9", listens: [5432] }] : []),
    ],
    onPremises: {
      addressSpace: overlaps ? ["192.168.0.0/16", "10.244.192.0/20"] : ["192.168.0.0/16"],
      gatewayIn: "aks-vnet",
    },
    peerings: [{ between: ["aks-vnet", "hub"] as const }],
    securityGroups: [
      {
        name: "guard",
        rules: [
          {
            name: "deny-web",
            priority: 100,
            direction: "Inbound" as const,
            access: "Deny" as const,
            protocol: "Tcp" as const,
            source: "Internet" as const,
            destination: "*" as const,
            destinationPort: "80",
          },
        ],
      },
    ],
    controllers: [
      { name: "example.com/nginx", dataPlane: "pods" as const, service: "default/nginx" },
      { name: "example.com/alb", dataPlane: "azure" as const, subnet: "agc" },
      { name: "example.com/gateway", dataPlane: "pods" as const },
    ],
    images: { "quiet:1": { listens: [9999] }, "broken:1": { healthy: false } },
    vnets: [
      {
        name: "aks-vnet",
        addressSpace: ["10.224.0.0/12"],
        subnets: [
          {
            name: "nodes",
            cidr: small ? "10.224.0.0/28" : "10.224.0.0/16",
            nsg: guarded ? "guard" : undefined,
          },
          { name: "pods", cidr: small ? "10.225.0.0/27" : "10.225.0.0/16" },
          { name: "agc", cidr: "10.226.0.0/24" },
          { name: "vms", cidr: "10.230.0.0/24" },
        ],
      },
      { name: "hub", addressSpace: ["172.20.0.0/16"], subnets: [{ name: "vms", cidr: "172.20.0.0/24" }] },
    ],
  }));

const podSpec = fc
  .record({ image: fc.constantFrom("web:1", "web:1", "web:1", "quiet:1", "broken:1"), probed: fc.boolean() })
  .map(({ image, probed }) => ({
    containers: [
      {
        name: "web",
        image,
        ports: [{ name: "http", containerPort: 8080 }],
        readinessProbe: probed ? { httpGet: { port: "http" } } : undefined,
      },
    ],
  }));

const deployment = fc
  .record({ name: app, namespace, replicas: fc.integer({ min: 0, max: 4 }), spec: podSpec, recreate: rarely })
  .map(({ name, namespace, replicas, spec, recreate }): KubeObject => {
    const labels = { app: name, tier: "web" };
    const strategy = recreate ? { type: "Recreate" as const } : {};
    return {
      kind: "Deployment",
      metadata: { name, namespace },
      spec: {
        replicas,
        strategy,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels }, spec },
      },
    };
  });

const statefulSet = fc
  .record({ namespace, replicas: fc.integer({ min: 0, max: 3 }), spec: podSpec })
  .map(({ namespace, replicas, spec }): KubeObject => {
    const labels = { app: "db", tier: "data" };
    return {
      kind: "StatefulSet",
      metadata: { name: "store", namespace },
      spec: {
        replicas,
        serviceName: "db",
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec },
      },
    };
  });

const service = fc
  .record({
    name: app,
    namespace,
    type: fc.constantFrom(
      "ClusterIP" as const,
      "NodePort" as const,
      "LoadBalancer" as const,
      "LoadBalancer" as const,
      "headless" as const,
      "ExternalName" as const,
    ),
    selects: fc.constantFrom("app", "app", "app", "tier", "nothing"),
    targetPort: fc.constantFrom(8080, "http", 80),
    local: fc.boolean(),
    near: fc.boolean(),
    internal: fc.boolean(),
    sticky: fc.boolean(),
    all: rarely,
  })
  .map(({ name, namespace, type, selects, targetPort, local, near, internal, sticky, all }): KubeObject => {
    const selector: Labels =
      selects === "app"
        ? { app: name, tier: name === "db" ? "data" : "web" }
        : selects === "tier"
          ? { tier: "web" }
          : { app: "nobody" };
    const annotations = internal
      ? { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" }
      : undefined;
    const external = type === "NodePort" || type === "LoadBalancer";
    if (type === "ExternalName")
      return {
        kind: "Service",
        metadata: { name, namespace },
        spec: { type, externalName: "db.example.com" },
      };
    return {
      kind: "Service",
      metadata: { name, namespace, annotations: type === "LoadBalancer" ? annotations : undefined },
      spec: {
        type: type === "headless" ? "ClusterIP" : type,
        clusterIP: type === "headless" ? "None" : undefined,
        selector,
        ports: [{ port: 80, targetPort }],
        externalTrafficPolicy: external && local ? "Local" : undefined,
        internalTrafficPolicy: near ? "Local" : undefined,
        sessionAffinity: sticky ? "ClientIP" : undefined,
        publishNotReadyAddresses: all || undefined,
      },
    };
  });

const peer = fc.constantFrom(
  { podSelector: { matchLabels: { app: "client" } } },
  { podSelector: { matchLabels: { app: "client" } }, namespaceSelector: {} },
  { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "prod" } } },
  { ipBlock: { cidr: "0.0.0.0/0", except: ["10.224.0.0/16"] } },
);
const ports = fc.constantFrom([{ port: 8080 }], [{ port: "http" }], undefined, undefined, undefined);

const networkPolicy = fc
  .record({
    name: fc.constantFrom("first", "second", "third"),
    namespace,
    selects: fc.constantFrom<LabelSelector[]>(
      {},
      {},
      {},
      { matchLabels: { app: "shop" } },
      { matchLabels: { tier: "web", app: "api" } },
      { matchLabels: { app: "client" } },
    ),
    ingress: fc.option(
      fc.array(
        fc.record({
          from: fc.option(fc.array(peer, { minLength: 1, maxLength: 2 }), { nil: undefined }),
          ports,
        }),
        { maxLength: 2 },
      ),
      { nil: undefined },
    ),
    egress: fc.option(
      fc.array(
        fc.record({
          to: fc.option(fc.array(peer, { minLength: 1, maxLength: 2 }), { nil: undefined }),
          ports,
        }),
        { maxLength: 2 },
      ),
      { nil: undefined, freq: 1 },
    ),
  })
  .map(
    ({ name, namespace, selects, ingress, egress }): KubeObject => ({
      kind: "NetworkPolicy",
      metadata: { name, namespace },
      spec: {
        podSelector: selects,
        policyTypes: [
          ...(ingress || !egress ? (["Ingress"] as const) : []),
          ...(egress ? (["Egress"] as const) : []),
        ],
        ingress,
        egress,
      },
    }),
  );

const backend = app.map((name) => ({ service: { name, port: { number: 80 } } }));
const ingress = fc
  .record({
    name: fc.constantFrom("front", "back"),
    namespace,
    ingressClassName: fc.constantFrom("nginx", "nginx", "alb", "unknown", undefined, undefined),
    host: fc.constantFrom(undefined, "shop.example.com", "*.example.com"),
    paths: fc.array(
      fc.record({
        path: fc.constantFrom("/", "/shop", "/shop/cart"),
        pathType: fc.constantFrom("Prefix" as const, "Exact" as const),
        backend,
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(
    ({ name, namespace, ingressClassName, host, paths }): KubeObject => ({
      kind: "Ingress",
      metadata: { name, namespace },
      spec: { ingressClassName, rules: [{ host, http: { paths } }] },
    }),
  );

const route = fc
  .record({
    name: fc.constantFrom("front", "back"),
    namespace,
    target: namespace,
    backend: app,
    path: fc.constantFrom("/", "/shop"),
    host: fc.constantFrom(undefined, "shop.example.com"),
  })
  .map(
    ({ name, namespace, target, backend: to, path, host }): KubeObject => ({
      kind: "HTTPRoute",
      metadata: { name, namespace },
      spec: {
        parentRefs: [{ name: "gate", namespace: "default" }],
        hostnames: host ? [host] : undefined,
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: path } }],
            backendRefs: [{ name: to, namespace: target, port: 80 }],
          },
        ],
      },
    }),
  );

const labelled = (name: string, namespace: string): KubeObject => ({
  kind: "Pod",
  metadata: { name, namespace, labels: { app: "client" } },
  spec: { containers: [{ name: "curl", image: "curl:1" }] },
});

const proxy = {
  containers: [{ name: "nginx", image: "nginx:1", ports: [{ name: "http", containerPort: 8080 }] }],
};
/** What every cluster has: a client in each namespace, an Ingress controller, and a Gateway. */
const ALWAYS: KubeObject[] = [
  { kind: "Namespace", metadata: { name: "prod" } },
  labelled("client", "default"),
  labelled("client", "prod"),
  { kind: "IngressClass", metadata: { name: "nginx" }, spec: { controller: "example.com/nginx" } },
  { kind: "IngressClass", metadata: { name: "alb" }, spec: { controller: "example.com/alb" } },
  {
    kind: "Deployment",
    metadata: { name: "nginx" },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: "nginx" } },
      template: { metadata: { labels: { app: "nginx" } }, spec: proxy },
    },
  },
  {
    kind: "Service",
    metadata: { name: "nginx" },
    spec: { type: "LoadBalancer", selector: { app: "nginx" }, ports: [{ port: 80, targetPort: 8080 }] },
  },
  { kind: "GatewayClass", metadata: { name: "gateway" }, spec: { controllerName: "example.com/gateway" } },
  {
    kind: "Gateway",
    metadata: { name: "gate", namespace: "default" },
    spec: {
      gatewayClassName: "gateway",
      listeners: [
        { name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "All" } } },
      ],
    },
  },
];

const keyed = ({ kind, metadata: { name, namespace } }: KubeObject) => `${kind}/${namespace}/${name}`;
const few = (of: fc.Arbitrary<KubeObject>, maxLength: number) =>
  fc.uniqueArray(of, { maxLength, selector: keyed });

export const manifests: fc.Arbitrary<KubeObject[]> = fc
  .tuple(
    few(deployment, 3),
    few(statefulSet, 1),
    few(service, 4),
    few(networkPolicy, 3),
    few(ingress, 2),
    few(route, 2),
  )
  .map((lists) => [...ALWAYS, ...lists.flat()]);

export interface Drawn {
  options: ClusterOptions;
  objects: KubeObject[];
}
export const drawn: fc.Arbitrary<Drawn> = fc.record({ options, objects: manifests });

/** Something that happens to a settled cluster. */
export type Happening = { kind: "fail" | "delete" | "scale" | "unready"; which: number };
export const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom("fail" as const, "delete" as const, "scale" as const, "unready" as const),
  which: fc.nat(20),
});

export function happen(cluster: Cluster, { kind, which }: Happening): Cluster {
  const pick = <T>(list: readonly T[]): T | undefined => list[which % Math.max(1, list.length)];
  const key = (object: KubeObject | undefined) => `${object?.metadata.namespace}/${object?.metadata.name}`;
  const pod = pick(cluster.objects.Pod);
  const deployment = pick(cluster.objects.Deployment);
  const node = pick(cluster.objects.Node);
  if (kind === "fail" && node) return failNode(cluster, node.metadata.name);
  if (kind === "delete" && pod) return remove(cluster, "Pod", key(pod));
  if (kind === "unready" && pod) return setReady(cluster, key(pod), false);
  return deployment ? scale(cluster, "Deployment", key(deployment), which % 5) : cluster;
}

/** Packets worth following: from inside and outside, to every Service, Pod, Ingress, Gateway and machine. */
export function packetsOf(cluster: Cluster): Packet[] {
  const requests = [
    { host: "shop.example.com", path: "/shop/cart" },
    { host: "eu.shop.example.com", path: "/shopping" },
  ];
  const froms: Packet["from"][] = [
    ...NAMESPACES.map((name) => ({ kind: "Pod" as const, key: `${name}/client` })),
    ...MACHINES.map(({ name }) => ({ kind: "Machine" as const, name })),
    ...cluster.objects.Pod.filter(({ status }) => status?.podIP)
      .slice(0, 1)
      .map(({ metadata: { namespace, name } }) => ({ kind: "Pod" as const, key: `${namespace}/${name}` })),
    ...cluster.objects.Node.slice(0, 1).map(({ metadata: { name } }) => ({ kind: "Node" as const, name })),
  ];
  const { Service, Pod, Ingress, Gateway } = cluster.objects;
  const targets = [
    ...Service.flatMap(({ metadata, spec, status }) => [
      { to: metadata.name, port: 80 },
      ...(spec.clusterIP && spec.clusterIP !== "None" ? [{ to: spec.clusterIP, port: 80 }] : []),
      ...(status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) =>
        requests.map((http) => ({ to: ip, port: 80, http })),
      ),
      ...(spec.ports ?? []).flatMap(({ nodePort }) =>
        nodePort === undefined
          ? []
          : cluster.azure.interfaces.map(({ address }) => ({ to: address, port: nodePort })),
      ),
    ]),
    ...Pod.slice(0, 4).flatMap(({ status }) => (status?.podIP ? [{ to: status.podIP, port: 8080 }] : [])),
    ...Ingress.flatMap(({ status }) =>
      (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) =>
        requests.map((http) => ({ to: ip, port: 80, http })),
      ),
    ),
    ...Gateway.flatMap(({ status }) =>
      (status?.addresses ?? []).flatMap(({ value }) =>
        requests.map((http) => ({ to: value, port: 80, http })),
      ),
    ),
    ...cluster.azure.machines.map(({ address, listens: [port = 0] = [] }) => ({ to: address, port })),
  ];
  return froms.flatMap((from) => targets.map((target) => ({ from, ...target })));
}
