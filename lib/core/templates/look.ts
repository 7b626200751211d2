import {
  all,
  type Cluster,
  find,
  type Packet,
  type Pod,
  type Rules,
  type Service,
  trace,
} from "../cluster/index.ts";
import type { Way } from "./words.ts";

/** What templates look at in a cluster. */

export const isReady = ({ status }: Pod): boolean =>
  status?.conditions?.some(({ type, status: value }) => type === "Ready" && value === "True") ?? false;

/** Pods whose names begin with that of an application. */
export const podsNamed = (cluster: Cluster, app: string, namespace = "default"): Pod[] =>
  all(cluster, "Pod").filter(
    ({ metadata }) => metadata.namespace === namespace && metadata.name.startsWith(`${app}-`),
  );

/** How many Pods each node has. */
export const podsOn = (cluster: Cluster): readonly (readonly [string, number])[] =>
  all(cluster, "Node").map(
    ({ metadata: { name } }) =>
      [name, all(cluster, "Pod").filter(({ spec }) => spec.nodeName === name).length] as const,
  );

/** A Service of the namespace `default` that is known to be there. */
export function serviceNamed(cluster: Cluster, name: string): Service {
  const service = find(cluster, "Service", `default/${name}`);
  if (!service) throw new Error(`There is no Service ${name}`);
  return service;
}

/** A Service as somebody wrote it: without what the cluster filled in. */
export const written = ({ kind, metadata: { name }, spec }: Service): Service => ({
  kind,
  metadata: { name },
  spec: {
    type: spec.type === "ClusterIP" ? undefined : spec.type,
    selector: spec.selector,
    externalTrafficPolicy: spec.externalTrafficPolicy,
    ports: spec.ports?.map(({ name, port, targetPort, nodePort }) => ({ name, port, targetPort, nodePort })),
  },
});

/** The address by which a Service is reached from outside. */
export const frontEndOf = (cluster: Cluster, name: string): string =>
  serviceNamed(cluster, name).status?.loadBalancer?.ingress?.[0]?.ip ?? "";

/** The way of a connection; of several that it may take, one that leads nowhere. */
export function wayOf(name: Way["name"], cluster: Cluster, packet: Packet, rules: Rules): Way {
  const { paths } = trace(cluster, packet, rules);
  return { name, path: paths.find((path) => !isDelivered({ path })) ?? paths[0]! };
}

export const isDelivered = ({ path }: Pick<Way, "path">): boolean => path.verdict.kind === "delivered";

/** The source that the receiver logs; empty where nothing is received. */
export const sourceOf = ({ path: { verdict } }: Way): string =>
  verdict.kind === "delivered" ? verdict.source : "";

/** Whether a connection is answered, whichever way it takes. */
export const reaches = (cluster: Cluster, packet: Packet, rules: Rules): boolean =>
  isDelivered(wayOf("", cluster, packet, rules));
