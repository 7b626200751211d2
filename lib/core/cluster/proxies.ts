import { controllersOf, type Entry, ingressesOf, routeRequest } from "./http.ts";
import { addressAt } from "./ip.ts";
import type { Address, Cluster, Pod, ProxyController } from "./objects.ts";
import type { Deed, Flow, Place, Verdict } from "./packet.ts";
import { subnetOf } from "./reconcile/addresses.ts";
import { targetsOf } from "./reconcile/endpoints.ts";
import { controllerOf, GATEWAY_NAME } from "./reconcile/gateways.ts";
import type { Rules } from "./rules.ts";
import { all, find, keyOf, matches, namespaceOf } from "./store.ts";
import { vnetAddress } from "./topology.ts";
import { end, hop, type Walk } from "./walk.ts";

/** A proxy by what it serves. */
export interface Proxy {
  controller: ProxyController;
  entry: Entry;
}

/** What a Pod is a proxy for: a Gateway, or the Ingresses of a controller. */
export function proxyIn(cluster: Cluster, pod: Pod, port: number): Proxy | undefined {
  const { labels, namespace } = pod.metadata;
  const gateway = find(cluster, "Gateway", `${namespace}/${labels?.[GATEWAY_NAME]}`);
  const own = gateway && controllerOf(cluster, gateway);
  if (gateway && own?.dataPlane === "pods")
    return { controller: own, entry: { gateway: keyOf(gateway), port } };
  const controller = cluster.controllers.find((one) => {
    const service = one.dataPlane === "pods" ? find(cluster, "Service", one.service ?? "") : undefined;
    return (
      service && namespaceOf(service) === namespace && matches({ matchLabels: service.spec.selector }, labels)
    );
  });
  return controller && { controller, entry: { controller: controller.name } };
}

/** What is served at an address of a proxy that Azure hosts. */
export function hostedAt(cluster: Cluster, { destination, port }: Flow, rules: Rules): Proxy | undefined {
  for (const controller of controllersOf(cluster, rules).filter(({ dataPlane }) => dataPlane === "azure")) {
    const isIngress = ingressesOf(cluster, controller.name, rules).some(({ status }) =>
      status?.loadBalancer?.ingress?.some(({ ip }) => ip === destination),
    );
    if (isIngress) return { controller, entry: { controller: controller.name } };
    const gateway = all(cluster, "Gateway").find(
      (one) =>
        controllerOf(cluster, one) === controller &&
        one.status?.addresses?.some(({ value }) => value === destination),
    );
    if (gateway) return { controller, entry: { gateway: keyOf(gateway), port } };
  }
  return undefined;
}

/**
 * A proxy reads the request, and opens a connection of its own to a Pod behind the Service that a rule names.
 * @param carry takes that connection to its end
 */
export function throughProxy(
  walk: Walk,
  place: Place,
  { controller, entry }: Proxy,
  carry: (walk: Walk) => Walk[],
): Walk[] {
  const { cluster, rules, flow, http } = walk;
  const inPods = rules.dataPlaneOf(controller) === "pods";
  const by: Place =
    place.kind === "AzureProxy" && inPods ? { kind: "Pod", key: `kube-system/${controller.name}` } : place;
  if (!http) return end(walk, { kind: "delivered", to: by, port: flow.port, source: flow.source });
  const found = routeRequest(cluster, entry, http, rules);
  if (!found) return end(walk, { kind: "http", status: 404, by });
  if (found.backends.length === 0) return end(walk, { kind: "http", status: 500, by });
  const source = place.kind === "Pod" ? flow.destination : sourceOf(cluster, controller, inPods);
  return found.backends.flatMap(({ key, service, port }) => {
    const deed: Deed = { kind: "proxy", controller: controller.name, route: found.route, service: key };
    const fail = (status: 500 | 503) => end(hop(walk, deed, { source }, by), { kind: "http", status, by });
    if (!service || !port) return fail(found.route.kind === "HTTPRoute" ? 500 : 503);
    const targets = targetsOf(cluster, service, port.name);
    if (targets.length === 0) return fail(503);
    return targets.flatMap(({ addresses: [destination = ""], port: targetPort }) => {
      const opened = hop(walk, deed, { source, destination, port: targetPort }, by);
      const ends = carry({ ...opened, client: place, at: place, http: undefined, forwardedFor: flow.source });
      return ends.map((one) => ({ ...one, verdict: one.verdict && answered(one.verdict, by) }));
    });
  });
}

/** The address that a proxy hosted by Azure connects from. */
const sourceOf = (cluster: Cluster, controller: ProxyController, inPods: boolean): Address =>
  controller.dataPlane === "pods" || inPods
    ? vnetAddress(cluster)
    : addressAt(subnetOf(cluster, controller.subnet).cidr, 4);

/** What a proxy answers its client when its own connection ended so. */
function answered(verdict: Verdict, by: Place): Verdict {
  if (verdict.kind === "delivered" || verdict.kind === "http") return verdict;
  return { kind: "http", status: verdict.kind === "refused" ? 502 : 504, by, cause: verdict };
}
