import {
  apply,
  type Cluster,
  type ClusterOptions,
  createCluster,
  type Deployment,
  type KubeObject,
  type Labels,
  type Namespace,
  type Network,
  type Pod,
  type Service,
  type ServicePort,
  type StatefulSet,
  setReady,
  settle,
} from "../cluster/index.ts";

/** Small clusters as one meets them: names, labels, ports and the objects that templates put together. */

/** Applications of a shop and the like, each of which serves HTTP. */
export const APPS = [
  "shop",
  "cart",
  "orders",
  "billing",
  "search",
  "catalog",
  "stock",
  "reports",
  "reviews",
  "profile",
];
export const NAMESPACES = [
  "prod",
  "staging",
  "sales",
  "data",
  "tools",
  "batch",
  "mobile",
  "team-a",
  "team-b",
];
export const DOMAINS = ["example.com", "example.net", "example.org", "shop.example", "corp.example"];
/** Parts of paths. */
export const SEGMENTS = ["api", "pay", "user", "img", "help", "blog", "item"];
/** Ports on which programs listen. */
export const PORTS = [3000, 5000, 8000, 8080, 8081, 9000, 9090];

export const namespace = (name: string, labels?: Labels): Namespace => ({
  kind: "Namespace",
  metadata: { name, labels },
});

interface App {
  name: string;
  namespace?: string;
  replicas?: number;
  /** Of its Pods; `app` with its name unless said otherwise. */
  labels?: Labels;
  /** What is declared; the program listens on it unless images say otherwise. */
  port?: number;
  portName?: string;
  /** The node that its Pods are meant for; any if not said. */
  node?: string;
  /** Whether it has a readiness probe: yes, so that it can be made not ready. */
  probed?: boolean;
}

/** A Deployment of Pods with one container. */
export function deployment({
  name,
  namespace = "default",
  replicas = 1,
  labels = { app: name },
  port = 8080,
  portName,
  node,
  probed = true,
}: App): Deployment {
  const container = {
    name,
    image: `${name}:1`,
    ports: [{ name: portName, containerPort: port }],
    readinessProbe: probed ? { httpGet: { path: "/healthz", port } } : undefined,
  };
  return {
    kind: "Deployment",
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [container],
          nodeSelector: node === undefined ? undefined : { "kubernetes.io/hostname": node },
        },
      },
    },
  };
}

/** A StatefulSet of Pods, for which a headless Service of its name is taken to be there. */
export const statefulSet = (app: App): StatefulSet => {
  const { metadata, spec } = deployment(app);
  const { replicas, selector, template } = spec;
  return { kind: "StatefulSet", metadata, spec: { serviceName: app.name, replicas, selector, template } };
};

/** A Pod that somebody made by hand. */
export const barePod = (
  { name, namespace = "default", labels = { app: name }, port = 8080 }: App,
  nodeName?: string,
): Pod => ({
  kind: "Pod",
  metadata: { name, namespace, labels },
  spec: { nodeName, containers: [{ name: "main", image: `${name}:1`, ports: [{ containerPort: port }] }] },
});

export const service = (
  name: string,
  spec: Omit<Service["spec"], "ports"> & { ports?: readonly ServicePort[] },
  { namespace = "default", annotations }: { namespace?: string; annotations?: Labels } = {},
): Service => ({ kind: "Service", metadata: { name, namespace, annotations }, spec });

/** A cluster in which some objects were applied; nothing followed from it yet. */
export function applied(options: ClusterOptions, objects: readonly KubeObject[]): Cluster {
  const { cluster, problems } = apply(createCluster(options), objects);
  const [problem] = problems;
  if (problem) throw new Error(`A template applies what is refused: ${problem.message}`);
  return cluster;
}

/** The same, with all that follows from it. */
export const clusterOf = (options: ClusterOptions, objects: readonly KubeObject[]): Cluster =>
  settle(applied(options, objects));

/** What a cluster's mode is called. */
export const MODES: Readonly<Record<Network["mode"], string>> = {
  overlay: "Azure CNI Overlay",
  podSubnet: "Azure CNI Pod Subnet",
  nodeSubnet: "Azure CNI Node Subnet",
  kubenet: "kubenet",
};

/** The cluster after the readiness probes of some Pods of `default` have failed. */
export const withUnready = (cluster: Cluster, pods: readonly string[]): Cluster =>
  settle(pods.reduce((now, pod) => setReady(now, pod, false), cluster));
