import {
  all,
  type Cluster,
  type KubeObject,
  keyOf,
  type Metadata,
  type Pod,
  type Service,
} from "../cluster/index.ts";
import { isReady, podsOn } from "./look.ts";
import { block } from "./words.ts";

/** What an engineer would see of a cluster: manifests, and what kubectl prints. */

const API_VERSIONS = {
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  Ingress: "networking.k8s.io/v1",
  IngressClass: "networking.k8s.io/v1",
  NetworkPolicy: "networking.k8s.io/v1",
  Gateway: "gateway.networking.k8s.io/v1",
  HTTPRoute: "gateway.networking.k8s.io/v1",
  ReferenceGrant: "gateway.networking.k8s.io/v1beta1",
} as const;

/** Objects as a block of YAML, as somebody would have written them. */
export const manifest = (...objects: readonly KubeObject[]): string =>
  block(
    objects
      .map(({ kind, ...rest }) => {
        const apiVersion = kind in API_VERSIONS ? API_VERSIONS[kind as keyof typeof API_VERSIONS] : "v1";
        return yamlOf({ apiVersion, kind, ...rest, metadata: withoutDefault(rest.metadata) });
      })
      .join("---\n"),
    "yaml",
  );

const withoutDefault = ({ namespace, ...metadata }: Metadata): Metadata => ({
  ...metadata,
  namespace: namespace === "default" ? undefined : namespace,
});

/** A plain value as YAML. Fields that are undefined are left out. */
function yamlOf(value: object, indent = ""): string {
  return Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => `${indent}${quoted(name)}:${fieldOf(name, field, indent)}`)
    .join("");
}

function fieldOf(name: string, field: unknown, indent: string): string {
  if (Array.isArray(field)) {
    if (field.length === 0) return " []\n";
    return field.every((item) => typeof item !== "object")
      ? ` [${field.map(quoted).join(", ")}]\n`
      : `\n${field.map((item: object) => itemOf(item, indent)).join("")}`;
  }
  if (typeof field !== "object" || field === null) return ` ${quoted(field)}\n`;
  if (name === "backend") return ` ${flowOf(field)}\n`;
  const inside = yamlOf(field, `${indent}  `);
  return inside === "" ? " {}\n" : `\n${inside}`;
}

/** A value in one line: the backends of an Ingress would fill the page otherwise. */
const flowOf = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? `{ ${Object.entries(value)
        .map(([name, field]) => `${quoted(name)}: ${flowOf(field)}`)
        .join(", ")} }`
    : quoted(value);

/** An item of a list: its first field stands beside the dash. */
function itemOf(item: object, indent: string): string {
  const inside = yamlOf(item, `${indent}  `);
  return inside === "" ? `${indent}- {}\n` : `${indent}- ${inside.slice(indent.length + 2)}`;
}

/** A scalar, in quotes where YAML would read something else. */
function quoted(value: unknown): string {
  const plain =
    typeof value !== "string" ||
    /^[A-Za-z/][\w./:-]*$/.test(value) ||
    /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(value);
  const isWord = typeof value === "string" && /^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return plain && !isWord ? String(value) : JSON.stringify(value);
}

/** Columns in line, as kubectl prints them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)) + 3);
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}

/** A command with what it prints, as a block. */
export const shell = (command: string, output: string): string => block(`$ ${command}\n${output}`);

interface PodsShown {
  /** All namespaces, with a column that says which, where none is named. */
  namespace?: string;
  /** Columns for labels. */
  labels?: readonly string[];
  /** Address and node as well. */
  wide?: boolean;
  /** Pods made since then are shown as young, in seconds of the cluster's time. */
  newSince?: number;
  only?: (pod: Pod) => boolean;
}

/** `kubectl get pods`. The last two columns of `-o wide`, which are empty, are left out. */
export function getPods(
  cluster: Cluster,
  { namespace, labels = [], wide = false, newSince = Number.POSITIVE_INFINITY, only = () => true }: PodsShown,
): string {
  const pods = all(cluster, "Pod").filter(
    (pod) => (namespace ?? pod.metadata.namespace) === pod.metadata.namespace && only(pod),
  );
  const command = [
    "kubectl get pods",
    namespace === undefined ? "-A" : namespace === "default" ? "" : `-n ${namespace}`,
    wide ? "-o wide" : "",
    labels.length > 0 ? `-L ${labels.join(",")}` : "",
  ];
  const rows = pods.map((pod) => {
    const { metadata, spec, status } = pod;
    const wideColumns = wide ? [status?.podIP ?? "<none>", spec.nodeName ?? "<none>"] : [];
    return [
      ...(namespace === undefined ? [metadata.namespace ?? ""] : []),
      metadata.name,
      isReady(pod) ? "1/1" : "0/1",
      status?.phase ?? "Pending",
      String(status?.restartCount ?? 0),
      (metadata.creationTimestamp ?? 0) >= newSince ? "48s" : "12m",
      ...wideColumns,
      ...labels.map((name) => metadata.labels?.[name] ?? ""),
    ];
  });
  const head = [
    ...(namespace === undefined ? ["NAMESPACE"] : []),
    "NAME",
    "READY",
    "STATUS",
    "RESTARTS",
    "AGE",
    ...(wide ? ["IP", "NODE"] : []),
    ...labels.map((name) => name.toUpperCase()),
  ];
  return shell(command.filter(Boolean).join(" "), table(head, rows));
}

/** `kubectl get services`. */
export function getServices(
  cluster: Cluster,
  { namespace, only = () => true }: { namespace?: string; only?: (service: Service) => boolean },
): string {
  const services = all(cluster, "Service").filter(
    (service) => (namespace ?? service.metadata.namespace) === service.metadata.namespace && only(service),
  );
  const rows = services.map(({ metadata, spec, status }) => [
    ...(namespace === undefined ? [metadata.namespace ?? ""] : []),
    metadata.name,
    spec.type ?? "ClusterIP",
    spec.clusterIP ?? "<none>",
    spec.externalName ?? status?.loadBalancer?.ingress?.[0]?.ip ?? "<none>",
    (spec.ports ?? [])
      .map(
        ({ port, nodePort, protocol = "TCP" }) =>
          `${port}${nodePort === undefined ? "" : `:${nodePort}`}/${protocol}`,
      )
      .join(",") || "<none>",
    "12m",
  ]);
  const head = [
    ...(namespace === undefined ? ["NAMESPACE"] : []),
    "NAME",
    "TYPE",
    "CLUSTER-IP",
    "EXTERNAL-IP",
    "PORT(S)",
    "AGE",
  ];
  const scope = namespace === undefined ? " -A" : namespace === "default" ? "" : ` -n ${namespace}`;
  return shell(`kubectl get services${scope}`, table(head, rows));
}

/** `kubectl get nodes -o wide`, with the columns that matter here. */
export function getNodes(cluster: Cluster): string {
  const rows = all(cluster, "Node").map((node) => {
    const ready = node.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True");
    return [keyOf(node), ready ? "Ready" : "NotReady", node.status?.addresses?.[0]?.address ?? "<none>"];
  });
  return shell("kubectl get nodes -o wide", table(["NAME", "STATUS", "INTERNAL-IP"], rows));
}

/** How many Pods each node has, as somebody counted them. */
export const podsPerNode = (cluster: Cluster): string =>
  shell(
    "cat pods-per-node.txt",
    table(
      ["NODE", "PODS"],
      podsOn(cluster).map(([name, pods]) => [name, String(pods)]),
    ),
  );
