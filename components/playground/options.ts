import { all, type Cluster, type KubeObject, keyOf } from "#lib/core/cluster/index.ts";
import type { Deed } from "#lib/core/playground/index.ts";
import { manifest } from "#lib/core/templates/print.ts";

/** What there is in a cluster to do something to. Pure. */

export type Action = Deed["do"] | "uncordon" | "break" | "mend";

/** In the order in which they are offered, by what they are about. */
export const ACTIONS = {
  traffic: ["send"],
  pods: ["remove", "scale", "setImage", "break", "mend", "relabel", "restartContainer"],
  nodes: ["failNode", "restoreNode", "cordon", "uncordon", "addNode"],
  cluster: ["apply", "switchNetwork"],
} as const satisfies Record<string, readonly Action[]>;

const REMOVABLE = [
  "Pod",
  "Deployment",
  "StatefulSet",
  "ReplicaSet",
  "Service",
  "Ingress",
  "IngressClass",
  "Gateway",
  "GatewayClass",
  "HTTPRoute",
  "ReferenceGrant",
  "NetworkPolicy",
] as const;
const SCALABLE = ["Deployment", "StatefulSet"] as const;

/** Ids (`Kind/key`) of what an action can be done to; empty where it needs no object, or where there is none. */
export function targetsOf(cluster: Cluster, action: Action): string[] {
  const idsOf = (kind: KubeObject["kind"]) => all(cluster, kind).map((one) => `${kind}/${keyOf(one)}`);
  const nodes = all(cluster, "Node");
  const cordoned = (on: boolean) =>
    nodes
      .filter(({ spec }) => (spec?.unschedulable ?? false) === on)
      .map(({ metadata }) => `Node/${metadata.name}`);
  switch (action) {
    case "remove":
      return REMOVABLE.flatMap(idsOf);
    case "scale":
    case "setImage":
      return SCALABLE.flatMap(idsOf);
    case "break":
    case "mend":
      return all(cluster, "Pod")
        .filter((pod) => pod.spec.containers.some(({ readinessProbe }) => readinessProbe))
        .filter((pod) => cluster.unhealthy.includes(keyOf(pod)) === (action === "mend"))
        .map((pod) => `Pod/${keyOf(pod)}`);
    case "relabel":
    case "restartContainer":
      return idsOf("Pod");
    case "failNode":
    case "restoreNode":
      return nodes
        .filter(({ metadata: { name } }) => name in cluster.down === (action === "restoreNode"))
        .map(({ metadata: { name } }) => `Node/${name}`);
    case "cordon":
      return cordoned(false);
    case "uncordon":
      return cordoned(true);
    default:
      return [];
  }
}

/** Whether an action is about an object that is to be chosen. */
export const needsTarget = (action: Action): boolean =>
  !(["send", "addNode", "apply", "switchNetwork"] as readonly Action[]).includes(action);

/** Ids of who may send something: Pods with an address, machines, nodes. */
export const sendersOf = (cluster: Cluster): string[] => [
  ...all(cluster, "Pod")
    .filter(({ status }) => status?.podIP)
    .map((pod) => `Pod/${keyOf(pod)}`),
  ...cluster.azure.machines.map(({ name }) => `Machine/${name}`),
  ...all(cluster, "Node").map(({ metadata }) => `Node/${metadata.name}`),
];

/** Names and addresses that something may be sent to, with the port that is the likely one. */
export function destinationsOf(cluster: Cluster): { to: string; port: number }[] {
  const services = all(cluster, "Service").flatMap(({ metadata, spec, status }) => {
    const port = spec.ports?.[0]?.port ?? 80;
    const name = metadata.namespace === "default" ? metadata.name : `${metadata.name}.${metadata.namespace}`;
    const entry = status?.loadBalancer?.ingress?.[0]?.ip;
    return [{ to: name, port }, ...(entry ? [{ to: entry, port }] : [])];
  });
  const hosted = [
    ...all(cluster, "Ingress").flatMap(
      ({ status }) => status?.loadBalancer?.ingress?.map(({ ip }) => ip) ?? [],
    ),
    ...all(cluster, "Gateway").flatMap(({ status }) => status?.addresses?.map(({ value }) => value) ?? []),
  ].map((to) => ({ to, port: 80 }));
  const pods = all(cluster, "Pod").flatMap(({ spec, status }) =>
    status?.podIP ? [{ to: status.podIP, port: spec.containers[0]?.ports?.[0]?.containerPort ?? 80 }] : [],
  );
  const machines = cluster.azure.machines.map(({ address, hostname, listens }) => ({
    to: hostname ?? address,
    port: listens?.[0] ?? 443,
  }));
  const found = [...services, ...hosted, ...machines, ...pods];
  return found.filter(({ to }, n) => found.findIndex((other) => other.to === to) === n);
}

/** A name that no node has. */
export function newNodeName(cluster: Cluster): string {
  const names = new Set(all(cluster, "Node").map(({ metadata }) => metadata.name));
  let n = names.size + 1;
  while (names.has(`node-${n}`)) n++;
  return `node-${n}`;
}

/** Ids of what somebody wrote, and may edit. */
export const editableOf = (cluster: Cluster): string[] =>
  Object.values<readonly KubeObject[]>(cluster.objects)
    .flat()
    .filter(
      ({ kind, metadata }) =>
        !["Node", "Namespace", "EndpointSlice"].includes(kind) && !metadata.ownerReferences?.length,
    )
    .map((one) => `${one.kind}/${keyOf(one)}`);

/** An object as somebody would have written it: without what the cluster keeps on it. */
export function manifestOf(cluster: Cluster, id: string): string {
  const object = Object.values<readonly KubeObject[]>(cluster.objects)
    .flat()
    .find((one) => `${one.kind}/${keyOf(one)}` === id);
  if (!object) return "";
  const { status: _status, ...rest } = object as KubeObject & { status?: unknown };
  const { name, namespace, labels, annotations } = object.metadata;
  const written = { ...rest, metadata: { name, namespace, labels, annotations } } as KubeObject;
  return manifest(written)
    .replace(/^```yaml\n|\n```$/g, "")
    .concat("\n");
}
