import { inRange, parseAddress } from "./ip.ts";
import type {
  Cluster,
  Deployment,
  Ingress,
  IngressClass,
  Kind,
  KubeObject,
  Labels,
  Node,
  Pod,
  Service,
  StatefulSet,
} from "./objects.ts";
import { RULES, type Rules } from "./rules.ts";
import { KINDS, withDefaults } from "./schema.ts";
import { all, find, isEqual, keyOf, matches, put } from "./store.ts";

/** Something wrong with a manifest, worded as `kubectl apply` words it. */
export interface Problem {
  /** An error keeps the object out; a warning says what changes nothing. */
  severity: "error" | "warning";
  message: string;
  /** Of the text, from 1. */
  line?: number;
}

/** What others are put into, or admitted by, comes first, so that the order of manifests says nothing. */
const FIRST: readonly Kind[] = ["Namespace", "Node", "IngressClass", "GatewayClass"];

/**
 * `kubectl apply` of valid objects: fills in what the API server fills in, and refuses what it refuses. What is refused leaves
 * the rest alone.
 */
export function apply(
  cluster: Cluster,
  objects: readonly KubeObject[],
  rules: Rules = RULES,
): { cluster: Cluster; problems: Problem[] } {
  const problems: Problem[] = [];
  const rank = ({ kind }: KubeObject) => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);
  let now = cluster;
  for (const object of objects.toSorted((a, b) => rank(a) - rank(b))) {
    const admitted = admit(now, object, objects, rules);
    if ("refused" in admitted) problems.push({ severity: "error", message: admitted.refused });
    else now = put(now, admitted.object);
  }
  return { cluster: now, problems };
}

/** An object as the API server stores it, or why it does not. @param together what is applied with it */
function admit(
  cluster: Cluster,
  given: KubeObject,
  together: readonly KubeObject[],
  rules: Rules,
): { object: KubeObject } | { refused: string } {
  const { fields, namespaced } = KINDS[given.kind];
  const { kind } = given;
  const filled = { ...(withDefaults(given, fields) as KubeObject), kind } as KubeObject;
  const { name, namespace = "default" } = filled.metadata;
  if (namespaced && !find(cluster, "Namespace", namespace))
    return { refused: `Error from server (NotFound): namespaces "${namespace}" not found` };
  const before = find(cluster, kind, namespaced ? `${namespace}/${name}` : name);
  const why =
    (before && changeForbidden(before, filled)) ??
    (filled.kind === "Service" ? serviceRefused(cluster, filled, together, rules) : undefined);
  if (why) return { refused: `The ${kind} "${name}" is invalid: ${why.join(": ")}` };
  const metadata = {
    ...filled.metadata,
    namespace: namespaced ? namespace : undefined,
    labels: ownLabels(filled),
    ownerReferences: before?.metadata.ownerReferences,
    deletionTimestamp: before?.metadata.deletionTimestamp,
    creationTimestamp: before?.metadata.creationTimestamp ?? cluster.time,
  };
  const status = before && "status" in before ? { status: before.status } : {};
  return { object: completed({ ...filled, metadata, ...status } as KubeObject, before, cluster) };
}

/** An object with what was allocated or decided before, and with what is decided once, when it is made. */
function completed(object: KubeObject, before: KubeObject | undefined, cluster: Cluster): KubeObject {
  if (object.kind === "Service") return keepAllocated(object, before as Service | undefined);
  if (object.kind === "Ingress" && !before) return withDefaultClass(object, cluster);
  if (object.kind === "Pod") {
    const nodeName = object.spec.nodeName ?? (before as Pod | undefined)?.spec.nodeName;
    return { ...object, spec: { ...object.spec, nodeName } };
  }
  if (object.kind !== "Node") return object;
  const known = (before as Node | undefined)?.spec;
  const taints = object.spec?.taints?.map((taint) => {
    const same = known?.taints?.find(({ key, effect }) => key === taint.key && effect === taint.effect);
    return { ...taint, timeAdded: same?.timeAdded ?? cluster.time };
  });
  return { ...object, spec: { ...known, ...object.spec, taints: taints ?? known?.taints } };
}

/** Labels that the API server or the kubelet adds by itself. */
function ownLabels({ kind, metadata: { name, labels } }: KubeObject): Labels | undefined {
  if (kind === "Namespace") return { ...labels, "kubernetes.io/metadata.name": name };
  return kind === "Node"
    ? { ...labels, "kubernetes.io/hostname": name, "kubernetes.io/os": "linux" }
    : labels;
}

/** A field, and why it is refused. */
type Refusal = readonly [field: string, why: string];

