import { groupBy } from "../../collections.ts";
import type { Cluster, Endpoint, EndpointSlice, Pod, Service } from "../objects.ts";
import type { Rules } from "../rules.ts";
import { all, drop, fold, isTrue, keyOf, namespaceOf, put } from "../store.ts";
import { type Controller, draw } from "./controller.ts";

const SERVICE = "kubernetes.io/service-name";
const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
const CONTROLLER = "endpointslice-controller.k8s.io";

/** Endpoints that a slice holds at most (K8s: EndpointSlices). */
const SLICE_SIZE = 100;

/** The slices that belong to a Service, whoever wrote them. */
export const slicesOf = (cluster: Cluster, service: Service): EndpointSlice[] =>
  all(cluster, "EndpointSlice").filter(
    (slice) =>
      namespaceOf(slice) === namespaceOf(service) &&
      slice.metadata.labels?.[SERVICE] === service.metadata.name,
  );

/** Writes for each Service with a selector which Pods it picks: a slice for each set of ports that they have. */
export const endpointSlices: Controller = (cluster, { rules }) => {
  const wanted = all(cluster, "Service").flatMap((service) => {
    if (rules.endpointsFollow()) return slicesFor(cluster, service, rules);
    const present = slicesOf(cluster, service).filter(isManaged);
    return present.some(({ endpoints }) => endpoints.length > 0)
      ? present
      : slicesFor(cluster, service, rules);
  });
  const keys = new Set(wanted.map(keyOf));
  const obsolete = all(cluster, "EndpointSlice").filter(
    (slice) => isManaged(slice) && !keys.has(keyOf(slice)),
  );
  return fold(
    fold(cluster, obsolete, (now, slice) => drop(now, "EndpointSlice", keyOf(slice))),
    wanted,
    put,
  );
};

const isManaged = ({ metadata }: EndpointSlice) => metadata.labels?.[MANAGED_BY] === CONTROLLER;

/** The slices that a Service got last: they stay while neither it nor one of the Pods changes that it picks. */
const written = new WeakMap<Service, { pods: readonly Pod[]; rules: Rules; slices: EndpointSlice[] }>();

function slicesFor(cluster: Cluster, service: Service, rules: Rules): EndpointSlice[] {
  const { selector: matchLabels, type } = service.spec;
  if (!matchLabels || Object.keys(matchLabels).length === 0 || type === "ExternalName") return [];
  const [namespace, selector] = [namespaceOf(service), { matchLabels }];
  const pods = all(cluster, "Pod").filter(
    ({ metadata, status }) =>
      metadata.namespace === namespace &&
      status?.podIP !== undefined &&
      rules.selects(selector, metadata.labels),
  );
  const known = written.get(service);
  const isKnown = known?.rules === rules && known.pods.length === pods.length;
  if (isKnown && pods.every((pod, n) => pod === known.pods[n])) return known.slices;
  const slices = slicesOver(pods, service, rules);
  written.set(service, { pods, rules, slices });
  return slices;
}

/** Slices with Pods that a Service picks. */
function slicesOver(pods: readonly Pod[], service: Service, rules: Rules): EndpointSlice[] {
  const { ports = [] } = service.spec;
  const portsOf = (pod: Pod) =>
    ports.flatMap((port) => {
      const target = rules.targetPort(port, pod.spec);
      return target === undefined
        ? []
        : [{ name: port.name ?? "", port: target, protocol: port.protocol ?? "TCP" }];
    });
  const bySet = groupBy(pods, (pod) => JSON.stringify(portsOf(pod)));
  // Without a Pod there is a slice all the same: an empty one.
  const sets: [string, Pod[]][] = bySet.size > 0 ? [...bySet] : [["", []]];
  const slices = sets.flatMap(([set, members]) => inSlices(members).map((some) => [set, some] as const));
  return slices.map(([set, members], place) => ({
    kind: "EndpointSlice",
    metadata: {
      name: `${service.metadata.name}-${draw(`${set}${place}`, 5)}`,
      namespace: service.metadata.namespace,
      labels: { [SERVICE]: service.metadata.name, [MANAGED_BY]: CONTROLLER },
      ownerReferences: [{ kind: "Service", name: service.metadata.name }],
    },
    addressType: "IPv4",
    endpoints: members.map((pod) => endpointOf(pod, service, rules)),
    ports: members[0] ? portsOf(members[0]) : [],
  }));
}

const inSlices = (pods: readonly Pod[]): (readonly Pod[])[] =>
  pods.length <= SLICE_SIZE ? [pods] : [pods.slice(0, SLICE_SIZE), ...inSlices(pods.slice(SLICE_SIZE))];

function endpointOf(pod: Pod, service: Service, rules: Rules): Endpoint {
  const { name, namespace = "", deletionTimestamp } = pod.metadata;
  const { hostname, subdomain, nodeName } = pod.spec;
  return {
    addresses: [pod.status?.podIP ?? ""],
    conditions: {
      ready: rules.isEndpointReady(pod, service),
      serving: isTrue(pod, "Ready"),
      terminating: deletionTimestamp !== undefined,
    },
    hostname: subdomain === service.metadata.name ? hostname : undefined,
    nodeName,
    targetRef: { kind: "Pod", namespace, name },
  };
}

/** An endpoint with the port that it has for one of the Service's. */
export interface Target extends Endpoint {
  port: number;
}

/**
 * Where a port of a Service leads: its ready endpoints or, while all of them are ending, those that still serve (K8s: Virtual
 * IPs, terminating endpoints).
 */
export function targetsOf(cluster: Cluster, service: Service, portName = ""): Target[] {
  const targets = slicesOf(cluster, service).flatMap(({ endpoints, ports = [] }) => {
    const port = ports.find(({ name = "" }) => name === portName)?.port;
    return port === undefined ? [] : endpoints.map((endpoint) => ({ ...endpoint, port }));
  });
  const ready = targets.filter(({ conditions }) => conditions?.ready !== false);
  const ending = targets.filter(({ conditions }) => conditions?.serving && conditions.terminating);
  return ready.length > 0 ? ready : ending;
}