function serviceRefused(
  cluster: Cluster,
  service: Service,
  together: readonly KubeObject[],
  rules: Rules,
): Refusal | undefined {
  const { selector, clusterIP, ports = [] } = service.spec;
  const { name, namespace = "default" } = service.metadata;
  const others = all(cluster, "Service").filter((other) => keyOf(other) !== `${namespace}/${name}`);
  const taken = new Set(others.flatMap(({ spec }) => spec.ports ?? []).map(({ nodePort }) => nodePort));
  for (const [place, { nodePort }] of ports.entries())
    if (nodePort !== undefined && taken.has(nodePort))
      return [
        `spec.ports[${place}].nodePort`,
        `Invalid value: ${nodePort}: provided port is already allocated`,
      ];
  const { serviceCidr } = cluster.network;
  if (clusterIP && parseAddress(clusterIP) !== null) {
    const invalid = `Invalid value: ["${clusterIP}"]: failed to allocate IP ${clusterIP}`;
    if (!inRange(clusterIP, serviceCidr))
      return [
        "spec.clusterIPs",
        `${invalid}: the provided IP (${clusterIP}) is not in the valid range. The range of valid IPs is ${serviceCidr}`,
      ];
    if (others.some(({ spec }) => spec.clusterIP === clusterIP))
      return ["spec.clusterIPs", `${invalid}: provided IP is already allocated`];
  }
  if (!selector || rules.acceptsWithoutPods()) return undefined;
  const labels = [...all(cluster, "Pod"), ...together].flatMap(labelsOfPods);
  return labels.some((one) => matches({ matchLabels: selector }, one))
    ? undefined
    : ["spec.selector", "no Pod matches"];
}

/** Labels of the Pods that an object is or makes. */
const labelsOfPods = (object: KubeObject): Labels[] => {
  if (object.kind === "Pod") return [object.metadata.labels ?? {}];
  const makesPods =
    object.kind === "Deployment" || object.kind === "ReplicaSet" || object.kind === "StatefulSet";
  return makesPods ? [object.spec.template.metadata?.labels ?? {}] : [];
};

/** What may not be changed once it is there: the field, and why. */
function changeForbidden(before: KubeObject, after: KubeObject): Refusal | undefined {
  const fixed = ({ spec: { selector } }: Deployment | StatefulSet) => selector;
  if (after.kind === "Deployment" && !isEqual(fixed(before as Deployment), fixed(after)))
    return ["spec.selector", `Invalid value: ${JSON.stringify(fixed(after))}: field is immutable`];
  if (after.kind === "StatefulSet") {
    const old = before as StatefulSet;
    if (!isEqual(fixed(old), fixed(after)) || old.spec.serviceName !== after.spec.serviceName)
      return [
        "spec",
        "Forbidden: updates to statefulset spec for fields other than 'replicas' and 'template' are forbidden",
      ];
  }
  if (after.kind === "Pod") {
    const rest = ({ spec }: Pod) => ({
      ...spec,
      nodeName: undefined,
      containers: spec.containers.map((container) => ({ ...container, image: undefined })),
    });
    if (!isEqual(rest(before as Pod), rest(after)))
      return ["spec", "Forbidden: pod updates may not change fields other than `spec.containers[*].image`"];
  }
  if (after.kind === "Service") {
    const [old, now] = [(before as Service).spec, after.spec];
    if (old.clusterIP && now.clusterIP && old.clusterIP !== now.clusterIP && now.type !== "ExternalName")
      return ["spec.clusterIPs[0]", `Invalid value: ["${now.clusterIP}"]: may not change once set`];
  }
  return undefined;
}

/** What was allocated to a Service stays its own while its type has need of it. */
function keepAllocated(service: Service, before: Service | undefined): Service {
  const { spec } = service;
  const external = spec.type === "NodePort" || spec.type === "LoadBalancer";
  const ports = spec.ports?.map((port) => {
    const old = before?.spec.ports?.find(
      (other) => other.port === port.port && other.protocol === port.protocol,
    );
    return {
      ...port,
      targetPort: port.targetPort ?? port.port,
      nodePort: port.nodePort ?? (external ? old?.nodePort : undefined),
    };
  });
  return {
    ...service,
    spec: {
      ...spec,
      ports,
      clusterIP: spec.clusterIP ?? (spec.type === "ExternalName" ? undefined : before?.spec.clusterIP),
      externalTrafficPolicy: external ? (spec.externalTrafficPolicy ?? "Cluster") : undefined,
      healthCheckNodePort: spec.healthCheckNodePort ?? before?.spec.healthCheckNodePort,
    },
  };
}

/** A new Ingress without a class gets the default one; later nothing fills it in (K8s: Ingress, default IngressClass). */
function withDefaultClass(ingress: Ingress, cluster: Cluster): Ingress {
  const ingressClassName = ingress.spec.ingressClassName ?? defaultClass(cluster)?.metadata.name;
  return { ...ingress, spec: { ...ingress.spec, ingressClassName } };
}

/** The IngressClass marked as the default; of several the newest, then the first by name. */
export const defaultClass = (cluster: Cluster): IngressClass | undefined =>
  all(cluster, "IngressClass")
    .filter(
      ({ metadata }) => metadata.annotations?.["ingressclass.kubernetes.io/is-default-class"] === "true",
    )
    .toSorted((a, b) => (b.metadata.creationTimestamp ?? 0) - (a.metadata.creationTimestamp ?? 0))[0];
